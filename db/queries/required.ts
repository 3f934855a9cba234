import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/** A required course: of whom, and how long a completion of it counts. As in the table `requirement`. */
export interface Rule {
  moduleSlug: string;
  /** Null: everyone, wherever they work. */
  unitId: number | null;
  audience: 'all' | 'managers' | 'titles';
  /** The kinds of work when the audience is `titles`; upper and lower case are the same. */
  titles: string[] | null;
  /** Null: for ever. */
  validityMonths: number | null;
}

/**
 * What is required of people on a day, and what they have of it, as CTEs to stand after `with recursive`:
 * - `required_of (person_id, module_slug, validity_months)`: what each person employed on the day must
 *   have; of several rules for the same course the shortest validity.
 * - `standing (person_id, module_slug, completed_on, expires_on)`: the completion of it that counts on the
 *   day, the one that lasts longest; `expires_on` is the first day it no longer counts, null: for ever.
 *   Nothing for a course of which no completion counts.
 *
 * `rules`: instead of those in the table, for a preview. `people`: a subquery of person ids, when only
 * few are looked at. An employment in a unit that hangs loose from the tree of the day requires nothing,
 * since it is counted nowhere.
 */
export function requirementCtes(
  day: string,
  { rules, people }: { rules?: readonly Rule[] | undefined; people?: SQL | undefined } = {},
): SQL {
  return sql`
    ${ruleCte(day, rules)},
    required_job as materialized (
      select e.person_id, e.unit_id, e.is_manager, e.title from employment e
      -- "is true": searched for the days too, the index on person, unit and days is slower than for the person alone.
      where (e.valid @> ${day}::date) is true ${people ? sql`and e.person_id in (${people})` : sql``}
    ),
    -- The units above each, itself first; null stands above the topmost, for the whole organisation.
    required_above (unit_id, above_id) as (
      select unit_id, unit_id from required_job
      union
      select a.unit_id, p.parent_id
      from required_above a
      ${people ? aboveFew(day) : sql`join unit_period p on p.unit_id = a.above_id and p.valid @> ${day}::date`}
    ),
    required_place as materialized (
      select a.unit_id, a.above_id from required_above a
      where a.unit_id in (select unit_id from required_above where above_id is null)
    ),
    required_of as materialized (
      select j.person_id, r.module_slug, min(r.validity_months) as validity_months
      from rule r
      join required_place p on p.above_id is not distinct from r.unit_id
      join required_job j on j.unit_id = p.unit_id and ${isInAudience}
      ${people ? MORE_THAN_IT_SEEMS : sql``}
      group by j.person_id, r.module_slug
    ),
    ${outdatedCte(day)},
    standing as materialized (
      select distinct on (person_id, module_slug) person_id, module_slug, completed_on, expires_on
      from (
        select c.person_id, c.module_slug, c.completed_on, least(
          (c.completed_on + make_interval(months => q.validity_months))::date, o.expires_on) as expires_on
        from required_of q
        join completion c on c.person_id = q.person_id and c.module_slug = q.module_slug
          and c.completed_on <= ${day}::date
        left join outdated o on ${isOutdatedVersion}
        where not exists (select from completion_correction x where x.completion_id = c.id)
      ) one
      where expires_on is null or expires_on > ${day}::date
      order by person_id, module_slug, expires_on desc nulls first, completed_on desc
    )`;
}

/** The units above those of few people, each looked up: the planner would read the whole tree for them. */
function aboveFew(day: string): SQL {
  return sql`cross join lateral (
        select parent_id from unit_period where unit_id = a.above_id and valid @> ${day}::date offset 0
      ) p`;
}

/**
 * One row that the planner takes for a thousand. It believes that hardly anyone is looked at, and would
 * join what is required with what is there by going through all of it for each person.
 */
const MORE_THAN_IT_SEEMS = sql`cross join generate_series(1, (select 1))`;

/** The rules of a day. */
export async function listRules(db: Executor, day: string): Promise<Rule[]> {
  const rows = await db.execute<Rule & Record<string, unknown>>(sql`
    select module_slug as "moduleSlug", unit_id as "unitId", audience, titles, validity_months as "validityMonths"
    from requirement where valid @> ${day}::date order by id`);
  return [...rows];
}

/** The CTE `rule`: the rules of the day, or those given. */
function ruleCte(day: string, rules?: readonly Rule[]): SQL {
  const given = rules
    ? sql`select "moduleSlug", "unitId", audience, titles, "validityMonths"
          from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r ("moduleSlug" text, "unitId" int,
            audience requirement_audience, titles text[], "validityMonths" int)`
    : sql`select module_slug, unit_id, audience, titles, validity_months
          from requirement where valid @> ${day}::date`;
  return sql`
    rule (module_slug, unit_id, audience, titles, validity_months) as materialized (
      select module_slug, unit_id, audience,
        (select array_agg(lower(title collate "sv-x-icu")) from unnest(titles) as t (title)), validity_months
      from (${given}) r (module_slug, unit_id, audience, titles, validity_months)
    )`;
}

/**
 * Whether employment `j` belongs to the audience of rule `r`. The collation knows å, ä and ö on any server.
 * As a choice and not as alternatives, because the planner takes those for rare and plans for one row.
 */
export const isInAudience: SQL = sql`case r.audience
  when 'all' then true
  when 'managers' then j.is_manager
  else lower(j.title collate "sv-x-icu") = any (r.titles) end`;

/**
 * The CTE `outdated`: the versions that a *new requirement* has overtaken, 0 for the unknown one, with
 * the first day on which they no longer count. A requirement withdrawn by then asks nothing.
 */
export function outdatedCte(day: string): SQL {
  return sql`
  outdated as materialized (
    select q.module_slug, old.version_id, min(q.older_count_until) + 1 as expires_on
    from version_demand q
    cross join lateral (
      select o.id as version_id from module_version o
      where o.module_slug = q.module_slug and o.version < q.version
      union all select 0
    ) old
    where q.withdrawn_on is null or q.withdrawn_on > ${day}::date
    group by q.module_slug, old.version_id
  )`;
}

/** Whether row `o` of `outdated` is about the version of completion `c`. */
export const isOutdatedVersion: SQL = sql`o.module_slug = c.module_slug
  and o.version_id = coalesce(c.module_version_id, 0)`;
