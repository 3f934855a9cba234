import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/** The unit and all below it in the tree of the day. */
export async function listUnitsBelow(db: Executor, unitId: number, day: string): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    with recursive below as (
      select ${unitId}::int as id
      union
      select p.unit_id from below b join unit_period p on p.parent_id = b.id and p.valid @> ${day}::date
    ) select id from below`);
  return rows.map(({ id }) => id);
}

/**
 * CTE `employed`: everyone employed in some units on the day, once. The units are values, not a subquery,
 * so that the server knows how many people to expect and looks only at them.
 */
export function employedIn(unitIds: readonly number[], day: string): SQL {
  return sql`
    employed as materialized (
      select distinct e.person_id from employment e
      where e.unit_id = any (${intArray(unitIds)}) and (e.valid @> ${day}::date) is true
    )`;
}

/** An array as one parameter. */
export function intArray(values: readonly number[]): SQL {
  return sql`${`{${values.join(',')}}`}::int[]`;
}

/**
 * CTE `newcomer (person_id, began_on)`: those of `employed` whose present unbroken employment, whatever
 * units it has been in, began after a day.
 */
export function newcomersSince(since: SQL, day: string): SQL {
  return sql`
    newcomer as materialized (
      select e.person_id, span.began_on
      from employed e
      cross join lateral (
        select lower(one) as began_on
        from (select range_agg(x.valid) as spans from employment x where x.person_id = e.person_id) s,
          unnest(s.spans) as one
        where one @> ${day}::date
      ) span
      -- Whoever has an employment that began before need not be looked at more closely.
      where not exists (select from employment x where x.person_id = e.person_id and x.valid @> ${day}::date
          and lower(x.valid) <= ${since})
        and span.began_on > ${since}
    )`;
}
