/** Rules of the knowledge check: what may be shown before answering, what counts as an answer, and grading. */
import { requiredCorrect } from './pass-mark.ts';
import type { Question, Quiz } from './quiz.schema.ts';

/** A question as anyone may see it before answering. */
export interface PublicQuestion {
  id: string;
  type: 'single' | 'multiple';
  prompt: string;
  options: { id: string; text: string }[];
}

/** A knowledge check without key and feedback: the only form that is sent to a browser before grading. */
export interface PublicQuiz {
  questions: PublicQuestion[];
}

/** Chosen option ids by question id, in the order of the file; a question without an answer has an empty list. */
export type Answers = Record<string, string[]>;

/** What was handed in: a field may come several times. `FormData` and `URLSearchParams` both fit. */
export interface SubmittedForm {
  getAll(name: string): readonly unknown[];
}

export type ParsedAnswers =
  | { kind: 'complete'; answers: Answers }
  /** `missing` holds the numbers of the unanswered questions, counted from 1. */
  | { kind: 'incomplete'; answers: Answers; missing: number[] }
  /** A choice that the question does not offer, or two where one is allowed: no form of ours sends that. */
  | { kind: 'invalid' };

export interface GradedQuestion {
  question: Question;
  /** Its number, counted from 1. */
  number: number;
  chosen: Question['options'];
  isRight: boolean;
}

export interface Grade {
  questions: GradedQuestion[];
  /** Number of rightly answered questions. */
  correct: number;
  passed: boolean;
}

/** Copies only what is allowed before answering; a field added to the file later stays on the server. */
export function toPublicQuiz(quiz: Quiz): PublicQuiz {
  return {
    questions: quiz.questions.map(({ id, type, prompt, options }) => ({
      id,
      type,
      prompt,
      options: options.map((option) => ({ id: option.id, text: option.text })),
    })),
  };
}

/** Reads the answers to this knowledge check out of a form. Other fields are ignored. */
export function parseAnswers(quiz: Quiz, form: SubmittedForm): ParsedAnswers {
  const answers = readAnswers(quiz, form);
  const missing: number[] = [];
  for (const [index, { id }] of quiz.questions.entries()) {
    const chosen = answers[id]!.length;
    if (new Set(form.getAll(id)).size !== chosen) return { kind: 'invalid' };
    if (chosen === 0) missing.push(index + 1);
  }
  return missing.length > 0 ? { kind: 'incomplete', answers, missing } : { kind: 'complete', answers };
}

/** Reads what a form has, complete or not; what the questions do not offer is left out. */
export function readAnswers(quiz: PublicQuiz, form: SubmittedForm): Answers {
  return Object.fromEntries(
    quiz.questions.map(({ id, type, options }) => {
      const sent = form.getAll(id);
      const chosen = options.map((option) => option.id).filter((option) => sent.includes(option));
      return [id, type === 'single' ? chosen.slice(0, 1) : chosen];
    }),
  );
}

/** Grades answers: a question is right when exactly its right options are chosen. */
export function gradeQuiz(quiz: Quiz, answers: Answers): Grade {
  const questions = quiz.questions.map((question, index) => gradeQuestion(question, index + 1, answers));
  const correct = questions.filter((question) => question.isRight).length;
  return { questions, correct, passed: correct >= requiredCorrect(quiz) };
}

function gradeQuestion(question: Question, number: number, answers: Answers): GradedQuestion {
  const ids = Object.hasOwn(answers, question.id) ? answers[question.id]! : [];
  const chosen = question.options.filter((option) => ids.includes(option.id));
  const isRight = question.options.every((option) => ids.includes(option.id) === (option.correct ?? false));
  return { question, number, chosen, isRight };
}

/**
 * Answers in one form only, whatever order they came in: what is hashed, so that a replay is known
 * from other answers under the same id.
 */
export function canonicalAnswers(answers: Answers): [question: string, options: string[]][] {
  return Object.entries(answers)
    .map(([question, options]): [string, string[]] => [question, options.toSorted()])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
