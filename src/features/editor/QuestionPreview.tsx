import { useState } from 'react';
import { QuestionCard } from '#src/features/quiz/QuestionCard.tsx';
import type { Question } from '#src/features/quiz/quiz.schema.ts';
import { quizResult } from '#src/i18n/quiz.ts';
import { quizEditor as words } from '#src/i18n/quiz-editor.ts';

interface Props {
  question: Question;
  number: number;
}

/** The question as it looks in the course, to answer and see what is said of the answers. Nothing is saved. */
export function QuestionPreview({ question, number }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const options = question.options.filter(({ text }) => text.trim() !== '');
  if (question.prompt.trim() === '' || options.length < 2) return <p>{words.previewEmpty}</p>;
  const shown = { ...question, id: `${question.id}-prov`, options };
  return (
    <div className="question-preview">
      <p className="help">{words.previewHelp}</p>
      <QuestionCard
        question={shown}
        number={number}
        options={options}
        chosen={chosen}
        isMissing={false}
        isHidden={false}
        onChange={setChosen}
      />
      <div className="answers" aria-live="polite">
        {options
          .filter(({ id }) => chosen.includes(id))
          .map(({ id, text, feedback, correct }) => (
            <div className="answer" key={id} data-right={correct} data-wrong={correct ? undefined : true}>
              <p>
                <span className="kicker">{correct ? quizResult.right : quizResult.wrong}</span>
                <br />
                <strong>{text}</strong>
              </p>
              <p>{feedback}</p>
            </div>
          ))}
      </div>
    </div>
  );
}
