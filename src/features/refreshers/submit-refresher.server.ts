import { randomUUID } from 'node:crypto';
import { findVersion } from '#db/queries/modules.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { RULES } from '#src/features/completions/completions.ts';
import { keepAnswers } from '#src/features/quiz/pending.server.ts';
import { findPublishedQuiz, mayAnswer } from '#src/features/quiz/published-quiz.server.ts';
import { recordAnswers, type RecordOutcome } from '#src/features/quiz/quiz.server.ts';
import { parseAnswers, readAnswers, type Answers, type SubmittedForm } from '#src/features/quiz/quiz.ts';
import { parseSubmissionHead } from '#src/features/quiz/submission.schema.ts';
import { getDb } from '#src/lib/database.ts';
import { findRefresher, type Refresher } from './refreshers.server.ts';

export type RefresherOutcome =
  | RecordOutcome
  | { kind: 'kept'; token: string }
  | { kind: 'sign-in-first' }
  | { kind: 'incomplete'; refresher: Refresher; submissionId: string; answers: Answers; missing: number[] }
  | { kind: 'invalid' }
  | { kind: 'not-entitled' };

/** What answers to a refresher wait under: not those to the knowledge check of the same module. */
export function keptUnder(slug: string): string {
  return `repetition/${slug}`;
}

/**
 * Takes in the answers of a refresher. They are graded against the version the form was made for, and only
 * the questions that lead this person there from what she had completed before: the same ones when the form
 * arrives again. A passed refresher completes the module in that version, once.
 */
export async function submitRefresher(
  actor: Actor | null,
  slug: string,
  form: SubmittedForm,
  clientAddress: string,
): Promise<RefresherOutcome> {
  const head = parseSubmissionHead(form);
  if (!head || head.versionId === null) return { kind: 'invalid' };
  const submissionId = head.submissionId ?? randomUUID();
  if (!actor) return keep(slug, head.versionId, submissionId, form, clientAddress);
  if (!(await mayAnswer(actor, slug))) return { kind: 'not-entitled' };
  const version = await findVersion(getDb(), head.versionId);
  if (version?.moduleSlug !== slug) return { kind: 'invalid' };
  const refresher = await findRefresher(getDb(), actor.personId, version);
  if (!refresher) return { kind: 'invalid' };
  const { quiz, isWholeQuiz } = refresher;
  const parsed = parseAnswers(quiz, form);
  if (parsed.kind === 'invalid') return { kind: 'invalid' };
  const { answers } = parsed;
  if (parsed.kind === 'incomplete') {
    return { kind: 'incomplete', refresher, submissionId, answers, missing: parsed.missing };
  }
  const rule = isWholeQuiz ? RULES.module : RULES.refresher;
  return getDb().transaction((tx) =>
    recordAnswers(tx, actor.personId, { quiz, version }, { submissionId, answers }, rule),
  );
}

/** Without a session nobody knows which questions she was asked: whatever she answered waits. */
async function keep(
  slug: string,
  versionId: number,
  submissionId: string,
  form: SubmittedForm,
  clientAddress: string,
): Promise<RefresherOutcome> {
  const published = await findPublishedQuiz(slug, versionId);
  if (!published) return { kind: 'invalid' };
  const { quiz, version } = published;
  const given = Object.entries(readAnswers(quiz, form)).filter(([, chosen]) => chosen.length > 0);
  const answers = Object.fromEntries(given);
  const token = await keepAnswers({ submissionId, version, answers }, clientAddress, keptUnder(slug));
  return token === null ? { kind: 'sign-in-first' } : { kind: 'kept', token };
}
