import { sql } from 'drizzle-orm';
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
}

const version = sql`v.id, v.module_slug as "moduleSlug", v.title, v.version,
  (v.published_at at time zone 'Europe/Stockholm')::date::text as "publishedOn"`;

/** The versions that are new requirements, the latest first. */
export async function listVersionRequirements(db: Executor): Promise<ListedVersionRequirement[]> {
  const rows = await db.execute<ListedVersionRequirement & Record<string, unknown>>(sql`
    select ${version}, q.older_count_until::text as "olderCountUntil", q.reason,
      (q.recorded_at at time zone 'Europe/Stockholm')::date::text as "recordedOn",
      case when p.is_protected then null else p.name end as by
    from version_requirement q join module_version v on v.id = q.module_version_id
    left join person p on p.id = q.recorded_by
    order by q.id desc`);
  return [...rows];
}

/** The versions of what can be required that are not new requirements, the latest of each course first. */
export async function listVersionsToRequire(db: Executor): Promise<CourseVersion[]> {
  const rows = await db.execute<CourseVersion & Record<string, unknown>>(sql`
    select ${version} from module_version v join module m on m.slug = v.module_slug
    where m.kind <> 'part'
      and not exists (select from version_requirement q where q.module_version_id = v.id)
    order by m.kind, m.position, m.slug, v.version desc`);
  return [...rows];
}

export async function insertVersionRequirement(
  tx: Transaction,
  row: {
    moduleVersionId: number;
    olderCountUntil: string;
    reason: string;
    recordedBy: string;
    recordedAt: Date;
  },
): Promise<void> {
  await tx.insert(versionRequirement).values(row);
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
