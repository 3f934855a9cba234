import { useEffect, useState } from 'react';
import { writing as words } from '#src/i18n/editor.ts';

interface Props {
  value: number;
  most: number;
  onChange(minutes: number): void;
}

/** A whole number of minutes. What is no such number is told, and not passed on. */
export function MinutesField({ value, most, onChange }: Props) {
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const isRight = (text: string) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
  const error = isRight(typed.trim()) ? null : words.minutesError(most);
  return (
    <div className="field minutes">
      <label htmlFor="minutes">{words.minutes}</label>
      {error && (
        <p className="error" id="minutes-fel">
          {error}
        </p>
      )}
      <input
        id="minutes"
        type="text"
        inputMode="numeric"
        value={typed}
        maxLength={3}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'minutes-fel' : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          if (isRight(event.target.value.trim())) onChange(Number(event.target.value));
        }}
      />
    </div>
  );
}
