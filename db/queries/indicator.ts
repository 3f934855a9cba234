import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { managedUnitsOf } from './managed-units.ts';
import { listRules, outdatedCte, requirementCtes, type Rule } from './required.ts';

/** The figures of one unit at a date, before anything is hidden. */
export interface UnitFigures {
  code: string;
  name: string;
  kind: 'municipality' | 'department' | 'division' | 'team';
  parentCode: string | null;
  /** 0 for the municipality. */
  depth: number;
  /** Target of the year in per cent: the unit's own, else that of the nearest unit above, else null. */
  target: number | null;
  /** Distinct people employed in the unit or below. */
  employed: number;
  /** Those of them who have every course required of them; who need none is not among them. */
  completed: number;
  /** The same for people employed in the unit itself, not in a unit below. */
  directEmployed: number;
  directCompleted: number;
}

export interface IndicatorQuestion {
  /** `YYYY-MM-DD` in Stockholm. */
  asOf: string;
  /** Only this unit and those below it: the same rows as among the whole, at the price of its size. */
  unitCode?: string | undefined;
  /** Only the topmost units, each with all that is below it. */
  topOnly?: boolean | undefined;
  /** What would be required instead of what is, for a preview. */
  rules?: readonly Rule[] | undefined;
}

const swedish = new Intl.Collator('sv', { numeric: true });

/**
 * The indicator (design section 5) of the tree as it was on a day: set-based over facts, so the same day
 * always gives the same answer. Parents come before their children, siblings by name. No rows before the
 * first unit, or for a unit that is not in the tree of that day; nobody has completed anything on a day
 * when nothing is required of her.
 *
 * Each person is summed up the tree once per employment, and the few with several employments are
 * then taken off where they were counted more than once: distinct people without sorting all of them
 * at every level. The order is made here, because a server need not know Swedish.
 */
export async function queryIndicator(
  db: Executor,
  { asOf, unitCode, topOnly, rules }: IndicatorQuestion,
): Promise<UnitFigures[]> {
  const { common, special } = sortRules(rules ?? (await listRules(db, asOf)));
  const isBranch = unitCode !== undefined;
  const rows = await db.execute<UnitFigures & Record<string, unknown>>(sql`
    with recursive
    ${treeCtes(asOf, unitCode)},
    job as ${sql.raw(isBranch ? 'materialized' : 'not materialized')} (
      select e.unit_id, e.person_id from employment e
      -- "is true" keeps off the index on person, unit and days, which is of no use for a unit.
      where (e.valid @> ${asOf}::date) is true
        ${isBranch ? sql`and e.unit_id = any (array(select unit_id from tree))` : sql``}
    ),
    ${special.length > 0 ? askedCtes(asOf, special, isBranch) : outdatedCte(asOf)},
    done (person_id) as (${common.length > 0 ? listDone(asOf, common, isBranch) : sql`select null::uuid where false`}),
    employed as materialized (
      select j.unit_id, j.person_id, ${isCompleted(common, special)} as completed
      from job j
      left join done d on d.person_id = j.person_id
      ${special.length > 0 ? sql`left join asked a on a.person_id = j.person_id` : sql``}
    ),
    direct as (
      select unit_id, count(*) as employed, count(*) filter (where completed) as completed
      from employed group by unit_id
    ),
    summed as (
      select above.unit_id, sum(d.employed) as employed, sum(d.completed) as completed
      from direct d
      join tree t on t.unit_id = d.unit_id
      cross join unnest(t.path) as above (unit_id)
      group by above.unit_id
    ),
    several as materialized (
      select person_id from employed group by person_id having count(*) > 1
    ),
    repeated as (
      select unit_id, sum(times - 1) as employed, sum(times - 1) filter (where completed) as completed
      from (
        select above.unit_id, e.person_id, e.completed, count(*) as times
        from several
        join employed e on e.person_id = several.person_id
        join tree t on t.unit_id = e.unit_id
        cross join unnest(t.path) as above (unit_id)
        group by above.unit_id, e.person_id, e.completed
      ) person_in_unit
      group by unit_id
    )
    select u.code, t.name, t.kind, parent.code as "parentCode", t.depth, t.target::float8 as target,
           (coalesce(s.employed, 0) - coalesce(r.employed, 0))::int as employed,
           (coalesce(s.completed, 0) - coalesce(r.completed, 0))::int as completed,
           coalesce(d.employed, 0)::int as "directEmployed",
           coalesce(d.completed, 0)::int as "directCompleted"
    from tree t
    join unit u on u.id = t.unit_id
    left join unit parent on parent.id = t.parent_id
    left join summed s on s.unit_id = t.unit_id
    left join repeated r on r.unit_id = t.unit_id
    left join direct d on d.unit_id = t.unit_id
    ${topOnly ? sql`where t.parent_id is null` : sql``}`);
  return inTreeOrder(rows);
}

