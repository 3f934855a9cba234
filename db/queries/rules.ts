import { eq, sql } from 'drizzle-orm';
import { shownName } from './shown-name.ts';
import type { Executor, Transaction } from '../client.ts';
import { requirement } from '../schema/rules.ts';
import { isInAudience, requirementCtes, type Rule } from './required.ts';

/** A required course as it is stored. Days are `YYYY-MM-DD`. */
export interface StoredRequirement extends Rule {
  id: number;
  /** Null: for all days before. */
  from: string | null;
  /** The first day that it no longer applies; null: it goes on. */
  until: string | null;
}

export interface ListedRequirement extends StoredRequirement {
  /** Of the latest version. */
  title: string;
  /** Null: the whole organisation. */
  unit: string | null;
  note: string | null;
  recordedOn: string;
  /** Null: the installation itself, or somebody with protected identity. */
  by: string | null;
}

/** Holds other changes to requirements off until the transaction ends. */
export async function lockRequirements(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund requirement'))`);
}

/** A text that changes whenever a requirement does, or a version becomes one or is one no longer. */
export async function readRulesVersion(db: Executor): Promise<string> {
  const [row] = await db.execute<{ version: string }>(sql`
    select md5(concat_ws(' ',
      (select string_agg(r::text, ';' order by r.id) from requirement r),
      (select string_agg(v::text, ';' order by v.id) from version_requirement v),
      (select string_agg(w::text, ';' order by w.version_requirement_id)
       from version_requirement_withdrawal w))) as version`);
  return row?.version ?? '';
}

/** Every requirement there has been: those that began last first. */
export async function listRequirements(db: Executor): Promise<ListedRequirement[]> {
  const rows = await db.execute<ListedRequirement & Record<string, unknown>>(sql`
    select r.id, r.module_slug as "moduleSlug", r.unit_id as "unitId", r.audience, r.titles,
      r.validity_months as "validityMonths", lower(r.valid)::text as "from", upper(r.valid)::text as "until",
      r.note, (r.recorded_at at time zone 'Europe/Stockholm')::date::text as "recordedOn",
      ${titleOf(sql`r.module_slug`)} as title,
      ${shownName('p')} as by,
      (select n.name from unit_period n where n.unit_id = r.unit_id order by n.valid desc limit 1) as unit
    from requirement r left join person p on p.id = r.recorded_by
    order by lower(r.valid) desc nulls last, r.id desc`);
  return [...rows];
}

export async function insertRequirement(
  tx: Transaction,
  row: Omit<StoredRequirement, 'id'> & { note: string | null; recordedBy: string; recordedAt: Date },
): Promise<void> {
  const { from, until, ...values } = row;
  await tx.insert(requirement).values({ ...values, valid: `[${from ?? ''},${until ?? ''})` });
}

/** Lets a requirement end: `until` is the first day without it. */
export async function endRequirement(tx: Transaction, id: number, until: string): Promise<void> {
  await tx
    .update(requirement)
    .set({ valid: sql`daterange(lower(${requirement.valid}), ${until}::date)` })
    .where(eq(requirement.id, id));
}

/** Takes a requirement away. */
export async function deleteRequirement(tx: Transaction, id: number): Promise<void> {
  await tx.delete(requirement).where(eq(requirement.id, id));
}

/** What can be required: the grundkurs and the fördjupningar, in the order of the courses. */
export async function listRequirable(db: Executor): Promise<{ slug: string; title: string }[]> {
  const rows = await db.execute<{ slug: string; title: string }>(sql`
    select m.slug, ${titleOf(sql`m.slug`)} as title from module m where m.kind <> 'part'
    order by m.kind, m.position, m.slug`);
  return [...rows];
}

/** The kinds of work (*befattningar*) of a day, in lower case, with how many people have each. */
export async function listTitles(db: Executor, day: string): Promise<{ title: string; people: number }[]> {
  const rows = await db.execute<{ title: string; people: number }>(sql`
    select lower(title collate "sv-x-icu") as title, count(distinct person_id)::int as people
    from employment where valid @> ${day}::date
    group by 1 order by lower(title collate "sv-x-icu") collate "sv-x-icu"`);
  return [...rows];
}

