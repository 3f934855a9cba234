import { createHash } from 'node:crypto';
import { canonicalAnswers, type Answers } from './quiz.ts';

/** SHA-256 of module version and answers: the same for a replay, another for anything else. */
export function hashAnswers(moduleVersionId: number, answers: Answers): Buffer {
  const canonical = JSON.stringify([moduleVersionId, canonicalAnswers(answers)]);
  return createHash('sha256').update(canonical).digest();
}
