import { useEffect, useLayoutEffect, useRef, useState, type SubmitEvent } from 'react';
import { quizForm } from '#src/i18n/quiz.ts';
import { AnswerReview, REVIEW_HEADING } from './AnswerReview.tsx';
import { forgetInBrowser, keepInBrowser, readFromBrowser } from './answers-in-browser.ts';
import { QuestionCard } from './QuestionCard.tsx';
import { questionAnchor, START_OVER, SUBMISSION_FIELD, VERSION_FIELD } from './quiz-form.ts';
import { readAnswers, type Answers, type PublicQuiz } from './quiz.ts';
import { shuffle } from './shuffle.ts';

interface Props {
  quiz: PublicQuiz;
  moduleSlug: string;
  versionId: number;
  submissionId: string;
  /** Answers that the server already has: handed in incomplete, or kept through signing in. */
  answers: Answers;
  /** Numbers of the questions the server missed, counted from 1. */
  missing: number[];
}

/**
 * The knowledge check. As the server sends it, it is one whole form; where JavaScript runs it shows one
 * question at a time and hands in the very same form. The server decides, the browser only helps.
 */
export function QuizIsland({ quiz, moduleSlug, versionId, ...fromServer }: Props) {
  const { questions } = quiz;
  const review = questions.length;
  const form = useRef<HTMLFormElement>(null);
  const [submissionId, setSubmissionId] = useState(fromServer.submissionId);
  const [answers, setAnswers] = useState(fromServer.answers);
  const [missing, setMissing] = useState(fromServer.missing);
  /** Which question is shown, or the review after the last; null: all, as without JavaScript. */
  const [step, setStep] = useState<number | null>(null);
  const [isRestored, setRestored] = useState(hasAnswers(fromServer.answers));
  const [isSubmitting, setSubmitting] = useState(false);
  const isMoving = useRef(false);
  const isStepwise = step !== null;

  // Takes over from the plain form, with what was ticked in it before this code had loaded.
  useLayoutEffect(() => {
    const ticked = readAnswers(quiz, new FormData(form.current!));
    const kept = isRestored ? null : readFromBrowser(moduleSlug, versionId);
    const base = kept ? readAnswers(quiz, { getAll: (id) => kept.answers[id] ?? [] }) : {};
    if (kept) {
      setSubmissionId(kept.submission);
      setRestored(hasAnswers(kept.answers));
    }
    setAnswers(
      Object.fromEntries(questions.map(({ id }) => [id, ticked[id]?.length ? ticked[id] : (base[id] ?? [])])),
    );
    const focused = questions.findIndex(({ id }) =>
      document.getElementById(questionAnchor(id))?.contains(document.activeElement),
    );
    const start = fromServer.missing[0] ? fromServer.missing[0] - 1 : isRestored ? review : kept?.step;
    setStep(Math.min(focused >= 0 ? focused : (start ?? 0), review));
    // Once, when this code has loaded: run again it would overwrite what the reader has ticked since.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    if (isStepwise) {
      keepInBrowser(moduleSlug, { version: versionId, submission: submissionId, answers, step });
    }
  }, [isStepwise, moduleSlug, versionId, answers, step, submissionId]);

  // Moves the focus along, so that the new question is read out.
  useLayoutEffect(() => {
    if (!isMoving.current || step === null) return;
    isMoving.current = false;
    const question = questions[step];
    const place = question
      ? document.querySelector<HTMLElement>(`#${questionAnchor(question.id)} legend`)
      : document.getElementById(REVIEW_HEADING);
    place?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'start' });
  }, [questions, step]);

  useEffect(() => {
    // Links in the error summary lead to a question, which may be hidden.
    const follow = () => {
      const index = questions.findIndex(({ id }) => location.hash === `#${questionAnchor(id)}`);
      if (index >= 0) open(index);
    };
    // Brought back by the browser's back button after handing in, this page would be an old submission.
    const renew = (event: PageTransitionEvent) => event.persisted && location.reload();
    addEventListener('hashchange', follow);
    addEventListener('pageshow', renew);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('pageshow', renew);
    };
  }, [questions]);

  function open(index: number) {
    isMoving.current = true;
    setStep(index);
  }

  function handleSubmit(event: SubmitEvent) {
    // Enter in an option hands in the form; before the review it means going on.
    if (step !== null && step < review) {
      event.preventDefault();
      return open(step + 1);
    }
    const unanswered = questions.flatMap(({ id }, index) => (answers[id]?.length ? [] : [index + 1]));
    if (isSubmitting || unanswered.length > 0) event.preventDefault();
    setMissing(unanswered);
    if (unanswered[0]) return open(unanswered[0] - 1);
    setSubmitting(true);
  }

  return (
    <form method="post" ref={form} onSubmit={handleSubmit} className="quiz" data-stepwise={isStepwise}>
      <input type="hidden" name={SUBMISSION_FIELD} value={submissionId} autoComplete="off" />
      <input type="hidden" name={VERSION_FIELD} value={versionId} autoComplete="off" />
      {isStepwise && step < review && (
        <div className="quiz-progress">
          <p aria-live="polite">{quizForm.progress(step + 1, review)}</p>
          <progress max={review} value={step + 1} aria-hidden="true" />
        </div>
      )}
      {questions.map((question, index) => (
        <QuestionCard
          key={question.id}
          question={question}
          number={index + 1}
          options={isStepwise ? shuffle(question.options, submissionId + question.id) : question.options}
          chosen={answers[question.id] ?? []}
          isMissing={missing.includes(index + 1) && !answers[question.id]?.length}
          isHidden={isStepwise && step !== index}
          onChange={(chosen) => setAnswers((before) => ({ ...before, [question.id]: chosen }))}
        />
      ))}
      {step === review && <AnswerReview quiz={quiz} answers={answers} onOpen={open} />}
      <div className="onward">
        {isStepwise && step > 0 && (
          <button type="button" className="button quiet" onClick={() => open(step - 1)}>
            {quizForm.previous}
          </button>
        )}
        {/* Keys keep the two apart: "next" turned into "submit" under the click would hand in at once. */}
        {isStepwise && step < review ? (
          <button type="button" key="next" className="button" onClick={() => open(step + 1)}>
            {step + 1 < review ? quizForm.next : quizForm.review}
          </button>
        ) : (
          <button key="submit" className="button" aria-disabled={isSubmitting}>
            {isSubmitting ? quizForm.submitting : quizForm.submit}
          </button>
        )}
      </div>
      {isRestored && (
        <p>
          <a href={`?${START_OVER}=1`} onClick={() => forgetInBrowser(moduleSlug)}>
            {quizForm.startOver}
          </a>
        </p>
      )}
    </form>
  );
}

function hasAnswers(answers: Answers): boolean {
  return Object.values(answers).some((chosen) => chosen.length > 0);
}
