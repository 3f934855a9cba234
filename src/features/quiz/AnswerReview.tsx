import { quizForm } from '#src/i18n/quiz.ts';
import type { Answers, PublicQuiz } from './quiz.ts';

/** The element id of the heading, where the focus goes. */
export const REVIEW_HEADING = 'se-over';

interface Props {
  quiz: PublicQuiz;
  answers: Answers;
  onOpen(index: number): void;
}

/** The last step before handing in: what is answered, and what is not. */
export function AnswerReview({ quiz, answers, onOpen }: Props) {
  return (
    <section className="review" aria-labelledby={REVIEW_HEADING}>
      <h2 id={REVIEW_HEADING} tabIndex={-1}>
        {quizForm.reviewTitle}
      </h2>
      <p>{quizForm.reviewHint}</p>
      <ol role="list">
        {quiz.questions.map((question, index) => {
          const chosen = question.options.filter((option) => answers[question.id]?.includes(option.id));
          return (
            <li key={question.id}>
              <div>
                <p>
                  <span className="kicker">{quizForm.number(index + 1)}</span> {question.prompt}
                </p>
                {chosen.map((option) => (
                  <p className="chosen" key={option.id}>
                    {option.text}
                  </p>
                ))}
                {chosen.length === 0 && <p className="error-text">{quizForm.unanswered}</p>}
              </div>
              <button type="button" className="button plain" onClick={() => onOpen(index)}>
                {quizForm.change} <span className="visually-hidden">{quizForm.changeOf(index + 1)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
