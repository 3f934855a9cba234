/** What is most often misunderstood in a knowledge check, without anyone being visible in it. */
import type { FirstAnswerCount } from '#db/queries/evaluation.ts';
import type { Question, Quiz } from '#src/features/quiz/quiz.schema.ts';

/** Fewer than this have answered: nothing is shown of the question. */
export const FEWEST_ANSWERS = 10;
/** A wrong option that fewer than this chose is not shown. */
export const FEWEST_WRONG = 5;

/** One question, as people answered it the first time. */
export interface QuestionStatistics {
  /** Its number, counted from 1. */
  number: number;
  prompt: string;
  answers: number;
  /** In per cent. */
  right: number;
  /** The wrong option that most chose; null when none was chosen by enough. */
  wrong: { text: string; people: number } | null;
}

export interface QuizStatistics {
  questions: QuestionStatistics[];
  /** Questions that too few have answered. */
  tooFew: number;
}

/** Statistics of a knowledge check from the counted first answers to it, in the order of its questions. */
export function describeAnswers(quiz: Quiz, counts: readonly FirstAnswerCount[]): QuizStatistics {
  const all = quiz.questions.map((question, index) => {
    const given = counts.filter((count) => count.question === question.id);
    return describeQuestion(question, index + 1, given);
  });
  const questions = all.filter(({ answers }) => answers >= FEWEST_ANSWERS);
  return { questions, tooFew: all.length - questions.length };
}

function describeQuestion(
  question: Question,
  number: number,
  given: readonly FirstAnswerCount[],
): QuestionStatistics {
  const key = question.options.filter((option) => option.correct).map(({ id }) => id);
  const isRight = (chosen: readonly string[]) =>
    chosen.length === key.length && key.every((id) => chosen.includes(id));
  const answers = countPeople(given);
  const right = countPeople(given.filter(({ chosen }) => isRight(chosen)));
  const wrong = question.options
    .filter((option) => !option.correct)
    .map(({ id, text }) => ({ text, people: countPeople(given.filter(({ chosen }) => chosen.includes(id))) }))
    .filter(({ people }) => people >= FEWEST_WRONG)
    .toSorted((a, b) => b.people - a.people)[0];
  return {
    number,
    prompt: question.prompt,
    answers,
    right: answers === 0 ? 0 : (100 * right) / answers,
    wrong: wrong ?? null,
  };
}

function countPeople(given: readonly FirstAnswerCount[]): number {
  return given.reduce((sum, { people }) => sum + people, 0);
}
