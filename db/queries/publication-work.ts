import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { draft, publication } from '../schema/editorial.ts';
import type { Publication } from './publications.ts';

/**
 * Begins, or takes up, a publication whose time has come. Null when it has come to its end, waits for a
 * later time or does not exist.
 */
export async function takeUpPublication(db: Executor, id: number, at: Date): Promise<Publication | null> {
  const [row] = await db
    .update(publication)
    .set({ state: 'building', step: 'check', startedAt: at })
    .where(
      and(
        eq(publication.id, id),
        inArray(publication.state, ['waiting', 'building']),
        sql`${publication.dueAt} <= now()`,
      ),
    )
    .returning();
  return row ?? null;
}

/** One publication, or null. */
export async function findPublication(db: Executor, id: number): Promise<Publication | null> {
  const [row] = await db.select().from(publication).where(eq(publication.id, id));
  return row ?? null;
}

/** A publication that is being built, held until the transaction ends; null when it is so no longer. */
export async function holdBuilding(tx: Transaction, id: number): Promise<Publication | null> {
  const [row] = await tx
    .select()
    .from(publication)
    .where(and(eq(publication.id, id), eq(publication.state, 'building')))
    .for('update');
  return row ?? null;
}

/** Notes how far the building has come. */
export async function setPublicationStep(db: Executor, id: number, step: string): Promise<void> {
  await db
    .update(publication)
    .set({ step })
    .where(and(eq(publication.id, id), eq(publication.state, 'building')));
}

/** Ends a publication that did not succeed. The draft stays approved. */
export async function failPublication(
  db: Executor,
  id: number,
  { failure, at }: { failure: string; at: Date },
): Promise<void> {
  await db
    .update(publication)
    .set({ state: 'failed', failure, finishedAt: at })
    .where(and(eq(publication.id, id), eq(publication.state, 'building')));
}

/** Ends a publication that succeeded, and its draft. */
export async function completePublication(
  tx: Transaction,
  { id, draftId, at }: { id: number; draftId: number; at: Date },
): Promise<void> {
  await tx
    .update(publication)
    .set({ state: 'published', step: 'live', finishedAt: at })
    .where(eq(publication.id, id));
  await tx.update(draft).set({ state: 'published', closedAt: at }).where(eq(draft.id, draftId));
}
