import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { draft, review } from '../schema/editorial.ts';
import { shownName } from './shown-name.ts';

export type Draft = typeof draft.$inferSelect;
export type Review = typeof review.$inferSelect;

/** Somebody's part in a draft. The name is null for one whose identity is protected, and where nobody is known. */
export interface Contributor {
  personId: string | null;
  name: string | null;
}

/** A review as lists show it: everything but the document. */
export interface ListedReview {
  id: number;
  note: string | null;
  submittedAt: Date;
  submitter: Contributor;
  decision: Review['decision'];
  comment: string | null;
  decidedAt: Date | null;
  decider: Contributor;
}

/** The draft of a subject that is being written, reviewed or waiting to be published; held until the transaction ends. */
export async function lockOpenDraft(tx: Transaction, subject: string): Promise<Draft | null> {
  const [row] = await tx
    .select()
    .from(draft)
    .where(and(eq(draft.subject, subject), isNull(draft.closedAt)))
    .for('update');
  return row ?? null;
}

/** The same without holding it. */
export async function findOpenDraftOf(db: Executor, subject: string): Promise<Draft | null> {
  const [row] = await db
    .select()
    .from(draft)
    .where(and(eq(draft.subject, subject), isNull(draft.closedAt)));
  return row ?? null;
}

/** One draft, open or closed, held until the transaction ends; null when there is none. */
export async function lockDraftOf(tx: Transaction, reviewId: number): Promise<Draft | null> {
  const [row] = await tx
    .select({ draft })
    .from(draft)
    .innerJoin(review, eq(review.draftId, draft.id))
    .where(eq(review.id, reviewId))
    .for('update', { of: draft });
  return row?.draft ?? null;
}

/** Says how far a draft has come. */
export async function setDraftState(
  tx: Transaction,
  draftId: number,
  state: 'writing' | 'review' | 'approved',
): Promise<void> {
  await tx.update(draft).set({ state }).where(eq(draft.id, draftId));
}

/** Stores what was handed in. Returns its id. */
export async function insertReview(
  tx: Transaction,
  row: Pick<Review, 'draftId' | 'document' | 'documentHash' | 'findings' | 'note' | 'submittedBy'> & {
    submittedAt: Date;
  },
): Promise<number> {
  const [stored] = await tx.insert(review).values(row).returning({ id: review.id });
  if (!stored) throw new Error('an insert returns its row');
  return stored.id;
}

/** One review with its document, or null. */
export async function findReview(db: Executor, id: number): Promise<Review | null> {
  const [row] = await db.select().from(review).where(eq(review.id, id));
  return row ?? null;
}

/** The review of a draft that is waiting for a decision or has been approved; null when there is none. */
export async function findStandingReview(db: Executor, draftId: number): Promise<Review | null> {
  const [row] = await db
    .select()
    .from(review)
    .where(and(eq(review.draftId, draftId), or(isNull(review.decision), eq(review.decision, 'approved'))))
    .orderBy(desc(review.id))
    .limit(1);
  return row ?? null;
}

/** Writes down what was decided about a review that nobody had decided. Returns whether it was so. */
export async function decideOpenReview(
  tx: Transaction,
  id: number,
  decided: {
    decision: 'approved' | 'returned' | 'withdrawn';
    comment: string | null;
    decidedBy: string | null;
    decidedAt: Date;
  },
): Promise<boolean> {
  const rows = await tx
    .update(review)
    .set(decided)
    .where(and(eq(review.id, id), isNull(review.decision)))
    .returning({ id: review.id });
  return rows.length > 0;
}

/** The reviews of a draft, the latest first, without their documents. */
export async function listReviews(db: Executor, draftId: number): Promise<ListedReview[]> {
  const rows = await db.execute<Record<string, unknown>>(sql`
    select r.id, r.note, r.submitted_at as "submittedAt", r.decision, r.comment, r.decided_at as "decidedAt",
      r.submitted_by as "submittedBy", ${shownName('s')} as "submitterName",
      r.decided_by as "decidedBy", ${shownName('d')} as "deciderName"
    from review r
    left join person s on s.id = r.submitted_by
    left join person d on d.id = r.decided_by
    where r.draft_id = ${draftId} order by r.id desc limit 50`);
  return rows.map((row) => ({
    id: Number(row['id']),
    note: row['note'] as string | null,
    submittedAt: new Date(String(row['submittedAt'])),
    submitter: {
      personId: row['submittedBy'] as string | null,
      name: row['submitterName'] as string | null,
    },
    decision: row['decision'] as Review['decision'],
    comment: row['comment'] as string | null,
    decidedAt: row['decidedAt'] === null ? null : new Date(String(row['decidedAt'])),
    decider: { personId: row['decidedBy'] as string | null, name: row['deciderName'] as string | null },
  }));
}

/**
 * Who has written in a draft since it was opened. What the opening itself stored is nobody's; a revision
 * that nobody is known for came in by the command line.
 */
export async function listAuthors(db: Executor, draftId: number): Promise<Contributor[]> {
  const rows = await db.execute<Record<'personId' | 'name', string | null>>(sql`
    select r.saved_by as "personId", ${shownName('p')} as name
    from draft_revision r left join person p on p.id = r.saved_by
    where r.draft_id = ${draftId} and not (r.cause = 'start' and r.saved_by is null)
    group by r.saved_by, p.name, p.is_protected
    order by min(r.id)`);
  return [...rows];
}
