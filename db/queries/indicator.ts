import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { managedUnitsOf } from './managed-units.ts';

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
  /** Those of them who have every required course. */
  completed: number;
  /** The same for people employed in the unit itself, not in a unit below. */
  directEmployed: number;
  directCompleted: number;
}

const swedish = new Intl.Collator('sv', { numeric: true });

/**
 * The indicator (design section 5) of the whole tree as it was on a day, `YYYY-MM-DD` in Stockholm:
 * one set-based query over facts, so the same day always gives the same answer. Parents come before
 * their children, siblings by name. No rows before the first unit; nobody has completed anything on a
 * day when no course is required.
 *
 * Each person is summed up the tree once per employment, and the few with several employments are
 * then taken off where they were counted more than once: distinct people without sorting all of them
 * at every level. The order is made here, because a server need not know Swedish.
 */
export async function queryIndicator(db: Executor, { asOf }: { asOf: string }): Promise<UnitFigures[]> {
  const rows = await db.execute<UnitFigures & Record<string, unknown>>(sql`
    with recursive
    tree (unit_id, parent_id, kind, name, depth, path, target) as (
      select p.unit_id, p.parent_id, p.kind, p.name, 0, array[p.unit_id], t.percent
      from unit_period p
      left join target t on t.unit_id = p.unit_id and t.year = extract(year from ${asOf}::date)::int
      where p.parent_id is null and p.valid @> ${asOf}::date
      union all
      select p.unit_id, p.parent_id, p.kind, p.name, above.depth + 1, above.path || p.unit_id,
             coalesce(t.percent, above.target)
      from tree above
      join unit_period p on p.parent_id = above.unit_id and p.valid @> ${asOf}::date
      left join target t on t.unit_id = p.unit_id and t.year = extract(year from ${asOf}::date)::int
    ),
    required as materialized (
      select module_slug, validity_months from requirement where valid @> ${asOf}::date
    ),
    done as (
      select c.person_id
      from required r
      join completion c on c.module_slug = r.module_slug and c.completed_on <= ${asOf}::date
        and (r.validity_months is null
             or c.completed_on + make_interval(months => r.validity_months) > ${asOf}::date)
      where not exists (select from completion_correction x where x.completion_id = c.id)
      group by c.person_id
      having count(distinct c.module_slug) = (select count(*) from required)
    ),
    employed as materialized (
      select e.unit_id, e.person_id, d.person_id is not null as completed,
             count(*) over (partition by e.person_id) as places
      from employment e
      left join done d on d.person_id = e.person_id
      where e.valid @> ${asOf}::date
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
    repeated as (
      select unit_id, sum(times - 1) as employed, sum(times - 1) filter (where completed) as completed
      from (
        select above.unit_id, e.person_id, e.completed, count(*) as times
        from employed e
        join tree t on t.unit_id = e.unit_id
        cross join unnest(t.path) as above (unit_id)
        where e.places > 1
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
    left join direct d on d.unit_id = t.unit_id`);
  return inTreeOrder([...rows]);
}

function inTreeOrder(rows: UnitFigures[]): UnitFigures[] {
  const below = new Map<string | null, UnitFigures[]>();
  for (const row of rows) below.set(row.parentCode, [...(below.get(row.parentCode) ?? []), row]);
  const walk = (parent: string | null): UnitFigures[] =>
    (below.get(parent) ?? [])
      .sort((a, b) => swedish.compare(a.name, b.name) || (a.code < b.code ? -1 : 1))
      .flatMap((row) => [row, ...walk(row.code)]);
  return walk(null);
}

/** The first year there is something to show: of the earliest completion that is required, or target; null before both. */
export async function findFirstIndicatorYear(db: Executor): Promise<number | null> {
  const [row] = await db.execute<{ year: number | null }>(sql`
    select least(
      (select extract(year from min(c.completed_on)) from completion c
       where c.module_slug in (select module_slug from requirement)),
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
