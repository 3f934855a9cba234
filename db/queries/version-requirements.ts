import { sql, type SQL } from 'drizzle-orm';
import { shownName } from './shown-name.ts';
import type { Executor, Transaction } from '../client.ts';
import { versionRequirement } from '../schema/rules.ts';
import { requirementCtes } from './required.ts';

/** A published version of a course. */
export interface CourseVersion {
  id: number;
  moduleSlug: string;
  title: string;
  version: number;
  publishedOn: string;
}

/** A version that is a new requirement. */
export interface ListedVersionRequirement extends CourseVersion {
  /** The last day that older versions count. */
  olderCountUntil: string;
  reason: string;
  recordedOn: string;
  by: string | null;
  /** The first day that it asks nothing, because readers went back to an earlier version; null: it is in force. */
  withdrawnOn: string | null;
}

const version = sql`v.id, v.module_slug as "moduleSlug", v.title, v.version,
  (v.published_at at time zone 'Europe/Stockholm')::date::text as "publishedOn"`;

/** The versions that are new requirements, the latest first. */
export async function listVersionRequirements(db: Executor): Promise<ListedVersionRequirement[]> {
  const rows = await db.execute<ListedVersionRequirement & Record<string, unknown>>(sql`
    select ${version}, q.older_count_until::text as "olderCountUntil", q.reason,
      (q.recorded_at at time zone 'Europe/Stockholm')::date::text as "recordedOn",
      ${shownName('p')} as by, w.withdrawn_on::text as "withdrawnOn"
    from version_requirement q join module_version v on v.id = q.module_version_id
    left join version_requirement_withdrawal w on w.version_requirement_id = q.id
    left join person p on p.id = q.recorded_by
    order by q.id desc`);
  return [...rows];
}

/**
 * The versions of what can be required that have not been new requirements, the latest of each course
 * first; none later than what readers meet.
 */
export async function listVersionsToRequire(db: Executor): Promise<CourseVersion[]> {
  const rows = await db.execute<CourseVersion & Record<string, unknown>>(sql`
    select ${version} from module_version v join module m on m.slug = v.module_slug
    join current_version c on c.module_slug = v.module_slug
    join module_version met on met.id = c.module_version_id
    where m.kind <> 'part' and v.version <= met.version
      and not exists (select from version_requirement q where q.module_version_id = v.id)
    order by m.kind, m.position, m.slug, v.version desc`);
  return [...rows];
}

/**
 * Makes a version a new requirement, for the first time. For a part's version this is all: the grundkurs
 * follows from it (`version_demand`). Throws when the version has been one before.
 */
export async function insertVersionRequirement(
  tx: Transaction,
  row: {
    moduleVersionId: number;
    olderCountUntil: string;
    reason: string;
    recordedBy: string | null;
    recordedAt: Date;
  },
): Promise<void> {
  await tx.insert(versionRequirement).values(row);
}

/**
 * The CTE `line`: the versions that what readers meet has grown out of, itself first. Before a version
 * came the one that readers met until then; where no release tells, the one with the number before.
 */
const lineCte: SQL = sql`
  line (module_slug, version_id, version) as (
    select v.module_slug, v.id, v.version
    from current_version c join module_version v on v.id = c.module_version_id
    union
    select v.module_slug, v.id, v.version
    from line l
    join module_version v on v.module_slug = l.module_slug and v.id = coalesce(
      (select b.module_version_id from release_module b
       where b.module_slug = l.module_slug and b.release_id = (
         select max(r.id) from release r
         where r.id < (select min(f.release_id) from release_module f where f.module_version_id = l.version_id))),
      (select n.id from module_version n where n.module_slug = l.module_slug and n.version = l.version - 1))
  )`;

export interface RequirementsFollowing {
  /** The first day of the change. */
  day: string;
  reason: string;
  recordedBy: string | null;
  recordedAt: Date;
}

/** Withdraws the new requirements of versions that readers no longer meet, nor anything grown out of them. */
export async function withdrawLeftRequirements(
  tx: Transaction,
  change: RequirementsFollowing,
): Promise<void> {
  await tx.execute(sql`
    with recursive ${lineCte}
    insert into version_requirement_withdrawal
      (version_requirement_id, withdrawn_on, reason, recorded_by, recorded_at)
    select q.id, ${change.day}::date, ${change.reason}, ${change.recordedBy}::uuid, ${change.recordedAt.toISOString()}::timestamptz
    from version_requirement q
    where q.module_version_id not in (select version_id from line)
      and not exists (select from version_requirement_withdrawal w where w.version_requirement_id = q.id)`);
}

/**
 * Asks anew what was withdrawn, of versions that readers meet again, or something grown out of them. The
 * days without the requirement are added to the time that was left; no day that has passed is changed.
 */
export async function askRequirementsAnew(tx: Transaction, change: RequirementsFollowing): Promise<void> {
  await tx.execute(sql`
    with recursive ${lineCte}
    insert into version_requirement
      (module_version_id, older_count_until, reason, repeat, recorded_by, recorded_at)
    select q.module_version_id,
      greatest(q.older_count_until + (${change.day}::date - w.withdrawn_on), ${change.day}::date - 1),
      q.reason, q.repeat + 1, ${change.recordedBy}::uuid, ${change.recordedAt.toISOString()}::timestamptz
    from version_requirement q
    join version_requirement_withdrawal w on w.version_requirement_id = q.id
    where q.module_version_id in (select version_id from line)
      and not exists (select from version_requirement n
        where n.module_version_id = q.module_version_id and n.repeat > q.repeat)`);
}

/** Of whom a course is required on a day in each of some units, and who has it. */
export async function countStanding(
  db: Executor,
  { day, moduleSlug }: { day: string; moduleSlug: string },
  unitCodes: readonly string[],
): Promise<{ code: string; required: number; having: number }[]> {
  const rows = await db.execute<{ code: string; required: number; having: number }>(sql`
    with recursive ${requirementCtes(day)}
    select u.code, count(distinct q.person_id)::int as required,
      (count(distinct q.person_id) filter (where s.person_id is not null))::int as having
    from required_of q
    join required_job j on j.person_id = q.person_id
    join required_place p on p.unit_id = j.unit_id
    join unit u on u.id = p.above_id
    left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
    where q.module_slug = ${moduleSlug}
      and u.code in (select jsonb_array_elements_text(${JSON.stringify(unitCodes)}::jsonb))
    group by u.code`);
  return [...rows];
}
