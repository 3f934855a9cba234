import { sql } from 'drizzle-orm';
import { shownName } from './shown-name.ts';
import type { Executor, Transaction } from '../client.ts';
import { unitDeputy } from '../schema/access.ts';

/** Somebody who stands in for the managers of a unit. Days are `YYYY-MM-DD`, both included. */
export interface Deputy {
  id: number;
  unitId: number;
  /** The unit's name on its day, or the last it had. */
  unit: string;
  /** Null: has protected identity. */
  name: string | null;
  from: string;
  to: string;
  /** Who named her; null: has protected identity. */
  namedBy: string | null;
}

/** Somebody who can be named, and where she works on the day. */
export interface DeputyCandidate {
  personId: string;
  name: string;
  jobs: { title: string; unit: string }[];
}

/** The deputies of some units, now, later and before; the latest begun first. */
export async function listDeputies(
  db: Executor,
  unitIds: readonly number[],
  limit: number,
): Promise<Deputy[]> {
  const rows = await db.execute<Deputy & Record<string, unknown>>(sql`
    select d.id, d.unit_id as "unitId",
      (select n.name from unit_period n where n.unit_id = d.unit_id order by upper(n.valid) desc limit 1) as unit,
      ${shownName('p')} as name,
      lower(d.valid) as "from", upper(d.valid) - 1 as "to",
      ${shownName('b')} as "namedBy"
    from unit_deputy d join person p on p.id = d.person_id join person b on b.id = d.named_by
    where d.unit_id in (select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb)::int)
    order by lower(d.valid) desc, d.id desc limit ${limit}`);
  return [...rows];
}

/**
 * The one person employed on a day whose anställningsnummer or e-mail address was given; null when there
 * is none, or more than one, or the person has protected identity: the answers must not differ.
 */
export async function findDeputyCandidate(
  db: Executor,
  given: string,
  day: string,
): Promise<DeputyCandidate | null> {
  const rows = await db.execute<DeputyCandidate & { isProtected: boolean } & Record<string, unknown>>(sql`
    select p.id as "personId", p.name, p.is_protected as "isProtected", (
      select jsonb_agg(jsonb_build_object('title', e.title, 'unit', n.name) order by n.name, e.title)
      from employment e join unit_period n on n.unit_id = e.unit_id and n.valid @> ${day}::date
      where e.person_id = p.id and e.valid @> ${day}::date) as jobs
    from person p
    where (p.employee_number = ${given} or lower(p.email) = lower(${given})
        or p.id in (select a.person_id from account a where lower(a.email) = lower(${given})))
      and exists (select from employment e where e.person_id = p.id and e.valid @> ${day}::date)
    limit 2`);
  const [row] = rows;
  if (!row || rows.length > 1 || row.isProtected || !row.jobs) return null;
  return { personId: row.personId, name: row.name, jobs: row.jobs };
}

/** Whether somebody is employed as manager of the unit on a day. */
export async function isManagerOf(
  db: Executor,
  personId: string,
  unitId: number,
  day: string,
): Promise<boolean> {
  const rows = await db.execute(sql`
    select from employment e where e.person_id = ${personId} and e.unit_id = ${unitId} and e.is_manager
      and e.valid @> ${day}::date`);
  return rows.length > 0;
}

/** Lets two who name deputies for the same unit at the same time do it one after the other. */
export async function lockDeputiesOf(tx: Transaction, unitId: number): Promise<void> {
  await tx.execute(sql`select from unit where id = ${unitId} for no key update`);
}

/** How many deputies a unit has on or after a day, and whether one of them is this person during these days. */
export async function countDeputies(
  tx: Transaction,
  {
    unitId,
    personId,
    from,
    to,
    today,
  }: Record<'personId' | 'from' | 'to' | 'today', string> & { unitId: number },
): Promise<{ coming: number; overlapping: number }> {
  const [row] = await tx.execute<{ coming: number; overlapping: number }>(sql`
    select count(*)::int as coming, (count(*) filter (
      where person_id = ${personId} and valid && daterange(${from}::date, ${to}::date, '[]')))::int as overlapping
    from unit_deputy where unit_id = ${unitId} and upper(valid) > ${today}::date`);
  return row ?? { coming: 0, overlapping: 0 };
}

/** Names a deputy. */
export async function insertDeputy(
  tx: Transaction,
  deputy: { unitId: number; personId: string; from: string; to: string; namedBy: string },
): Promise<void> {
  const { unitId, personId, from, to, namedBy } = deputy;
  await tx.insert(unitDeputy).values({ unitId, personId, valid: `[${from},${to}]`, namedBy });
}

/**
 * Lets a deputy of one of the units be one no more from a day on: cut short when she has begun before it,
 * else taken away; either is kept in `rule_change`. False when there is none that lasts until then.
 */
export async function endDeputy(
  tx: Transaction,
  { id, unitIds, day }: { id: number; unitIds: readonly number[]; day: string },
): Promise<boolean> {
  const found = sql`id = ${id} and upper(valid) > ${day}::date
    and unit_id in (select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb)::int)`;
  const cut = await tx.execute(sql`
    update unit_deputy set valid = daterange(lower(valid), ${day}::date)
    where ${found} and lower(valid) < ${day}::date returning id`);
  if (cut.length > 0) return true;
  const removed = await tx.execute(sql`delete from unit_deputy where ${found} returning id`);
  return removed.length > 0;
}