/** How many people of a unit, it and those below, a change of the rules for one course concerns. */
export interface Concerned {
  code: string;
  /** Of whom the course is required on other terms than before, or no longer, or for the first time. */
  changed: number;
  added: number;
  removed: number;
  /** Who have more to do than before: must have it, and have no completion that counts any more. */
  lacking: number;
}

/** Compares what two sets of rules ask of people on a day, for one course: per unit of those named. */
export async function compareRules(
  db: Executor,
  { day, before, after }: { day: string; before: readonly Rule[]; after: readonly Rule[] },
  unitCodes: readonly string[],
): Promise<Concerned[]> {
  const have = sql`select q.person_id, q.validity_months, s.person_id is not null as has
    from required_of q
    left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug`;
  const rows = await db.execute<Concerned & Record<string, unknown>>(sql`
    with recursive ${requirementCtes(day, { rules: after })},
    was as materialized (with recursive ${requirementCtes(day, { rules: before })} ${have}),
    becomes as materialized (${have}),
    changed as materialized (
      select coalesce(a.person_id, b.person_id) as person_id,
        b.person_id is null as is_added, a.person_id is null as is_removed,
        a.person_id is not null and not a.has and coalesce(b.has, true) as is_lacking
      from becomes a full join was b on b.person_id = a.person_id
      where a.person_id is null or b.person_id is null or a.validity_months is distinct from b.validity_months
    )
    select u.code, count(distinct c.person_id)::int as changed,
      (count(distinct c.person_id) filter (where c.is_added))::int as added,
      (count(distinct c.person_id) filter (where c.is_removed))::int as removed,
      (count(distinct c.person_id) filter (where c.is_lacking))::int as lacking
    from changed c
    join required_job j on j.person_id = c.person_id
    join required_place p on p.unit_id = j.unit_id
    join unit u on u.id = p.above_id
    where u.code in (select jsonb_array_elements_text(${JSON.stringify(unitCodes)}::jsonb))
    group by u.code`);
  return [...rows];
}

/** People in the audience of a rule, wherever they work, and those of them who have the course. */
export interface AudienceCount {
  code: string;
  /** The kind of work, where the rule is for kinds of work; else an empty text. */
  title: string;
  people: number;
  having: number;
  /** The same for those who work in the unit itself. */
  directPeople: number;
  directHaving: number;
}

/** Counts the audience of a rule on a day in every unit, as if the rule were for all units. */
export async function countAudience(db: Executor, day: string, rule: Rule): Promise<AudienceCount[]> {
  const isDirect = sql`p.above_id = g.unit_id`;
  const rows = await db.execute<AudienceCount & Record<string, unknown>>(sql`
    with recursive ${requirementCtes(day, { rules: [{ ...rule, unitId: null }] })},
    grouped as materialized (
      select j.person_id, j.unit_id, s.person_id is not null as has,
        case when r.audience = 'titles' then lower(j.title collate "sv-x-icu") else '' end as title
      from required_job j join rule r on ${isInAudience}
      left join standing s on s.person_id = j.person_id
    )
    select u.code, g.title, count(distinct g.person_id)::int as people,
      (count(distinct g.person_id) filter (where g.has))::int as having,
      (count(distinct g.person_id) filter (where ${isDirect}))::int as "directPeople",
      (count(distinct g.person_id) filter (where ${isDirect} and g.has))::int as "directHaving"
    from grouped g
    join required_place p on p.unit_id = g.unit_id
    join unit u on u.id = p.above_id
    group by u.code, g.title`);
  return [...rows];
}

/** The title of a module's latest version, or its slug before the first. */
function titleOf(slug: ReturnType<typeof sql>) {
  return sql`coalesce((select v.title from module_version v where v.module_slug = ${slug}
    order by v.version desc limit 1), ${slug})`;
}

/** The fixed years whose last day lies in a time: their stored figures stay as they are. */
export async function listFixedYearsWithin(
  db: Executor,
  from: string | null,
  until: string | null,
): Promise<number[]> {
  const rows = await db.execute<{ year: number }>(sql`
    select distinct year from fixed_year where as_of <@ daterange(${from}::date, ${until}::date) order by year`);
  return rows.map(({ year }) => year);
}
