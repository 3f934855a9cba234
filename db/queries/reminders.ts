import { sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { employedIn, intArray, listUnitsBelow } from './employed.ts';
import { requirementCtes } from './required.ts';

/** A named person who lacks something that is required. Days are `YYYY-MM-DD`. */
export interface ReminderCandidate {
  personId: string;
  name: string;
  jobs: { title: string; unit: string }[];
  /** Slugs of the courses she lacks. */
  lacking: string[];
  /** Those of them from which she is not excused. */
  open: string[];
  /** The last day she is excused, when nothing is open; else null. */
  waivedUntil: string | null;
  /** The day of the last reminder, when it is too recent for another; else null. */
  remindedOn: string | null;
  hasAddress: boolean;
}

export interface ReminderQuery {
  unitId: number;
  day: string;
  /** A reminder on this day or after it is too recent for another. */
  recentFrom: string;
  /** At most so many people are read. */
  limit: number;
}

/** The key of a person's reminder of a day: there is one at most. */
export function reminderKey(personId: string, day: string): string {
  return `reminder ${personId} ${day}`;
}

/**
 * The named people of a unit and below who lack a required course, in order of name; people with
 * protected identity are not among them. A reminder counts also when it failed, since it can be tried
 * again, but not when it was cancelled.
 */
export async function listReminderCandidates(
  db: Executor,
  { unitId, day, recentFrom, limit }: ReminderQuery,
): Promise<ReminderCandidate[]> {
  const unitIds = await listUnitsBelow(db, unitId, day);
  const rows = await db.execute<ReminderCandidate & Record<string, unknown>>(sql`
    with recursive ${employedIn(unitIds, day)},
    ${requirementCtes(day, { people: sql`select person_id from employed` })},
    missing as (
      select q.person_id, q.module_slug, (
        select max(upper(w.valid) - 1) from waiver w where w.person_id = q.person_id
          and w.module_slug = q.module_slug and w.valid @> ${day}::date) as waived_until
      from required_of q
      where not exists (select from standing s where s.person_id = q.person_id and s.module_slug = q.module_slug)
    ), candidate as (
      select m.person_id, p.name, coalesce(p.email, '') <> '' as has_address,
        array_agg(m.module_slug order by m.module_slug) as lacking,
        coalesce(array_agg(m.module_slug order by m.module_slug)
          filter (where m.waived_until is null), '{}') as open,
        case when bool_and(m.waived_until is not null) then min(m.waived_until) end as waived_until
      from missing m join person p on p.id = m.person_id and not p.is_protected
      group by m.person_id, p.id
      order by p.name collate "sv-x-icu", m.person_id limit ${limit}
    )
    select c.person_id as "personId", c.name, c.lacking, c.open, c.has_address as "hasAddress",
      c.waived_until as "waivedUntil", (
        select max((n.created_at at time zone 'Europe/Stockholm')::date) from notification n
        where n.person_id = c.person_id and n.kind = 'reminder'
          and (n.status <> 'cancelled' or n.key = 'reminder ' || c.person_id || ' ' || ${day}::text)
          and (n.created_at at time zone 'Europe/Stockholm')::date >= ${recentFrom}::date) as "remindedOn", (
        select jsonb_agg(jsonb_build_object('title', e.title, 'unit', n.name) order by n.name, e.title)
        from employment e
        join unit_period n on n.unit_id = e.unit_id and n.valid @> ${day}::date
        where e.person_id = c.person_id and (e.valid @> ${day}::date) is true
          and e.unit_id = any (${intArray(unitIds)})) as jobs
    from candidate c order by c.name collate "sv-x-icu", c.person_id`);
  return [...rows];
}

/**
 * Lets two who remind the same people at the same time do it one after the other: the second then sees
 * what the first has written.
 */
export async function lockPeople(tx: Transaction, personIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    select from person where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb))
    order by id for no key update`);
}
