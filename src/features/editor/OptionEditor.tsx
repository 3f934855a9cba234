import type { Advice } from '#src/features/quiz/question-rules.ts';
import { quizEditor as words } from '#src/i18n/quiz-editor.ts';
import { ItemButtons } from './ItemButtons.tsx';
import { LineField } from './LineField.tsx';
import { FEWEST_OPTIONS, LONGEST_TEXT, type QuizOption } from './quiz-edit.ts';

interface Props {
  option: QuizOption;
  number: number;
  of: number;
  isSingle: boolean;
  /** The element id of the question: those in here begin with it. */
  anchor: string;
  advice: readonly Advice[];
  onChange(change: Partial<Pick<QuizOption, 'text' | 'feedback'>>): void;
  onRight(isRight: boolean): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
  announce(text: string): void;
}

/** One answer: its text, whether it is right, and what is said of it afterwards. */
export function OptionEditor({ option, number, of, isSingle, anchor, advice, ...on }: Props) {
  const id = `${anchor}-${option.id}`;
  const name = words.option(number);
  const about = (field: string) => advice.filter((one) => one.field === `options.${option.id}.${field}`);
  return (
    <li className="option-editor" data-right={option.correct}>
      <div className="option-head">
        <p className="option-name" aria-hidden="true">
          {name}
        </p>
        <label className="tick">
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={`${anchor}-ratt`}
            aria-label={words.isRightOf(number)}
            checked={option.correct ?? false}
            onChange={(event) => on.onRight(event.target.checked)}
          />
          <span aria-hidden="true">{words.isRight}</span>
        </label>
      </div>
      <LineField
        id={`${id}-text`}
        label={words.optionText}
        labelOf={` ${number}`}
        value={option.text}
        maxLength={LONGEST_TEXT}
        advice={about('text')}
        onChange={(text) => on.onChange({ text })}
      />
      <LineField
        id={`${id}-aterkoppling`}
        label={words.feedback}
        labelOf={words.to(name)}
        value={option.feedback}
        maxLength={LONGEST_TEXT}
        advice={about('feedback')}
        onChange={(feedback) => on.onChange({ feedback })}
      />
      <ItemButtons
        what={name}
        id={id}
        isFirst={number === 1}
        isLast={number === of}
        keeps={of <= FEWEST_OPTIONS ? words.fewOptions(FEWEST_OPTIONS) : null}
        onMove={on.onMove}
        onRemove={on.onRemove}
        onRefused={on.announce}
      />
    </li>
  );
}
