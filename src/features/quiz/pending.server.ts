import { createHash, randomBytes } from 'node:crypto';
import {
  deletePendingSubmission,
  findPendingSubmission,
  insertPendingSubmission,
} from '#db/queries/pending-submissions.ts';
import type { ModuleVersion } from '#db/queries/modules.ts';
import { takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { networkOf } from '#src/features/auth/network.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { answersSchema } from './quiz.schema.ts';
import type { Answers } from './quiz.ts';

/** How long answers wait for their sender to sign in. */
export const PENDING_SECONDS = 2 * 60 * 60;

export interface KeptAnswers {
  submissionId: string;
  versionId: number;
  answers: Answers;
}

/** Submissions without a session, per network: a whole workplace may share an address. */
const KEEPING: Bucket = { burst: 300, seconds: 2 };

/**
 * Keeps checked answers for a browser without a session. Returns the secret that gets them back, or null
 * when too many are kept for the same network. `slug` is what they wait under: the module's, unless the
 * form is another one than its knowledge check.
 */
export async function keepAnswers(
  kept: { submissionId: string; version: ModuleVersion; answers: Answers },
  clientAddress: string,
  slug: string = kept.version.moduleSlug,
): Promise<string | null> {
  const limit = limitKey('kept answers', networkOf(clientAddress));
  if ((await takeToken(getDb(), limit, KEEPING)) > 0) return null;
  const token = randomBytes(32).toString('base64url');
  const at = now();
  const row = {
    tokenHash: hashToken(token),
    submissionId: kept.submissionId,
    moduleSlug: slug,
    moduleVersionId: kept.version.id,
    answers: kept.answers,
    expiresAt: new Date(at.getTime() + PENDING_SECONDS * 1000),
  };
  await insertPendingSubmission(getDb(), row, at);
  return token;
}

/** The answers to a module's knowledge check that wait under the token, or null. */
export async function findKeptAnswers(token: string | undefined, slug: string): Promise<KeptAnswers | null> {
  if (!token) return null;
  const row = await findPendingSubmission(getDb(), hashToken(token), now());
  if (row?.moduleSlug !== slug) return null;
  return {
    submissionId: row.submissionId,
    versionId: row.moduleVersionId,
    answers: answersSchema.parse(row.answers),
  };
}

/** Throws the waiting answers to a module away, after they were handed in or others took their place. */
export async function dropKeptAnswers(token: string | undefined, slug: string): Promise<void> {
  if (token) await deletePendingSubmission(getDb(), hashToken(token), slug);
}

/** Throws whatever waits under the token away. */
export async function dropAllKeptAnswers(token: string): Promise<void> {
  await deletePendingSubmission(getDb(), hashToken(token));
}

/** Only the hash is stored, so that whoever reads the table cannot fetch the answers. */
function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