/** A rule that asks everyone for a course, with the shortest validity of those that do. */
type CommonRule = Pick<Rule, 'moduleSlug' | 'validityMonths'>;

/** What everyone must have, and the rules that ask some people for more or for fresher completions than that. */
function sortRules(rules: readonly Rule[]): { common: CommonRule[]; special: Rule[] } {
  const isCommon = ({ unitId, audience }: Rule) => unitId === null && audience === 'all';
  const shortest = new Map<string, number | null>();
  for (const rule of rules.filter(isCommon)) {
    const known = shortest.get(rule.moduleSlug) ?? null;
    const months = rule.validityMonths;
    shortest.set(
      rule.moduleSlug,
      known === null || months === null ? (months ?? known) : Math.min(known, months),
    );
  }
  const isStricter = ({ moduleSlug, validityMonths }: Rule) => {
    const months = shortest.get(moduleSlug);
    if (months === undefined) return true;
    return validityMonths !== null && (months === null || validityMonths < months);
  };
  return {
    common: [...shortest].map(([moduleSlug, validityMonths]) => ({ moduleSlug, validityMonths })),
    special: rules.filter((rule) => !isCommon(rule) && isStricter(rule)),
  };
}

/** The CTE `tree`: the units of the day with their path from the topmost one here, the whole or a branch. */
function treeCtes(asOf: string, unitCode: string | undefined): SQL {
  const ofYear = (unitId: SQL) =>
    sql`t.unit_id = ${unitId} and t.year = extract(year from ${asOf}::date)::int`;
  const below = sql`
      union all
      select p.unit_id, p.parent_id, p.kind, p.name, above.depth + 1, above.path || p.unit_id,
             coalesce(t.percent, above.target)
      from tree above
      join unit_period p on p.parent_id = above.unit_id and p.valid @> ${asOf}::date
      left join target t on ${ofYear(sql`p.unit_id`)}
    )`;
  if (unitCode === undefined)
    return sql`
    tree (unit_id, parent_id, kind, name, depth, path, target) as (
      select p.unit_id, p.parent_id, p.kind, p.name, 0, array[p.unit_id], t.percent
      from unit_period p
      left join target t on ${ofYear(sql`p.unit_id`)}
      where p.parent_id is null and p.valid @> ${asOf}::date
      ${below}`;
  return sql`
    up (unit_id, parent_id, kind, name, steps) as (
      select p.unit_id, p.parent_id, p.kind, p.name, 0
      from unit u join unit_period p on p.unit_id = u.id and p.valid @> ${asOf}::date
      where u.code = ${unitCode}
      union all
      select p.unit_id, p.parent_id, p.kind, p.name, up.steps + 1
      from up join unit_period p on p.unit_id = up.parent_id and p.valid @> ${asOf}::date
    ) cycle unit_id set is_loop using way,
    tree (unit_id, parent_id, kind, name, depth, path, target) as (
      select up.unit_id, up.parent_id, up.kind, up.name, top.steps, array[up.unit_id],
             (select t.percent from up as above join target t on ${ofYear(sql`above.unit_id`)}
              order by above.steps limit 1)
      from up join up as top on top.parent_id is null
      where up.steps = 0
      ${below}`;
}

