import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { attendance } from '../schema/events.ts';
import { completion, completionCorrection } from '../schema/training.ts';
import { insertLook } from './looks.ts';

/** One person on a leader's list. Whoever has protected identity is never one of them (rule 8). */
export interface Participant {
  personId: string;
  name: string;
  /** Place in the order of those signed up, from 1; null: came without signing up. */
  position: number | null;
  isPresent: boolean;
}

/** Those who signed up for an occasion or were noted at it, by name, without protected people. */
export async function listParticipants(db: Executor, eventId: string): Promise<Participant[]> {
  const rows = await db.execute<Participant & Record<string, unknown>>(sql`
    with signed as (
      select person_id, row_number() over (order by signed_up_at, id)::int as position
      from session_signup where event_id = ${eventId} and withdrawn_at is null
    ), noted as (
      select a.person_id, bool_or(k.id is null) as is_present
      from attendance a left join completion_correction k on k.completion_id = a.completion_id
      where a.event_id = ${eventId} group by a.person_id
    )
    select p.id as "personId", p.name, signed.position, coalesce(noted.is_present, false) as "isPresent"
    from signed full join noted using (person_id) join person p on p.id = person_id
    where not p.is_protected
    order by p.name collate "sv-x-icu", p.id`);
  return [...rows];
}

/** How many of those signed up have protected identity. */
export async function countProtectedSignups(db: Executor, eventId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from session_signup s join person p on p.id = s.person_id
    where s.event_id = ${eventId} and s.withdrawn_at is null and p.is_protected`);
  return row?.count ?? 0;
}

/** What has been noted of a person at an occasion: how many times, and the completion that counts, if any. */
export async function findAttendance(
  db: Executor,
  eventId: string,
  personId: string,
): Promise<{ times: number; completionId: string | null }> {
  const rows = await db
    .select({ completionId: attendance.completionId, correction: completionCorrection.id })
    .from(attendance)
    .leftJoin(completionCorrection, eq(completionCorrection.completionId, attendance.completionId))
    .where(and(eq(attendance.eventId, eventId), eq(attendance.personId, personId)));
  const counting = rows.find(({ correction }) => correction === null);
  return { times: rows.length, completionId: counting?.completionId ?? null };
}

/** Notes that a person was there, with the completion it gives. Returns the completion's id. */
export async function insertAttendance(
  tx: Transaction,
  eventId: string,
  row: Omit<typeof completion.$inferInsert, 'method' | 'occasion'>,
): Promise<string> {
  const [made] = await tx
    .insert(completion)
    .values({ ...row, method: 'session', occasion: `tillfalle:${eventId}` })
    .returning({ id: completion.id });
  const completionId = made!.id;
  await tx.insert(attendance).values({ completionId, eventId, personId: row.personId });
  return completionId;
}

/**
 * The completions of the whole course that a person was given here for having all its parts, and that
 * count, although a part is missing since: none of its completions that count is as old as the course
 * and younger than the course completion before it.
 */
export async function listCoursesLackingPart(
  db: Executor,
  personId: string,
  { course, part }: { course: string; part: string },
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with counting as (
      select c.id, c.module_slug, c.method, c.completed_at from completion c
      where c.person_id = ${personId} and c.module_slug in (${course}, ${part})
        and not exists (select from completion_correction k where k.completion_id = c.id)
    )
    select c.id from counting c
    where c.module_slug = ${course} and c.method = 'online' and not exists (
      select from counting p where p.module_slug = ${part} and p.completed_at <= c.completed_at
        and p.completed_at > coalesce((select max(o.completed_at) from counting o
          where o.module_slug = ${course} and o.completed_at < c.completed_at), '-infinity'))`);
  return rows.map(({ id }) => id);
}

/**
 * The person whom an employee number or an e-mail address belongs to, employed that day; null: none, or
 * several, as when somebody has taken over the address of one who left. Nobody is noted by a guess.
 */
export async function findEmployedByNumberOrEmail(
  db: Executor,
  text: string,
  day: string,
): Promise<string | null> {
  const [row, another] = await db.execute<{ id: string }>(sql`
    select p.id from person p
    where p.id in (
        select id from person where employee_number = ${text}
        union all select person_id from account where lower(email) = lower(${text})
        union all select id from person where ${text.includes('@')} and lower(email) = lower(${text}))
      and exists (select from employment e where e.person_id = p.id and e.valid @> ${day}::date)
    limit 2`);
  return another ? null : (row?.id ?? null);
}

/**
 * Records that a leader looked at who takes part, for those of them whom no look of hers within the last
 * hour covers: each tick shows the list anew.
 */
export async function insertEventLook(
  tx: Transaction,
  look: { viewerId: string; eventId: string; personIds: readonly string[] },
): Promise<void> {
  const seen = await tx.execute<{ id: string }>(sql`
    select distinct p.person_id as id from list_look l join list_look_person p on p.look_id = l.id
    where l.event_id = ${look.eventId} and l.viewer_id = ${look.viewerId}
      and l.looked_at > now() - interval '1 hour'`);
  const known = new Set(seen.map(({ id }) => id));
  const fresh = look.personIds.filter((id) => !known.has(id));
  if (fresh.length === 0) return;
  await insertLook(tx, {
    viewerId: look.viewerId,
    eventId: look.eventId,
    purpose: 'attendance',
    personIds: fresh,
  });
}
