import { Fragment, useState } from 'react';
import type { Advice } from '#src/features/quiz/question-rules.ts';
import type { Question } from '#src/features/quiz/quiz.schema.ts';
import { quizEditor as words } from '#src/i18n/quiz-editor.ts';
import { AdviceList } from './AdviceList.tsx';
import { OptionEditor } from './OptionEditor.tsx';
import { emptyOption, markRight, MOST_OPTIONS, moveOption, type QuizOption } from './quiz-edit.ts';
import { RemovedNote } from './RemovedNote.tsx';

interface Props {
  question: Question;
  number: number;
  anchor: string;
  advice: readonly Advice[];
  onChange(options: QuizOption[]): void;
  announce(text: string): void;
  focusNext(id: string): void;
}

/** The answers of a question: written, marked as right, moved, added and removed. */
export function QuestionOptions({ question, number, anchor, advice, onChange, announce, focusNext }: Props) {
  const { options } = question;
  const [removed, setRemoved] = useState<{ option: QuizOption; at: number } | null>(null);
  const isFull = options.length >= MOST_OPTIONS;
  const about = advice.filter(({ field }) => field === 'options');
  const noteId = `${anchor}-borttaget`;

  function add() {
    if (isFull) return announce(words.fullOptions(MOST_OPTIONS));
    const option = emptyOption(question);
    onChange([...options, option]);
    setRemoved(null);
    focusNext(`${anchor}-${option.id}-text`);
    announce(words.addedOption(options.length + 1));
  }

  function remove(option: QuizOption, at: number) {
    onChange(options.filter(({ id }) => id !== option.id));
    setRemoved({ option, at });
    focusNext(noteId);
  }

  function restore() {
    if (!removed) return;
    const { option, at } = removed;
    // Another answer may have become the right one meanwhile.
    const isTaken = question.type === 'single' && options.some(({ correct }) => correct);
    const { correct: _, ...plain } = option;
    onChange(options.toSpliced(at, 0, isTaken ? plain : option));
    setRemoved(null);
    focusNext(`${anchor}-${option.id}-text`);
    announce(words.restoredOption(at + 1));
  }

  function move(id: string, by: 1 | -1) {
    const next = moveOption(question, id, by);
    onChange(next);
    setRemoved(null);
    focusNext(`${anchor}-${id}-${by < 0 ? 'upp' : 'ner'}`);
    announce(words.movedOption(next.findIndex((option) => option.id === id) + 1, next.length));
  }

  const note = removed && (
    <li>
      <RemovedNote
        id={noteId}
        text={words.removedOption(removed.at + 1)}
        undo={words.undo}
        onUndo={restore}
      />
    </li>
  );
  return (
    <fieldset className="options-editor" aria-describedby={`${anchor}-svar-hjalp ${anchor}-svar-rad`}>
      <legend>{words.options}</legend>
      <p className="help" id={`${anchor}-svar-hjalp`}>
        {words.optionsHelp}
      </p>
      <AdviceList id={`${anchor}-svar-rad`} advice={about} />
      <ol role="list">
        {options.map((option, index) => (
          <Fragment key={option.id}>
            {removed?.at === index && note}
            <OptionEditor
              option={option}
              number={index + 1}
              of={options.length}
              isSingle={question.type === 'single'}
              anchor={anchor}
              advice={advice}
              onChange={(change) =>
                onChange(options.map((one) => (one.id === option.id ? { ...one, ...change } : one)))
              }
              onRight={(isRight) => onChange(markRight(question, option.id, isRight))}
              onMove={(by) => move(option.id, by)}
              onRemove={() => remove(option, index)}
              announce={announce}
            />
          </Fragment>
        ))}
        {removed && removed.at >= options.length && note}
      </ol>
      <button type="button" className="button plain" aria-disabled={isFull} onClick={add}>
        {words.addOption}
        <span className="visually-hidden">{words.to(words.question(number))}</span>
      </button>
    </fieldset>
  );
}
