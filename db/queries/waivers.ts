import { eq, sql } from 'drizzle-orm';
import { shownName } from './shown-name.ts';
import type { Executor, Transaction } from '../client.ts';
import { waiver } from '../schema/rules.ts';

/** A waiver (*undantag*) as its person sees it. Days are `YYYY-MM-DD`, both included. */
export interface OwnWaiver {
  id: number;
  moduleSlug: string;
  /** Of the course's latest version. */
  title: string;
  from: string;
  to: string;
  reason: string;
}

/** A waiver on the coordinator's list. */
export interface ListedWaiver extends OwnWaiver {
  /** Null: she has protected identity, or no number. */
  employeeNumber: string | null;
  isProtected: boolean;
  recordedOn: string;
  by: string | null;
}

const courseTitle = sql`coalesce((select v.title from module_version v where v.module_slug = w.module_slug
  order by v.version desc limit 1), w.module_slug)`;

/** Holds other changes to the waivers of a person off until the transaction ends. */
export async function lockWaiversOf(tx: Transaction, personId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund waiver ' || ${personId}))`);
}

/** The waivers that have not ended on a day, or those that have; the ones that end last first. */
export async function listWaivers(
  db: Executor,
  { day, haveEnded, limit }: { day: string; haveEnded: boolean; limit: number },
): Promise<ListedWaiver[]> {
  const rows = await db.execute<ListedWaiver & Record<string, unknown>>(sql`
    select w.id, w.module_slug as "moduleSlug", ${courseTitle} as title,
      lower(w.valid)::text as "from", (upper(w.valid) - 1)::text as "to", w.reason,
      case when p.is_protected then null else p.employee_number end as "employeeNumber",
      p.is_protected as "isProtected",
      (w.recorded_at at time zone 'Europe/Stockholm')::date::text as "recordedOn",
      ${shownName('b')} as by
    from waiver w join person p on p.id = w.person_id left join person b on b.id = w.recorded_by
    where ${haveEnded ? sql`upper(w.valid) <= ${day}::date` : sql`upper(w.valid) > ${day}::date`}
    order by upper(w.valid) desc, w.id desc limit ${limit}`);
  return [...rows];
}

/** How many waivers have not ended on a day. */
export async function countWaivers(db: Executor, day: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from waiver where upper(valid) > ${day}::date`);
  return row?.count ?? 0;
}

/** A person's own waivers, the latest to end first. */
export async function listWaiversOf(db: Executor, personId: string, limit: number): Promise<OwnWaiver[]> {
  const rows = await db.execute<OwnWaiver & Record<string, unknown>>(sql`
    select w.id, w.module_slug as "moduleSlug", ${courseTitle} as title,
      lower(w.valid)::text as "from", (upper(w.valid) - 1)::text as "to", w.reason
    from waiver w where w.person_id = ${personId}
    order by upper(w.valid) desc, w.id desc limit ${limit}`);
  return [...rows];
}

/** Who has an employee number, and is employed on a day or later; null: nobody. */
export async function findEmployedByNumber(
  db: Executor,
  employeeNumber: string,
  day: string,
): Promise<{ id: string } | null> {
  const rows = await db.execute<{ id: string }>(sql`
    select p.id from person p where p.employee_number = ${employeeNumber}
      and exists (select from employment e
                  where e.person_id = p.id and (upper_inf(e.valid) or upper(e.valid) > ${day}::date))`);
  return rows[0] ?? null;
}

/** Whether a person has a waiver from a course on any of the days. `to` is the last one. */
export async function hasWaiver(
  tx: Transaction,
  { personId, moduleSlug, from, to }: { personId: string; moduleSlug: string; from: string; to: string },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from waiver where person_id = ${personId} and module_slug = ${moduleSlug}
      and valid && daterange(${from}::date, ${to}::date, '[]') limit 1`);
  return rows.length > 0;
}

export async function insertWaiver(
  tx: Transaction,
  row: {
    personId: string;
    moduleSlug: string;
    from: string;
    to: string;
    reason: string;
    recordedBy: string;
    recordedAt: Date;
  },
): Promise<void> {
  const { from, to, ...values } = row;
  await tx.insert(waiver).values({ ...values, valid: `[${from},${to}]` });
}

/** The days of a waiver, both included; null when there is none with this id. Held until the transaction ends. */
export async function findWaiverDays(
  tx: Transaction,
  id: number,
): Promise<{ from: string; to: string } | null> {
  const rows = await tx.execute<{ from: string; to: string }>(sql`
    select lower(valid)::text as "from", (upper(valid) - 1)::text as "to" from waiver
    where id = ${id} for update`);
  return rows[0] ?? null;
}

/** Lets a waiver end after `to`. */
export async function endWaiver(tx: Transaction, id: number, to: string): Promise<void> {
  await tx
    .update(waiver)
    .set({ valid: sql`daterange(lower(${waiver.valid}), ${to}::date, '[]')` })
    .where(eq(waiver.id, id));
}

/** Takes a waiver away. */
export async function deleteWaiver(tx: Transaction, id: number): Promise<void> {
  await tx.delete(waiver).where(eq(waiver.id, id));
}
