import { and, eq, gt, lte } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { pendingSubmission } from '../schema/access.ts';

export type PendingSubmission = typeof pendingSubmission.$inferSelect;

/** Keeps answers that wait for their sender to sign in, and drops those whose time is out. */
export async function insertPendingSubmission(
  db: Executor,
  row: typeof pendingSubmission.$inferInsert,
  now: Date,
): Promise<void> {
  await db.delete(pendingSubmission).where(lte(pendingSubmission.expiresAt, now));
  await db.insert(pendingSubmission).values(row);
}

/** The waiting answers of whoever has the token, or null when there are none or their time is out. */
export async function findPendingSubmission(
  db: Executor,
  tokenHash: Buffer,
  now: Date,
): Promise<PendingSubmission | null> {
  const [row] = await db
    .select()
    .from(pendingSubmission)
    .where(and(eq(pendingSubmission.tokenHash, tokenHash), gt(pendingSubmission.expiresAt, now)));
  return row ?? null;
}

/** Drops waiting answers, or only if they are to the module; nothing happens where there are none. */
export async function deletePendingSubmission(
  db: Executor,
  tokenHash: Buffer,
  moduleSlug?: string,
): Promise<void> {
  const isOfModule = moduleSlug === undefined ? undefined : eq(pendingSubmission.moduleSlug, moduleSlug);
  await db.delete(pendingSubmission).where(and(eq(pendingSubmission.tokenHash, tokenHash), isOfModule));
}
