import { randomUUID } from 'node:crypto';
import type { Transaction } from '#db/client.ts';
import { findAttempt, insertAttempt } from '#db/queries/attempts.ts';
import { lockCompletionsOf } from '#db/queries/completions.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { recordPassedQuiz } from '#src/features/completions/award.server.ts';
import { RULES } from '#src/features/completions/completions.ts';
import { isPart } from '#src/features/courses/courses.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { hashAnswers } from './answers-hash.ts';
import { keepAnswers } from './pending.server.ts';
import { findPublishedQuiz, mayAnswer, type PublishedQuiz } from './published-quiz.server.ts';
import { gradeQuiz, parseAnswers, type Answers, type SubmittedForm } from './quiz.ts';
import { parseSubmissionHead } from './submission.schema.ts';

export type RecordOutcome =
  /** Graded and stored, now or by an earlier arrival of the same submission. */
  | { kind: 'recorded'; submissionId: string }
  /** The same submission was graded with other answers; `isOwn` when by the same person. */
  | { kind: 'already-graded'; submissionId: string; isOwn: boolean };

export type SubmitOutcome =
  | RecordOutcome
  /** Nobody is signed in: the answers wait under the token, see `pending.server.ts`. */
  | { kind: 'kept'; token: string }
  /** Nobody is signed in, and too many answers wait already from the same network. */
  | { kind: 'sign-in-first' }
  | ({ kind: 'incomplete'; submissionId: string; answers: Answers; missing: number[] } & PublishedQuiz)
  /** Not a form of ours: an unknown option, version or submission id. */
  | { kind: 'invalid' }
  | { kind: 'not-entitled' }
  | { kind: 'unknown-module' };

/**
 * Takes in an answered knowledge check. Attempt, score, completion and intyg are stored in one
 * transaction, once per submission id: a replay changes nothing and gives the stored result. Answers
 * to an earlier version are graded against that version.
 */
export async function submitQuiz(
  actor: Actor | null,
  slug: string,
  form: SubmittedForm,
  clientAddress: string,
): Promise<SubmitOutcome> {
  if (actor && !(await mayAnswer(actor, slug))) return { kind: 'not-entitled' };
  const head = parseSubmissionHead(form);
  if (!head) return { kind: 'invalid' };
  const published = await findPublishedQuiz(slug, head.versionId);
  if (!published) return { kind: head.versionId === null ? 'unknown-module' : 'invalid' };
  const parsed = parseAnswers(published.quiz, form);
  if (parsed.kind === 'invalid') return { kind: 'invalid' };
  const submissionId = head.submissionId ?? randomUUID();
  const { answers } = parsed;
  // Without a session the questions of a fördjupning are not shown again, so what is missing waits too.
  if (parsed.kind === 'incomplete' && (actor || isPart(slug))) {
    return { kind: 'incomplete', submissionId, answers, missing: parsed.missing, ...published };
  }
  if (!actor) {
    const token = await keepAnswers({ submissionId, version: published.version, answers }, clientAddress);
    return token === null ? { kind: 'sign-in-first' } : { kind: 'kept', token };
  }
  return getDb().transaction((tx) => recordAnswers(tx, actor.personId, published, { submissionId, answers }));
}

/**
 * Grades and records a complete submission of a person's, once; a passed one gives what it gives, under the
 * rule. `quiz` may be some of the version's questions: those that the person was asked.
 */
export async function recordAnswers(
  tx: Transaction,
  personId: string,
  { quiz, version }: PublishedQuiz,
  { submissionId, answers }: { submissionId: string; answers: Answers },
  rule: string = RULES.module,
): Promise<RecordOutcome> {
  await lockCompletionsOf(tx, personId);
  const { correct, passed } = gradeQuiz(quiz, answers);
  const answersHash = hashAnswers(version.id, answers);
  const submittedAt = now();
  const isNew = await insertAttempt(tx, {
    id: submissionId,
    personId,
    moduleVersionId: version.id,
    answers,
    answersHash,
    correct,
    questions: quiz.questions.length,
    passed,
    submittedAt,
  });
  if (!isNew) {
    const stored = await findAttempt(tx, submissionId);
    const isOwn = stored?.personId === personId;
    const isReplay = isOwn && stored.answersHash.equals(answersHash);
    return isReplay ? { kind: 'recorded', submissionId } : { kind: 'already-graded', submissionId, isOwn };
  }
  if (passed) {
    await recordPassedQuiz(tx, {
      personId,
      attemptId: submissionId,
      version,
      at: submittedAt,
      rule,
    });
  }
  return { kind: 'recorded', submissionId };
}
