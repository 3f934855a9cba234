import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { employedIn, listUnitsBelow, newcomersSince } from './employed.ts';
import { requirementCtes } from './required.ts';

/** How many people of a group, how many of them have completed, and the same without protected identity. */
export interface GroupCounts {
  people: number;
  completed: number;
  protectedPeople: number;
  namedCompleted: number;
}

/** Somebody is new during so many days, the first included. */
const NEW_DAYS = 90;

/**
 * New employees of a unit and below on a day. New is the present unbroken employment, whatever units it has
 * been in: a person who moves is not new.
 * - `present`: those in their first 90 days; completed: everything that is required of them.
 * - `pastYear`: those who began in the last twelve months and whose 90 days have passed; completed: had,
 *   on their ninetieth day, what is required of them today.
 */
export async function countNewcomers(
  db: Executor,
  { unitId, day }: { unitId: number; day: string },
): Promise<{ present: GroupCounts; pastYear: GroupCounts }> {
  const unitIds = await listUnitsBelow(db, unitId, day);
  const rows = await db.execute<GroupCounts & { isPresent: boolean } & Record<string, unknown>>(sql`
    with recursive ${employedIn(unitIds, day)},
    ${newcomersSince(sql`(${day}::date - interval '12 months')::date`, day)},
    ${requirementCtes(day, { people: sql`select person_id from newcomer` })},
    one as (
      select n.person_id, p.is_protected, n.began_on > ${day}::date - ${NEW_DAYS}::int as is_present,
        n.began_on + ${NEW_DAYS}::int - 1 as last_on
      from newcomer n join person p on p.id = n.person_id
    ), judged as (
      select o.person_id, o.is_protected, o.is_present, coalesce(bool_and(case
        when o.is_present then s.completed_on is not null
        else exists (
          select from completion c
          where c.person_id = o.person_id and c.module_slug = q.module_slug and c.completed_on <= o.last_on
            and (q.validity_months is null
              or c.completed_on + make_interval(months => q.validity_months) > o.last_on)
            and not exists (select from completion_correction x where x.completion_id = c.id))
        end) filter (where q.module_slug is not null), false) as has_all
      from one o
      left join required_of q on q.person_id = o.person_id
      left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
      group by o.person_id, o.is_protected, o.is_present
    )
    select is_present as "isPresent", count(*)::int as people,
      (count(*) filter (where has_all))::int as completed,
      (count(*) filter (where is_protected))::int as "protectedPeople",
      (count(*) filter (where has_all and not is_protected))::int as "namedCompleted"
    from judged group by is_present`);
  const groupOf = (isPresent: boolean): GroupCounts => {
    const { people, completed, protectedPeople, namedCompleted } = rows.find(
      (row) => row.isPresent === isPresent,
    ) ?? { people: 0, completed: 0, protectedPeople: 0, namedCompleted: 0 };
    return { people, completed, protectedPeople, namedCompleted };
  };
  return { present: groupOf(true), pastYear: groupOf(false) };
}
