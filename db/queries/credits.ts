import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { person } from '../schema/organisation.ts';
import { completion } from '../schema/training.ts';
import { countCompletions } from './completions.ts';
import { insertLook } from './looks.ts';

/** Who has the employee number, or null. */
export async function findPersonByNumber(db: Executor, employeeNumber: string): Promise<string | null> {
  const [row] = await db
    .select({ id: person.id })
    .from(person)
    .where(eq(person.employeeNumber, employeeNumber));
  return row?.id ?? null;
}

/** A person whose completions are to be credited or corrected. */
export interface PersonToCorrect {
  id: string;
  /** Null: protected identity. */
  name: string | null;
  /**
   * Where a look at her is written down: a unit she is employed in on the day, else the one of her last
   * employment, else the municipality.
   */
  unitId: number;
}

/** One whom the staff file knows; null for anyone else. */
export async function findPersonToCorrect(
  db: Executor,
  personId: string,
  day: string,
): Promise<PersonToCorrect | null> {
  const [row] = await db.execute<PersonToCorrect & Record<string, unknown>>(sql`
    select p.id, case when p.is_protected then null else p.name end as name, coalesce(
      (select e.unit_id from employment e join unit u on u.id = e.unit_id where e.person_id = p.id
       order by e.valid @> ${day}::date desc, upper(e.valid) desc nulls first, u.code limit 1),
      ${rootUnit(day)}) as "unitId"
    from person p where p.id = ${personId}::uuid and p.employee_number is not null`);
  return row ?? null;
}

/** One completion of a person, with who recorded and who voided it; a name is null for the protected. */
export interface CompletionToCorrect {
  id: string;
  slug: string;
  title: string;
  kind: 'course' | 'part' | 'fordjupning';
  method: 'online' | 'session' | 'import';
  source: string | null;
  reason: string | null;
  completedAt: Date;
  completedOn: string;
  recordedAt: Date;
  recordedBy: string | null;
  /** Null: it has not been voided. */
  voidedReason: string | null;
  voidedAt: Date | null;
  voidedBy: string | null;
}

/** A person's completions, latest first and a course before its parts. No attempts, no scores. */
export async function listCompletionsToCorrect(
  db: Executor,
  personId: string,
  limit: number,
): Promise<CompletionToCorrect[]> {
  const rows = await db.execute<Dated<CompletionToCorrect> & Record<string, unknown>>(sql`
    select c.id, c.module_slug as slug, ${titleOfCompletion} as title, m.kind, c.method, c.source, c.reason,
      c.completed_at as "completedAt", c.completed_on as "completedOn", c.recorded_at as "recordedAt",
      ${shownName(sql`c.recorded_by`)} as "recordedBy", x.reason as "voidedReason",
      x.recorded_at as "voidedAt", ${shownName(sql`x.recorded_by`)} as "voidedBy"
    from completion c
    join module m on m.slug = c.module_slug
    left join module_version v on v.id = c.module_version_id
    left join completion_correction x on x.completion_id = c.id
    where c.person_id = ${personId}::uuid
    order by c.completed_at desc, m.kind, m.position desc, c.id limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    completedAt: new Date(row.completedAt),
    recordedAt: new Date(row.recordedAt),
    voidedAt: row.voidedAt === null ? null : new Date(row.voidedAt),
  }));
}

/** Something that somebody credited by hand, or voided. */
export interface LatestCredit {
  kind: 'credit' | 'correction';
  at: Date;
  personId: string;
  /** Null: protected identity. */
  name: string | null;
  slug: string;
  title: string;
  completedOn: string;
  reason: string;
  /** Null: protected identity, or the command line. */
  by: string | null;
}

/** What was credited by hand and what was voided, latest first. */
export async function listLatestCredits(db: Executor, limit: number): Promise<LatestCredit[]> {
  const rows = await db.execute<Dated<LatestCredit> & Record<string, unknown>>(sql`
    with latest as (
      (select 'credit' as kind, c.id as completion_id, c.recorded_at as at, c.reason, c.recorded_by as by_id
       from completion c where c.method = 'import' and c.reason is not null
       order by c.recorded_at desc limit ${limit})
      union all
      (select 'correction', x.completion_id, x.recorded_at, x.reason, x.recorded_by
       from completion_correction x order by x.recorded_at desc limit ${limit})
    )
    select l.kind, l.at, l.reason, c.person_id as "personId", c.module_slug as slug,
      ${titleOfCompletion} as title, c.completed_on as "completedOn",
      ${shownName(sql`c.person_id`)} as name, ${shownName(sql`l.by_id`)} as by
    from latest l
    join completion c on c.id = l.completion_id
    left join module_version v on v.id = c.module_version_id
    order by l.at desc, l.completion_id limit ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/**
 * Records earlier training that somebody vouches for, at noon in Stockholm of its day. Gives back its id,
 * or null when the same is recorded already and has not been voided. The caller holds `lockImports`.
 */
export async function insertCredit(
  tx: Transaction,
  row: Pick<typeof completion.$inferSelect, 'personId' | 'moduleSlug' | 'completedOn' | 'rule'> & {
    source: string;
    reason: string;
    recordedBy: string;
    recordedAt: Date;
  },
): Promise<string | null> {
  const before = await countCompletions(
    tx,
    and(
      eq(completion.personId, row.personId),
      eq(completion.moduleSlug, row.moduleSlug),
      eq(completion.completedOn, row.completedOn),
      eq(completion.method, 'import'),
    ),
  );
  if (before.valid > 0) return null;
  const [made] = await tx
    .insert(completion)
    .values({
      ...row,
      method: 'import',
      completedAt: sql`(${row.completedOn}::date + time '12:00') at time zone 'Europe/Stockholm'`,
      repeat: before.all,
    })
    .returning({ id: completion.id });
  return made?.id ?? null;
}

/** Records that the completions of people were looked at to credit or correct; `unitId` null: in the municipality. */
export async function insertCreditLook(
  tx: Transaction,
  look: { viewerId: string; unitId: number | null; personIds: readonly string[]; day: string },
): Promise<void> {
  if (look.personIds.length === 0) return;
  await insertLook(tx, {
    viewerId: look.viewerId,
    unitId: look.unitId ?? rootUnit(look.day),
    purpose: 'correction',
    personIds: [...new Set(look.personIds)],
  });
}

/** Waits for no lock of the transaction longer than so many seconds: somebody sits and waits. */
export async function waitAtMost(tx: Transaction, seconds: number): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', ${`${seconds}s`}, true)`);
}

/** A row as a raw query gives it, with times as text. */
type Dated<Row> = { [Key in keyof Row]: Date extends Row[Key] ? Exclude<Row[Key], Date> | string : Row[Key] };

/** Of the version of completion `c`, else of the module's latest. */
const titleOfCompletion: SQL = sql`coalesce(v.title, (
  select n.title from module_version n where n.module_slug = c.module_slug
  order by n.version desc limit 1), c.module_slug)`;

function shownName(personId: SQL): SQL {
  return sql`(select p.name from person p where p.id = ${personId} and not p.is_protected)`;
}

function rootUnit(day: string): SQL<number> {
  return sql`(select unit_id from unit_period where parent_id is null and valid @> ${day}::date limit 1)`;
}
