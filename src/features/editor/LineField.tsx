import type { Advice } from '#src/features/quiz/question-rules.ts';
import { AdviceList } from './AdviceList.tsx';
import { oneLine } from './quiz-edit.ts';

interface Props {
  id: string;
  label: string;
  /** Added to the label for those who do not see where the field stands. */
  labelOf?: string;
  help?: string;
  value: string;
  maxLength: number;
  advice?: readonly Advice[];
  onChange(value: string): void;
}

/** One line of text that may be long: it wraps and grows, and a line break becomes a space. */
export function LineField({ id, label, labelOf, help, value, maxLength, advice = [], onChange }: Props) {
  const described = [help && `${id}-hjalp`, advice.length > 0 && `${id}-rad`].filter(Boolean).join(' ');
  return (
    <div className="line-field">
      <label htmlFor={id}>
        {label}
        {labelOf && <span className="visually-hidden">{labelOf}</span>}
      </label>
      {help && (
        <p className="help" id={`${id}-hjalp`}>
          {help}
        </p>
      )}
      <textarea
        id={id}
        rows={2}
        value={value}
        maxLength={maxLength}
        aria-describedby={described || undefined}
        autoComplete="off"
        onChange={(event) => onChange(oneLine(event.target.value))}
      />
      <AdviceList id={`${id}-rad`} advice={advice} />
    </div>
  );
}
