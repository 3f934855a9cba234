import { quizForm } from '#src/i18n/quiz.ts';
import { questionAnchor } from './quiz-form.ts';
import type { PublicQuestion } from './quiz.ts';

interface Props {
  question: PublicQuestion;
  number: number;
  /** The options in the order to show them. */
  options: PublicQuestion['options'];
  chosen: readonly string[];
  isMissing: boolean;
  isHidden: boolean;
  onChange(chosen: string[]): void;
}

/** One question with its options: plain form controls that the browser hands in by itself. */
export function QuestionCard({ question, number, options, chosen, isMissing, isHidden, onChange }: Props) {
  const anchor = questionAnchor(question.id);
  const isSingle = question.type === 'single';

  function toggle(option: string, isChosen: boolean) {
    if (isSingle) return onChange([option]);
    onChange(isChosen ? [...chosen, option] : chosen.filter((id) => id !== option));
  }

  return (
    <fieldset className="question" id={anchor} hidden={isHidden} aria-describedby={`${anchor}-hjalp`}>
      <legend tabIndex={-1}>
        <span className="kicker">{quizForm.number(number)}</span> {question.prompt}
      </legend>
      <p className="help" id={`${anchor}-hjalp`}>
        {isMissing && <strong className="error-text">{quizForm.missingHere} </strong>}
        {isSingle ? quizForm.chooseOne : quizForm.chooseAll}
      </p>
      {options.map((option) => (
        <label className="option" key={option.id}>
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={question.id}
            value={option.id}
            checked={chosen.includes(option.id)}
            onChange={(event) => toggle(option.id, event.target.checked)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
