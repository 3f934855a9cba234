import { and, asc, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { draft, draftPart, draftRevision, publication, review } from '../schema/editorial.ts';
import { person } from '../schema/organisation.ts';

export type Draft = typeof draft.$inferSelect;
export type Revision = typeof draftRevision.$inferSelect;

/** A part of a draft with who has it open and who saved it last. Names of protected people are null. */
export interface PartRow {
  part: string;
  position: number;
  content: unknown;
  revision: number;
  heldBy: string | null;
  heldUntil: Date | null;
  holder: string | null;
  savedBy: string | null;
  savedAt: Date;
  saver: string | null;
}

/** The name of a person as other editors may see it. */
const shownName = (alias: string) =>
  sql<string | null>`case when ${sql.raw(alias)}.is_protected then null else ${sql.raw(alias)}.name end`;

/**
 * A content for a column of JSON. Questions for a workplace may be `null`, which is a content; the absence of
 * one (NULL) says that the part was removed.
 */
const asJson = (content: unknown) => (content === null ? sql`'null'::jsonb` : content);

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

/** Stores parts, each with its first revision. */
export async function insertParts(
  tx: Transaction,
  draftId: number,
  parts: readonly { part: string; position: number; content: unknown }[],
  saved: { savedBy: string | null; savedAt: Date },
): Promise<void> {
  for (let from = 0; from < parts.length; from += 500) {
    const some = parts.slice(from, from + 500);
    await tx
      .insert(draftPart)
      .values(some.map((one) => ({ ...one, content: asJson(one.content), draftId, revision: 1 })));
    await tx.insert(draftRevision).values(
      some.map(({ part, content }) => ({
        ...saved,
        draftId,
        part,
        content: asJson(content),
        number: 1,
        cause: 'start' as const,
      })),
    );
  }
}

/** Every part of a draft: `modul`, then the sections in order, then the others. */
export async function listParts(db: Executor, draftId: number): Promise<PartRow[]> {
  return selectParts(db).where(eq(draftPart.draftId, draftId)).orderBy(draftPart.position, draftPart.part);
}

/** One part as it is now; null when the draft has none by this name. */
export async function findPart(db: Executor, draftId: number, part: string): Promise<PartRow | null> {
  const [row] = await selectParts(db).where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
  return row ?? null;
}

function selectParts(db: Executor) {
  return db
    .select({
      part: draftPart.part,
      position: draftPart.position,
      content: draftPart.content,
      revision: draftPart.revision,
      heldBy: draftPart.heldBy,
      heldUntil: draftPart.heldUntil,
      holder: sql<string | null>`(select ${shownName('h')} from person h where h.id = ${draftPart.heldBy})`,
      savedBy: draftRevision.savedBy,
      savedAt: draftRevision.savedAt,
      saver: sql<
        string | null
      >`(select ${shownName('s')} from person s where s.id = ${draftRevision.savedBy})`,
    })
    .from(draftPart)
    .innerJoin(
      draftRevision,
      and(
        eq(draftRevision.draftId, draftPart.draftId),
        eq(draftRevision.part, draftPart.part),
        eq(draftRevision.number, draftPart.revision),
      ),
    )
    .$dynamic();
}

/** One revision by its number, or null: there is none, or it has become part of a later one. */
export async function findRevision(
  db: Executor,
  draftId: number,
  part: string,
  number: number,
): Promise<Revision | null> {
  const [row] = await db
    .select()
    .from(draftRevision)
    .where(
      and(eq(draftRevision.draftId, draftId), eq(draftRevision.part, part), eq(draftRevision.number, number)),
    );
  return row ?? null;
}

/** The highest revision number of a part and how many revisions it has; 0 and 0 for one that never was. */
export async function countRevisions(
  db: Executor,
  draftId: number,
  part: string,
): Promise<{ last: number; count: number }> {
  const [row] = await db
    .select({
      last: sql<number>`coalesce(max(${draftRevision.number}), 0)::int`,
      count: sql<number>`count(*)::int`,
    })
    .from(draftRevision)
    .where(and(eq(draftRevision.draftId, draftId), eq(draftRevision.part, part)));
  return row ?? { last: 0, count: 0 };
}

/** Stores a state of a part; without `content`: that it was removed. */
export async function insertRevision(
  tx: Transaction,
  row: Omit<typeof draftRevision.$inferInsert, 'id'>,
): Promise<void> {
  await tx
    .insert(draftRevision)
    .values({ ...row, ...('content' in row ? { content: asJson(row.content) } : {}) });
}

/** Lets what somebody goes on writing take the place of her last revision, under a new number. */
export async function continueRevision(
  tx: Transaction,
  id: number,
  row: { number: number; content: unknown; savedAt: Date },
): Promise<void> {
  await tx
    .update(draftRevision)
    .set({ ...row, content: asJson(row.content) })
    .where(eq(draftRevision.id, id));
}

/** Puts a part in place, new or changed. */
export async function storePart(
  tx: Transaction,
  row: { draftId: number; part: string; position: number; content: unknown; revision: number },
): Promise<void> {
  const { revision, position } = row;
  const content = asJson(row.content);
  await tx
    .insert(draftPart)
    .values({ ...row, content })
    .onConflictDoUpdate({
      target: [draftPart.draftId, draftPart.part],
      set: { content, revision, position },
    });
}

/** Takes a part out of the draft; its revisions stay. */
export async function deletePart(tx: Transaction, draftId: number, part: string): Promise<void> {
  await tx.delete(draftPart).where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
}

/** Says where a part stands among its kind. */
export async function setPosition(
  tx: Transaction,
  draftId: number,
  part: string,
  position: number,
): Promise<void> {
  await tx
    .update(draftPart)
    .set({ position })
    .where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
}

/** Says who has a part open to write in, and until when. */
export async function setHold(
  tx: Transaction,
  draftId: number,
  part: string,
  hold: { heldBy: string; heldUntil: Date } | null,
): Promise<void> {
  await tx
    .update(draftPart)
    .set(hold ?? { heldBy: null, heldUntil: null })
    .where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
}

/** Every state that a part has had, the latest first, without the content. */
export async function listRevisions(db: Executor, draftId: number, part: string, limit: number) {
  return db
    .select({
      number: draftRevision.number,
      cause: draftRevision.cause,
      savedAt: draftRevision.savedAt,
      savedBy: draftRevision.savedBy,
      saver: sql<string | null>`case when ${person.isProtected} then null else ${person.name} end`,
      isRemoval: sql<boolean>`${draftRevision.content} is null`,
    })
    .from(draftRevision)
    .leftJoin(person, eq(person.id, draftRevision.savedBy))
    .where(and(eq(draftRevision.draftId, draftId), eq(draftRevision.part, part)))
    .orderBy(desc(draftRevision.number))
    .limit(limit);
}

/** The latest revisions of a part that hold something, the latest first. */
export async function listContents(
  db: Executor,
  draftId: number,
  part: string,
  limit: number,
): Promise<{ number: number; content: unknown }[]> {
  return db
    .select({ number: draftRevision.number, content: draftRevision.content })
    .from(draftRevision)
    .where(
      and(
        eq(draftRevision.draftId, draftId),
        eq(draftRevision.part, part),
        sql`${draftRevision.content} is not null`,
        sql`${draftRevision.cause} <> 'kept'`,
      ),
    )
    .orderBy(desc(draftRevision.number))
    .limit(limit);
}

/** The parts that a draft has had and has no more, with what they held last. */
export async function listRemovedParts(db: Executor, draftId: number) {
  const rows = await db.execute<{
    part: string;
    number: number;
    content: unknown;
    removedAt: string;
    by: string | null;
  }>(sql`
    select r.part, c.number, c.content, r.saved_at as "removedAt", ${shownName('p')} as by
    from draft_revision r
    left join person p on p.id = r.saved_by
    cross join lateral (
      select c.number, c.content from draft_revision c
      where c.draft_id = r.draft_id and c.part = r.part and c.content is not null and c.cause <> 'kept'
      order by c.number desc limit 1) c
    where r.draft_id = ${draftId} and r.cause = 'remove'
      and not exists (select from draft_revision l
        where l.draft_id = r.draft_id and l.part = r.part and l.cause = 'remove' and l.number > r.number)
      and not exists (select from draft_part d where d.draft_id = r.draft_id and d.part = r.part)
    order by r.saved_at desc, r.part`);
  return rows.map((row) => ({ ...row, removedAt: new Date(row.removedAt) }));
}

/** Every name that a part of the draft has or has had. */
export async function listPartNames(db: Executor, draftId: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ part: draftRevision.part })
    .from(draftRevision)
    .where(eq(draftRevision.draftId, draftId))
    .orderBy(asc(draftRevision.part));
  return rows.map(({ part }) => part);
}

/** The text of a person's own that was put aside last, or null. */
export async function findKept(
  db: Executor,
  draftId: number,
  part: string,
  savedBy: string,
): Promise<{ number: number; content: unknown } | null> {
  const [row] = await db
    .select({ number: draftRevision.number, content: draftRevision.content })
    .from(draftRevision)
    .where(
      and(
        eq(draftRevision.draftId, draftId),
        eq(draftRevision.part, part),
        eq(draftRevision.savedBy, savedBy),
        eq(draftRevision.cause, 'kept'),
      ),
    )
    .orderBy(desc(draftRevision.number))
    .limit(1);
  return row ?? null;
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
