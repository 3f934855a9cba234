import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { shownName } from './shown-name.ts';
import type { Executor, Transaction } from '../client.ts';
import { publication } from '../schema/editorial.ts';
import { outdatedCte, isOutdatedVersion } from './required.ts';

export type Publication = typeof publication.$inferSelect;

/** A publication as lists show it. Names are null for those with protected identity. */
export interface ListedPublication extends Publication {
  requesterName: string | null;
  /** Who handed in what is published. */
  submitterName: string | null;
  approverName: string | null;
  /** Of the document: the module's title; null for the facts. */
  title: string | null;
}

/** Stores a publication that waits for its time. Null: another one of the same subject waits or is being built. */
export async function insertPublication(
  tx: Transaction,
  row: Pick<
    Publication,
    'reviewId' | 'subject' | 'change' | 'reason' | 'olderCountUntil' | 'requestedBy' | 'requestedAt' | 'dueAt'
  >,
): Promise<number | null> {
  const [stored] = await tx
    .insert(publication)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: publication.id });
  return stored?.id ?? null;
}

/** Takes back a publication that has not begun. Returns whether it could be. */
export async function cancelWaitingPublication(tx: Transaction, id: number, at: Date): Promise<boolean> {
  const rows = await tx
    .update(publication)
    .set({ state: 'cancelled', finishedAt: at })
    .where(and(eq(publication.id, id), eq(publication.state, 'waiting')))
    .returning({ id: publication.id });
  return rows.length > 0;
}

/** The publication of a subject that waits or is being built; null when there is none. */
export async function findOpenPublication(db: Executor, subject: string): Promise<Publication | null> {
  const [row] = await db
    .select()
    .from(publication)
    .where(and(eq(publication.subject, subject), inArray(publication.state, ['waiting', 'building'])));
  return row ?? null;
}

/** The last publication of a review, however it went; null before the first. */
export async function findLatestPublicationOf(db: Executor, reviewId: number): Promise<Publication | null> {
  const [row] = await db
    .select()
    .from(publication)
    .where(eq(publication.reviewId, reviewId))
    .orderBy(desc(publication.id))
    .limit(1);
  return row ?? null;
}

/** How far a publication has come, and nothing else of it: what a page asks for again and again. */
export async function findPublicationState(
  db: Executor,
  id: number,
): Promise<Pick<Publication, 'state' | 'step'> | null> {
  const [row] = await db
    .select({ state: publication.state, step: publication.step })
    .from(publication)
    .where(eq(publication.id, id));
  return row ?? null;
}

const listed = sql`
  select p.id, p.review_id as "reviewId", p.subject, p.change, p.reason,
    p.older_count_until::text as "olderCountUntil", p.requested_by as "requestedBy",
    p.requested_at as "requestedAt", p.due_at as "dueAt", p.state, p.step,
    p.started_at as "startedAt", p.finished_at as "finishedAt", p.failure,
    ${shownName('q')} as "requesterName",
    ${shownName('s')} as "submitterName",
    ${shownName('a')} as "approverName",
    case when p.subject = 'fakta' then null else r.document #>> '{meta,title}' end as title
  from publication p
  join review r on r.id = p.review_id
  join person q on q.id = p.requested_by
  left join person s on s.id = r.submitted_by
  left join person a on a.id = r.decided_by`;

/** One publication with its names, or null. */
export async function findPublicationListed(db: Executor, id: number): Promise<ListedPublication | null> {
  const [row] = await db.execute<Record<string, unknown>>(sql`${listed} where p.id = ${id}`);
  return row ? toListed(row) : null;
}

/** Those that wait or are being built, the next one first. */
export async function listOpenPublications(db: Executor): Promise<ListedPublication[]> {
  const rows = await db.execute<Record<string, unknown>>(sql`
    ${listed} where p.state in ('waiting', 'building') order by p.due_at, p.id limit 200`);
  return rows.map(toListed);
}

/** Those that failed, the latest first, whose draft is still there and which nobody has tried again since. */
export async function listFailedPublications(db: Executor, limit: number): Promise<ListedPublication[]> {
  const rows = await db.execute<Record<string, unknown>>(sql`
    ${listed} join draft d on d.id = r.draft_id and d.closed_at is null
    where p.state = 'failed'
      and not exists (select from publication l where l.subject = p.subject and l.id > p.id)
    order by p.id desc limit ${limit}`);
  return rows.map(toListed);
}

/** A release as lists show it: what it changed is the publication's, where there is one. */
export interface ListedRelease {
  id: number;
  createdAt: Date;
  restoredFrom: number | null;
  /** Of going back, or of the publication. */
  reason: string | null;
  /** Null: shipped, unknown or a person with protected identity. */
  by: string | null;
  /** Whether somebody made it, whose name may not be said. */
  hasMaker: boolean;
  subject: string | null;
  title: string | null;
  change: Publication['change'] | null;
  olderCountUntil: string | null;
  /** Who handed in what was published. */
  submitter: string | null;
  approver: string | null;
  /** The number of modules in it. */
  modules: number;
}

/** The releases, the current one first. */
export async function listReleases(
  db: Executor,
  { limit, before }: { limit: number; before: number | null },
): Promise<ListedRelease[]> {
  const rows = await db.execute<Record<string, unknown>>(sql`
    select l.id, l.created_at as "createdAt", l.restored_from as "restoredFrom",
      coalesce(l.reason, p.reason) as reason, p.subject, p.change,
      p.older_count_until::text as "olderCountUntil",
      case when p.subject = 'fakta' then null else r.document #>> '{meta,title}' end as title,
      coalesce(m.id, q.id) is not null as "hasMaker",
      case when coalesce(m.is_protected, q.is_protected) then null else coalesce(m.name, q.name) end as by,
      ${shownName('s')} as submitter,
      ${shownName('a')} as approver,
      (select count(*)::int from release_module x where x.release_id = l.id) as modules
    from release l
    left join publication p on p.id = l.publication_id
    left join review r on r.id = p.review_id
    left join person m on m.id = l.created_by
    left join person q on q.id = p.requested_by
    left join person s on s.id = r.submitted_by
    left join person a on a.id = r.decided_by
    where ${before === null ? sql`true` : sql`l.id < ${before}`}
    order by l.id desc limit ${limit}`);
  return rows.map((row) => ({
    ...(row as unknown as ListedRelease),
    createdAt: new Date(String(row['createdAt'])),
  }));
}

/**
 * How many people employed on a day have a completion of a module that counts on that day, required of
 * them or not. How long one counts under a requirement is left aside: only what versions do to it.
 */
export async function countHolders(db: Executor, moduleSlug: string, day: string): Promise<number> {
  const [row] = await db.execute<{ people: number }>(sql`
    with ${outdatedCte(day)}
    select count(distinct c.person_id)::int as people
    from completion c
    left join outdated o on ${isOutdatedVersion}
    where c.module_slug = ${moduleSlug} and c.completed_on <= ${day}::date
      and (o.expires_on is null or o.expires_on > ${day}::date)
      and not exists (select from completion_correction x where x.completion_id = c.id)
      and exists (select from employment e where e.person_id = c.person_id and e.valid @> ${day}::date)`);
  return row?.people ?? 0;
}

function toListed(row: Record<string, unknown>): ListedPublication {
  const moment = (name: string) => (row[name] === null ? null : new Date(String(row[name])));
  return {
    ...(row as unknown as ListedPublication),
    requestedAt: new Date(String(row['requestedAt'])),
    dueAt: new Date(String(row['dueAt'])),
    startedAt: moment('startedAt'),
    finishedAt: moment('finishedAt'),
  };
}
