import { useState } from 'react';
import { requiredCorrect } from '#src/features/quiz/pass-mark.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import { quizEditor as words } from '#src/i18n/quiz-editor.ts';

interface Props {
  quiz: Quiz;
  onChange(passMark: number): void;
}

/** The share that must be right, in whole per cent. What is not a share yet is shown but not taken. */
export function PassMark({ quiz, onChange }: Props) {
  const stored = Math.round(quiz.passMark * 100);
  const [typed, setTyped] = useState(String(stored));
  const isWrong = percent(typed) === null;

  function take(text: string) {
    setTyped(text);
    const value = percent(text);
    if (value !== null) onChange(value / 100);
  }

  return (
    <div className="line-field pass-mark">
      <label htmlFor="godkant">{words.passMark}</label>
      <p className="help" id="godkant-hjalp">
        {words.passHelp}
      </p>
      {isWrong && (
        <p className="error-text" id="godkant-fel">
          {words.passError}
        </p>
      )}
      <input
        id="godkant"
        type="text"
        inputMode="numeric"
        maxLength={3}
        value={typed}
        aria-invalid={isWrong || undefined}
        aria-describedby={`godkant-hjalp godkant-ratt${isWrong ? ' godkant-fel' : ''}`}
        autoComplete="off"
        onChange={(event) => take(event.target.value)}
        onBlur={() => isWrong && setTyped(String(stored))}
      />
      <p className="help" id="godkant-ratt">
        {words.passMeans(requiredCorrect(quiz), quiz.questions.length)}
      </p>
    </div>
  );
}

function percent(text: string): number | null {
  const value = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= 100 ? value : null;
}
