import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { requirementCtes } from './required.ts';

export interface ValidCompletion {
  personId: string;
  slug: string;
  completedAt: Date;
  completedOn: string;
  /** Null: not known. */
  version: number | null;
}

/** The completions of people that have not been voided, oldest first. */
export async function listValidCompletions(
  db: Executor,
  personIds: readonly string[],
): Promise<ValidCompletion[]> {
  const rows = await db.execute<
    Omit<ValidCompletion, 'completedAt'> & { completedAt: string } & Record<string, unknown>
  >(sql`
    select c.person_id as "personId", c.module_slug as slug, c.completed_at as "completedAt",
      c.completed_on as "completedOn", v.version
    from completion c left join module_version v on v.id = c.module_version_id
    where c.person_id in (${idsOf(personIds)})
      and not exists (select from completion_correction x where x.completion_id = c.id)
    order by c.completed_at, c.id`);
  return rows.map((row) => ({ ...row, completedAt: new Date(row.completedAt) }));
}

/** What is required of people on a day, and for how many months a completion of it counts; null: for ever. */
export async function listValidityOf(
  db: Executor,
  personIds: readonly string[],
  day: string,
): Promise<{ personId: string; slug: string; validityMonths: number | null }[]> {
  const rows = await db.execute<{ personId: string; slug: string; validityMonths: number | null }>(sql`
    with recursive ${requirementCtes(day, { people: idsOf(personIds) })}
    select person_id as "personId", module_slug as slug, validity_months as "validityMonths" from required_of`);
  return [...rows];
}

/** A version that is a new requirement. */
export interface DemandedVersion {
  slug: string;
  version: number;
  publishedAt: Date;
  olderCountUntil: string;
  /** Of the grundkurs: the part through which it is one, and that part's version. */
  part: { slug: string; version: number } | null;
}

/** Every new requirement that is not withdrawn on a day, the oldest version of each module first. */
export async function listNewRequirements(db: Executor, day: string): Promise<DemandedVersion[]> {
  const rows = await db.execute<
    Omit<DemandedVersion, 'publishedAt'> & { publishedAt: string } & Record<string, unknown>
  >(sql`
    select module_slug as slug, version, published_at as "publishedAt",
      older_count_until::text as "olderCountUntil",
      case when part_slug is not null
        then jsonb_build_object('slug', part_slug, 'version', part_version) end as part
    from version_demand
    where withdrawn_on is null or withdrawn_on > ${day}::date
    order by module_slug, version, requirement_id`);
  return rows.map((row) => ({ ...row, publishedAt: new Date(row.publishedAt) }));
}

function idsOf(personIds: readonly string[]): SQL {
  return sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)`;
}
