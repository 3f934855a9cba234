/** Changes to a knowledge check, each from one value to the next. Used by the form in the browser. */
import type { Question, Quiz } from '#src/features/quiz/quiz.schema.ts';

export type QuizOption = Question['options'][number];

export const MOST_QUESTIONS = 30;
export const MOST_OPTIONS = 6;
export const FEWEST_OPTIONS = 2;
/** Characters of a prompt, an option or its feedback. */
export const LONGEST_TEXT = 2_000;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id that no question has had: answers are counted under it for as long as the question is the same. */
export function newId(prefix: string, isTaken: (id: string) => boolean): string {
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(8));
    const id = `${prefix}-${[...random].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`;
    if (!isTaken(id)) return id;
  }
}

/** A question that nobody has written yet, with three answers. */
export function emptyQuestion(quiz: Quiz, section: string): Question {
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: '', feedback: '' }));
  return { id: freeQuestionId(quiz), type: 'single', section, prompt: '', options };
}

function freeQuestionId(quiz: Quiz): string {
  return newId('f', (id) => quiz.questions.some((question) => question.id === id));
}

/** Puts a question in at a place. */
export function insertQuestion(quiz: Quiz, question: Question, at: number): Quiz {
  return { ...quiz, questions: quiz.questions.toSpliced(at, 0, question) };
}

/** The same question under an id of its own: answers to it are counted apart. */
export function copyQuestion(quiz: Quiz, question: Question): Question {
  return { ...question, id: freeQuestionId(quiz) };
}

export function removeQuestion(quiz: Quiz, id: string): Quiz {
  return { ...quiz, questions: quiz.questions.filter((question) => question.id !== id) };
}

/** Moves a question by so many places; beyond the ends it stays. */
export function moveQuestion(quiz: Quiz, id: string, by: number): Quiz {
  return { ...quiz, questions: moved(quiz.questions, id, by) };
}

/** Changes fields of one question. */
export function changeQuestion(quiz: Quiz, id: string, change: Partial<Question>): Quiz {
  const questions = quiz.questions.map((question) =>
    question.id === id ? withoutUndefined({ ...question, ...change }) : question,
  );
  return { ...quiz, questions };
}

/** Gives a question one right answer or several. Of several the first stays right. */
export function changeType(question: Question, type: Question['type']): Partial<Question> {
  const first = question.options.find(({ correct }) => correct)?.id;
  const options = question.options.map((option) => asRight(option, option.id === first));
  return type === 'single' ? { type, options } : { type };
}

/** Says whether an answer is right; in a question with one right answer the others then are not. */
export function markRight(question: Question, optionId: string, isRight: boolean): QuizOption[] {
  return question.options.map((option) => {
    if (option.id === optionId) return asRight(option, isRight);
    return question.type === 'single' && isRight ? asRight(option, false) : option;
  });
}

function asRight({ correct: _, ...option }: QuizOption, isRight: boolean): QuizOption {
  return isRight ? { ...option, correct: true } : option;
}

/** A new answer for the question. Its id has not been another answer's: their numbers are kept apart. */
export function emptyOption(question: Question): QuizOption {
  const id = newId('s', (candidate) => question.options.some((option) => option.id === candidate));
  return { id, text: '', feedback: '' };
}

export function moveOption(question: Question, optionId: string, by: number): QuizOption[] {
  return moved(question.options, optionId, by);
}

/** What is left to write before the question can be used. */
export interface Unfinished {
  prompt: boolean;
  section: boolean;
  /** Too few answers, or one without text. */
  options: boolean;
  /** No answer is right, or each of them is. */
  right: boolean;
  feedback: boolean;
}

export function unfinishedIn({ type, prompt, section, options }: Question): Unfinished {
  const right = options.filter(({ correct }) => correct).length;
  return {
    prompt: prompt.trim() === '',
    section: section === '',
    options: options.length < FEWEST_OPTIONS || options.some(({ text }) => text.trim() === ''),
    right: type === 'single' ? right !== 1 : right === 0 || right === options.length,
    feedback: options.some(({ feedback }) => feedback.trim() === ''),
  };
}

/** One line of text, as it may be pasted from elsewhere: line breaks become spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/gu, ' ');
}

function moved<T extends { id: string }>(items: readonly T[], id: string, by: number): T[] {
  const from = items.findIndex((item) => item.id === id);
  const to = from + by;
  const item = items[from];
  if (!item || to < 0 || to >= items.length) return [...items];
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** A field without value is left out: the document knows none. */
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
