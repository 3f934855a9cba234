import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/** A person's completion of a version. */
export interface CompletionOfVersion {
  completedAt: Date;
  completedOn: string;
  isVoided: boolean;
}

/**
 * A person's latest completion of a version, one that counts before one that was voided: by itself, or a
 * part with the whole grundkurs. Null: she has none.
 */
export async function findCompletionOfVersion(
  db: Executor,
  personId: string,
  { id, moduleSlug }: { id: number; moduleSlug: string },
): Promise<CompletionOfVersion | null> {
  const [row] = await db.execute<
    Omit<CompletionOfVersion, 'completedAt'> & { completedAt: string } & Record<string, unknown>
  >(sql`
    select c.completed_at as "completedAt", c.completed_on::text as "completedOn",
      x.completion_id is not null as "isVoided"
    from completion c left join completion_correction x on x.completion_id = c.id
    where c.person_id = ${personId}::uuid and (c.module_version_id = ${id}::int or c.module_version_id in (
      select r.module_version_id
      from release_module p
      join module m on m.slug = ${moduleSlug} and m.kind = 'part'
      join module k on k.kind = 'course'
      join release_module r on r.release_id = p.release_id and r.module_slug = k.slug
      where p.module_version_id = ${id}::int))
    order by x.completion_id is not null, c.completed_at desc limit 1`);
  return row ? { ...row, completedAt: new Date(row.completedAt) } : null;
}

/** When readers met a version. */
export interface VersionPeriod {
  /** When they met it first. */
  since: Date;
  /** When they last ceased to; null: they meet it now. */
  until: Date | null;
  /** The last release with it, and that which was current at the moment asked for, if it is in that; null: none. */
  releaseId: number | null;
}

/** When readers met a version, and the release in which they did at a moment; without one, the last. */
export async function findVersionPeriod(
  db: Executor,
  { id, moduleSlug }: { id: number; moduleSlug: string },
  moment: Date | null,
): Promise<VersionPeriod> {
  const at = sql`${moment?.toISOString() ?? null}::timestamptz`;
  const [row] = await db.execute<{ since: string; until: string | null; releaseId: number | null }>(sql`
    with own as (
      select r.id, r.created_at from release_module m join release r on r.id = m.release_id
      where m.module_version_id = ${id}::int
    ), met as (
      select max(r.id) as id from release r where r.created_at <= ${at}
    )
    select
      coalesce((select min(created_at) from own), v.published_at) as since,
      case when v.id = (select module_version_id from current_version where module_slug = ${moduleSlug}) then null
        else coalesce(
          (select min(r.created_at) from release r where r.id > (select max(id) from own)),
          (select min(n.published_at) from module_version n
           where n.module_slug = ${moduleSlug} and n.version > v.version),
          v.published_at) end as until,
      coalesce((select own.id from own join met on met.id = own.id), (select max(id) from own)) as "releaseId"
    from module_version v where v.id = ${id}::int`);
  if (!row) throw new Error('the version exists');
  return {
    since: new Date(row.since),
    until: row.until === null ? null : new Date(row.until),
    releaseId: row.releaseId,
  };
}

/** A part of the grundkurs, in the version that belonged to one of the whole. */
export interface PartOfVersion {
  slug: string;
  title: string;
  version: number;
}

/**
 * The parts that a version of the grundkurs was made of, in order: those of a release with it; from before
 * there were releases, the latest of each that was published by then.
 */
export async function listPartsOfVersion(db: Executor, versionId: number): Promise<PartOfVersion[]> {
  const rows = await db.execute<PartOfVersion & Record<string, unknown>>(sql`
    with released as (
      select max(release_id) as id from release_module where module_version_id = ${versionId}::int
    )
    select m.slug, v.title, v.version
    from module m
    join module_version v on v.id = coalesce(
      (select r.module_version_id from release_module r join released on released.id = r.release_id
       where r.module_slug = m.slug),
      (select p.id from module_version p
       where (select id from released) is null and p.module_slug = m.slug
         and p.published_at <= (select published_at from module_version where id = ${versionId}::int)
       order by p.version desc limit 1))
    where m.kind = 'part' order by m.position`);
  return [...rows];
}