/** Who has each of the courses that everyone must have. In a branch only of those who work there. */
function listDone(asOf: string, common: readonly CommonRule[], isBranch: boolean): SQL {
  const counts = common.map(({ moduleSlug, validityMonths: months }) => {
    const isFresh = sql`c.completed_on + make_interval(months => ${months}) > ${asOf}::date`;
    return sql`c.module_slug = ${moduleSlug} ${months === null ? sql`` : sql`and ${isFresh}`}`;
  });
  const found = sql`
      from completion c
      ${isBranch ? sql`join (select distinct person_id from job) j on j.person_id = c.person_id` : sql``}
      where c.completed_on <= ${asOf}::date and (${sql.join(counts, sql` or `)})
        and not exists (select from completion_correction x where x.completion_id = c.id)
        and (c.module_slug, coalesce(c.module_version_id, 0)) not in (
          select module_slug, version_id from outdated where expires_on <= ${asOf}::date)`;
  // Most often there is one course: then nothing has to be counted.
  if (common.length === 1) return sql`select distinct c.person_id ${found}`;
  return sql`
    select person_id from (select distinct c.person_id, c.module_slug ${found}) one
    group by person_id
    having count(*) = ${common.length}`;
}

/** The CTE `asked`: of whom more is required than of everyone, and whether she has all of that. */
function askedCtes(asOf: string, special: readonly Rule[], isBranch: boolean): SQL {
  // What a person must have comes from all her employments, outside the branch too.
  const people = isBranch ? sql`select person_id from job` : undefined;
  return sql`
    ${requirementCtes(asOf, { rules: special, people })},
    asked as (
      select q.person_id, bool_and(s.person_id is not null) as has_all
      from required_of q
      left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
      group by q.person_id
    )`;
}

function isCompleted(common: readonly CommonRule[], special: readonly Rule[]): SQL {
  const hasSpecial = (unasked: boolean) =>
    special.length > 0 ? sql`coalesce(a.has_all, ${sql.raw(String(unasked))})` : sql.raw(String(unasked));
  return common.length > 0 ? sql`(d.person_id is not null and ${hasSpecial(true)})` : hasSpecial(false);
}

function inTreeOrder(rows: readonly UnitFigures[]): UnitFigures[] {
  const codes = new Set(rows.map(({ code }) => code));
  // What a branch begins with has a parent outside it.
  const siblings = Map.groupBy(rows, ({ parentCode }) =>
    parentCode !== null && codes.has(parentCode) ? parentCode : null,
  );
  const walk = (parent: string | null): UnitFigures[] =>
    (siblings.get(parent) ?? [])
      .sort((a, b) => swedish.compare(a.name, b.name) || (a.code < b.code ? -1 : 1))
      .flatMap((row) => [row, ...walk(row.code)]);
  return walk(null);
}

/** The first year there is something to show: of the earliest completion that is required, or target; null before both. */
export async function findFirstIndicatorYear(db: Executor): Promise<number | null> {
  const [row] = await db.execute<{ year: number | null }>(sql`
    select least(
      (select extract(year from min(first.completed_on))
       from (select distinct module_slug from requirement) r
       cross join lateral (
         select c.completed_on from completion c where c.module_slug = r.module_slug
         order by c.completed_on limit 1) first),
      (select min(year) from target)
    )::int as year`);
  return row?.year ?? null;
}

/** Codes of the units that a person manages on a day, herself or as deputy. Units below them are not in the list. */
export async function listManagedUnitCodes(db: Executor, personId: string, day: string): Promise<string[]> {
  const rows = await db.execute<{ code: string }>(sql`
    select distinct u.code
    from (${managedUnitsOf(personId, day)}) m join unit u on u.id = m.unit_id`);
  return rows.map(({ code }) => code);
}
