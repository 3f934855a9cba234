import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { draftRevision } from '../schema/editorial.ts';
import { person } from '../schema/organisation.ts';
import { shownName } from './shown-name.ts';

export type Revision = typeof draftRevision.$inferSelect;

/**
 * A content for a column of JSON. Questions for a workplace may be `null`, which is a content; the absence of
 * one (NULL) says that the part was removed.
 */
export const asJson = (content: unknown) => (content === null ? sql`'null'::jsonb` : content);

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

/** Every state that a part has had, the latest first, without the content. */
export async function listRevisions(db: Executor, draftId: number, part: string, limit: number) {
  return db
    .select({
      number: draftRevision.number,
      cause: draftRevision.cause,
      savedAt: draftRevision.savedAt,
      savedBy: draftRevision.savedBy,
      saver: shownName('person'),
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
