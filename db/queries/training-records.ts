import { asc, eq, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { versionRequirement } from '../schema/rules.ts';
import { moduleVersion } from '../schema/training.ts';
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

/** Every version that became a new requirement. */
export async function listNewRequirements(db: Executor) {
  return db
    .select({
      slug: moduleVersion.moduleSlug,
      version: moduleVersion.version,
      publishedAt: moduleVersion.publishedAt,
      olderCountUntil: versionRequirement.olderCountUntil,
    })
    .from(versionRequirement)
    .innerJoin(moduleVersion, eq(moduleVersion.id, versionRequirement.moduleVersionId))
    .orderBy(asc(moduleVersion.moduleSlug), asc(moduleVersion.version));
}

function idsOf(personIds: readonly string[]): SQL {
  return sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)`;
}
