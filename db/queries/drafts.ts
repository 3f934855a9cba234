import { and, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { draft, publication, review } from '../schema/editorial.ts';

export type Draft = typeof draft.$inferSelect;

/** Holds others who open or make a draft off until the transaction ends. */
export async function lockDrafts(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund drafts'))`);
}

/** One draft, open or closed; null when there is none with this id. */
export async function findDraft(db: Executor, id: number): Promise<Draft | null> {
  const [row] = await db.select().from(draft).where(eq(draft.id, id));
  return row ?? null;
}

/** The same, held until the transaction ends: every change to a draft holds it. */
export async function lockDraft(tx: Transaction, id: number): Promise<Draft | null> {
  const [row] = await tx.select().from(draft).where(eq(draft.id, id)).for('update');
  return row ?? null;
}

/** How many drafts are open. */
export async function countOpenDrafts(db: Executor): Promise<number> {
  return db.$count(draft, isNull(draft.closedAt));
}

/** Begins a draft. Returns its id. */
export async function insertDraft(tx: Transaction, row: typeof draft.$inferInsert): Promise<number> {
  const [made] = await tx.insert(draft).values(row).returning({ id: draft.id });
  if (!made) throw new Error('an insert returns its row');
  return made.id;
}

/** Ends a draft that nobody will publish. */
export async function closeDraft(tx: Transaction, id: number, at: Date): Promise<void> {
  await tx.update(draft).set({ state: 'discarded', closedAt: at }).where(eq(draft.id, id));
}

/** Whether the draft has been handed in at a moment or later. */
export async function wasHandedInSince(db: Executor, draftId: number, moment: Date): Promise<boolean> {
  const [row] = await db
    .select({ id: review.id })
    .from(review)
    .where(and(eq(review.draftId, draftId), gte(review.submittedAt, moment)))
    .limit(1);
  return row !== undefined;
}

/** Ends the reviews of a draft that nobody has decided. */
export async function withdrawReviews(
  tx: Transaction,
  draftId: number,
  by: { decidedBy: string | null; decidedAt: Date },
): Promise<void> {
  await tx
    .update(review)
    .set({ ...by, decision: 'withdrawn' })
    .where(and(eq(review.draftId, draftId), isNull(review.decision)));
}

/** Calls the publications of a draft off that have not begun. */
export async function cancelWaiting(tx: Transaction, draftId: number, at: Date, why: string): Promise<void> {
  await tx
    .update(publication)
    .set({ state: 'cancelled', finishedAt: at, failure: why })
    .where(and(isOfDraft(tx, draftId), eq(publication.state, 'waiting')));
}

/**
 * Whether a draft is on its way to the readers at this moment. A publication of it that waits is held until
 * the transaction ends, so that it does not begin meanwhile. Waits for nobody: whoever publishes holds the
 * publication first and the draft then, the other way round than those who write.
 */
export async function isBeingPublished(tx: Transaction, draftId: number): Promise<boolean> {
  const isOpen = and(isOfDraft(tx, draftId), inArray(publication.state, ['waiting', 'building']));
  const held = await tx
    .select({ state: publication.state })
    .from(publication)
    .where(isOpen)
    .for('update', { skipLocked: true });
  return (
    held.some(({ state }) => state === 'building') || held.length < (await tx.$count(publication, isOpen))
  );
}

function isOfDraft(tx: Transaction, draftId: number) {
  const reviews = tx.select({ id: review.id }).from(review).where(eq(review.draftId, draftId));
  return inArray(publication.reviewId, reviews);
}
