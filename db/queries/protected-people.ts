import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { requirementCtes } from './required.ts';

/** How many people with protected identity a unit and those below had, and how many of them had completed. */
export interface ProtectedCounts {
  people: number;
  completed: number;
}

/**
 * Counts people with protected identity in a unit and below, on each of some days. Days on which there is
 * nobody are left out.
 */
export async function countProtected(
  db: Executor,
  { unitId, days }: { unitId: number; days: readonly string[] },
): Promise<Map<string, ProtectedCounts>> {
  const counts = new Map<string, ProtectedCounts>();
  for (const [day, people] of await listProtected(db, unitId, days)) {
    const [row] = await db.execute<{ completed: number }>(sql`
      with recursive ${requirementCtes(day, { people: sql`select unnest(${`{${people.join(',')}}`}::uuid[])` })}
      select count(*)::int as completed from (
        select q.person_id from required_of q
        left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
        group by q.person_id having bool_and(s.completed_on is not null)) one`);
    counts.set(day, { people: people.length, completed: row?.completed ?? 0 });
  }
  return counts;
}

/** The people with protected identity of each day, among all who have ever been employed there. */
async function listProtected(
  db: Executor,
  unitId: number,
  days: readonly string[],
): Promise<[day: string, people: string[]][]> {
  const rows = await db.execute<{ day: string; people: string[] }>(sql`
    with recursive below (day, unit_id) as (
      select value::date, ${unitId}::int from jsonb_array_elements_text(${JSON.stringify(days)}::jsonb)
      union
      select b.day, p.unit_id from below b join unit_period p on p.parent_id = b.unit_id and p.valid @> b.day
    ), job as materialized (
      select e.person_id, e.unit_id, e.valid from employment e
      where e.unit_id = any (array(select distinct unit_id from below))
        and e.person_id in (select id from person where is_protected)
    )
    select b.day::text as day, array_agg(distinct j.person_id::text) as people
    from job j join below b on b.unit_id = j.unit_id and (j.valid @> b.day) is true
    group by b.day order by b.day`);
  return rows.map(({ day, people }) => [day, people]);
}

/** The same of several units on one day, by the unit's code; each counts those below it. Units without anyone are left out. */
export async function countProtectedByUnit(
  db: Executor,
  { unitCodes, day }: { unitCodes: readonly string[]; day: string },
): Promise<Map<string, ProtectedCounts>> {
  const rows = await db.execute<ProtectedCounts & { code: string } & Record<string, unknown>>(sql`
    with recursive below (code, unit_id) as (
      select u.code, u.id from unit u
      where u.code in (select jsonb_array_elements_text(${JSON.stringify(unitCodes)}::jsonb))
      union
      select b.code, p.unit_id from below b join unit_period p on p.parent_id = b.unit_id and p.valid @> ${day}::date
    ), hidden as materialized (
      select distinct b.code, e.person_id
      from below b join employment e on e.unit_id = b.unit_id and (e.valid @> ${day}::date) is true
      where e.person_id in (select id from person where is_protected)
    ), ${requirementCtes(day, { people: sql`select person_id from hidden` })},
    done as (
      select q.person_id from required_of q
      left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
      group by q.person_id having bool_and(s.completed_on is not null)
    )
    select h.code, count(*)::int as people, count(d.person_id)::int as completed
    from hidden h left join done d on d.person_id = h.person_id
    group by h.code`);
  return new Map(rows.map(({ code, people, completed }) => [code, { people, completed }]));
}
