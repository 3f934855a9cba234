import type { Quiz } from './quiz.schema.ts';

/** The least number of right answers that passes. */
export function requiredCorrect(quiz: Quiz): number {
  // In whole per cent, so that binary fractions never ask for one answer too many.
  return Math.ceil((Math.round(quiz.passMark * 100) * quiz.questions.length) / 100);
}
