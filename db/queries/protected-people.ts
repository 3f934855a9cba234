import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { employedIn } from './manager.ts';
import { requirementCtes } from './required.ts';

/** How many people with protected identity a unit and those below had, and how many of them had completed. */
export interface ProtectedCounts {
  people: number;
  completed: number;
}

/** Counts people with protected identity in a unit and below, on each of some days; a day without any is left out. */
export async function countProtectedPeople(
  db: Executor,
  unitId: number,
  days: readonly string[],
): Promise<Map<string, ProtectedCounts>> {
  const counts = new Map<string, ProtectedCounts>();
  for (const day of await listDaysWithAny(db, unitId, days)) {
    const [row] = await db.execute<ProtectedCounts & Record<string, unknown>>(sql`
      with recursive ${employedIn(unitId, day)}, secret as (
        select e.person_id from employed e join person p on p.id = e.person_id and p.is_protected
      ), ${requirementCtes(day, { people: sql`select person_id from secret` })}, judged as (
        select c.person_id, coalesce(bool_and(s.completed_on is not null)
          filter (where q.module_slug is not null), false) as has_all
        from secret c
        left join required_of q on q.person_id = c.person_id
        left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
        group by c.person_id
      )
      select count(*)::int as people, (count(*) filter (where has_all))::int as completed from judged`);
    if (row && row.people > 0) counts.set(day, { people: row.people, completed: row.completed });
  }
  return counts;
}

/** The days on which somebody with protected identity is employed in the unit or below. */
async function listDaysWithAny(db: Executor, unitId: number, days: readonly string[]): Promise<string[]> {
  const rows = await db.execute<{ day: string }>(sql`
    with recursive day as (
      select value::date as day from jsonb_array_elements_text(${JSON.stringify(days)}::jsonb)
    ), below as (
      select day, ${unitId}::int as unit_id from day
      union
      select b.day, p.unit_id from below b join unit_period p on p.parent_id = b.unit_id and p.valid @> b.day
    )
    select distinct b.day::text as day
    from person p join employment e on e.person_id = p.id
    join below b on b.unit_id = e.unit_id and e.valid @> b.day
    where p.is_protected`);
  return rows.map(({ day }) => day);
}
