import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/** A version of a module that is, or has been, a new requirement. */
export interface RequiredVersion {
  slug: string;
  version: number;
  /** The last day that older ones count. */
  olderCountUntil: string;
}

/** The new requirements of a day, by module and version; those of the grundkurs itself are not among them. */
export async function listRequiredVersions(db: Executor, day: string): Promise<RequiredVersion[]> {
  const rows = await db.execute<RequiredVersion & Record<string, unknown>>(sql`
    select d.module_slug as slug, d.version, d.older_count_until::text as "olderCountUntil"
    from version_demand d join module m on m.slug = d.module_slug and m.kind <> 'course'
    where d.withdrawn_on is null or d.withdrawn_on > ${day}::date
    order by m.kind, m.position, m.slug, d.version`);
  return [...rows];
}

/** Whether a version of a module after one and up to another is a new requirement, or has been. */
export async function hasRequiredBetween(
  db: Executor,
  moduleSlug: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<boolean> {
  const [row] = await db.execute<{ has: boolean }>(sql`
    select exists (
      select from version_requirement q join module_version v on v.id = q.module_version_id
      where v.module_slug = ${moduleSlug} and v.version > ${after}::int and v.version <= ${upTo}::int) as has`);
  return row?.has ?? false;
}

/**
 * The latest version of a module, older than another, that a person has completed: by itself, or a part
 * with the whole grundkurs. Null: none that is known.
 */
export async function findVersionCompletedBefore(
  db: Executor,
  personId: string,
  { slug, version }: { slug: string; version: number },
): Promise<number | null> {
  const [row] = await db.execute<{ version: number | null }>(sql`
    select max(v.version) as version
    from completion c
    join module_version v on v.module_slug = ${slug} and v.version < ${version}::int and (
      v.id = c.module_version_id or v.id = (
        select p.module_version_id
        from release_module r
        join release_module p on p.release_id = r.release_id and p.module_slug = ${slug}
        join module m on m.slug = ${slug} and m.kind = 'part'
        where r.module_version_id = c.module_version_id and c.module_slug <> ${slug}
        order by r.release_id limit 1))
    where c.person_id = ${personId}::uuid
      and not exists (select from completion_correction x where x.completion_id = c.id)`);
  return row?.version ?? null;
}
