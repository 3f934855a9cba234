import type { Advice } from '#src/features/quiz/question-rules.ts';

interface Props {
  /** What the field or group names in `aria-describedby`. */
  id: string;
  advice: readonly Advice[];
}

/** What to see over, beside what it is about. Nothing when there is nothing. */
export function AdviceList({ id, advice }: Props) {
  if (advice.length === 0) return null;
  return (
    <ul className="advice" id={id} role="list">
      {advice.map(({ rule, message, suggestion }) => (
        <li key={rule}>
          {message} <span className="advice-way">{suggestion}</span>
        </li>
      ))}
    </ul>
  );
}
