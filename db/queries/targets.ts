import { and, desc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { person, unit } from '../schema/organisation.ts';
import { requirement, ruleChange, target } from '../schema/rules.ts';

/**
 * Where nobody has decided which courses count, the grundkurs does, for all days: the default in
 * design section 5. Does nothing once any requirement exists. The module `grundkurs` must be known.
 */
export async function ensureDefaultRequirement(db: Executor): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund requirement'))`);
  await db.execute(sql`
    insert into ${requirement} (module_slug, valid)
    select 'grundkurs', '(,)'::daterange
    where not exists (select from ${requirement})`);
}

/** A target as it is set. */
export interface TargetValues {
  unitId: number;
  year: number;
  /** Per cent with one decimal. */
  percent: number;
  /** Why, for example the number of a decision. */
  note?: string | null;
  /** The function that answers for it. */
  responsible?: string | null;
  recordedBy?: string | null;
  /** Left out: the moment of the transaction. */
  recordedAt?: Date;
}

/** Sets targets (*mål*); a unit's earlier one for the same year is replaced. */
export async function setTargets(db: Executor, rows: readonly TargetValues[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(target)
    .values([...rows])
    .onConflictDoUpdate({
      target: [target.unitId, target.year],
      set: {
        percent: sql`excluded.percent`,
        note: sql`excluded.note`,
        responsible: sql`excluded.responsible`,
        recordedBy: sql`excluded.recorded_by`,
        recordedAt: sql`excluded.recorded_at`,
      },
    });
}

/** Takes away a unit's own target of a year. False when there is none. */
export async function deleteTarget(tx: Transaction, unitId: number, year: number): Promise<boolean> {
  const rows = await tx
    .delete(target)
    .where(and(eq(target.unitId, unitId), eq(target.year, year)))
    .returning({ id: target.id });
  return rows.length > 0;
}

/** Every target that is set, by the unit's code. */
export async function listTargets(
  db: Executor,
): Promise<
  { code: string; year: number; percent: number; note: string | null; responsible: string | null }[]
> {
  return db
    .select({
      code: unit.code,
      year: target.year,
      percent: target.percent,
      note: target.note,
      responsible: target.responsible,
    })
    .from(target)
    .innerJoin(unit, eq(unit.id, target.unitId))
    .orderBy(target.year, unit.code);
}

/** A unit's own target of a year, or null. */
export async function findTarget(db: Executor, unitId: number, year: number) {
  const [row] = await db
    .select({
      percent: target.percent,
      note: target.note,
      responsible: target.responsible,
      recordedAt: target.recordedAt,
      by: authorName,
    })
    .from(target)
    .leftJoin(person, eq(person.id, target.recordedBy))
    .where(and(eq(target.unitId, unitId), eq(target.year, year)));
  return row ?? null;
}

/** What a target was before a change, as `rule_change` keeps it. */
export interface FormerTarget {
  percent: number;
  note: string | null;
  responsible: string | null;
}

/** The changes to a unit's target of a year, the latest first. `after` is null where it was taken away. */
export async function listTargetChanges(db: Executor, unitId: number, year: number, limit: number) {
  return db
    .select({
      changedAt: ruleChange.changedAt,
      by: authorName,
      before: sql<FormerTarget>`${ruleChange.before}`,
      after: sql<FormerTarget | null>`${ruleChange.after}`,
    })
    .from(ruleChange)
    .leftJoin(person, eq(person.id, ruleChange.changedBy))
    .where(
      and(
        eq(ruleChange.tableName, 'target'),
        sql`${ruleChange.before} @> jsonb_build_object('unit_id', ${unitId}::int, 'year', ${year}::int)`,
      ),
    )
    .orderBy(desc(ruleChange.id))
    .limit(limit);
}

/**
 * A unit that existed at some time during a year, named as it was last called then, by its code or by a
 * name that no other unit had then; null: none such, or several.
 */
export async function findUnitInYear(
  db: Executor,
  codeOrName: string,
  year: number,
): Promise<{ id: number; code: string; name: string } | null> {
  const rows = await db.execute<{ id: number; code: string; name: string }>(sql`
    with meant as (
      select u.id, u.code, p.name, p.valid, u.code = ${codeOrName} as is_code
      from unit u join unit_period p on p.unit_id = u.id
      where (u.code = ${codeOrName} or lower(p.name) = lower(${codeOrName}))
        and p.valid && daterange(make_date(${year}::int, 1, 1), make_date(${year}::int + 1, 1, 1)))
    select id, code, name from meant
    where is_code or 1 = (select count(distinct id) from meant)
    order by is_code desc, valid desc limit 1`);
  return rows[0] ?? null;
}

/** What a fixed year says of a unit's target, in its latest revision; null where the year is not fixed or the unit not in it. */
export async function findFixedTarget(
  db: Executor,
  code: string,
  year: number,
): Promise<{ fixedOn: string; target: number | null } | null> {
  const rows = await db.execute<{ fixedOn: string; target: number | null }>(sql`
    select (y.fixed_at at time zone 'Europe/Stockholm')::date::text as "fixedOn", f.target::float8 as target
    from fixed_year y join fixed_figure f on f.fixed_year_id = y.id and f.code = ${code}
    where y.year = ${year} order by y.revision desc limit 1`);
  return rows[0] ?? null;
}

/** The codes and names of units, as they may be chosen in a form: topmost first, at most `limit`. */
export async function listUnitsToChoose(
  db: Executor,
  day: string,
  limit: number,
): Promise<{ id: number; code: string; name: string }[]> {
  const rows = await db.execute<{ id: number; code: string; name: string }>(sql`
    select u.id, u.code, p.name from unit_period p join unit u on u.id = p.unit_id
    where p.valid @> ${day}::date
    order by p.kind, p.name collate "sv-x-icu", u.code limit ${limit}`);
  return [...rows];
}

/** Whoever set or changed a rule: null for the installation itself and for those with protected identity. */
const authorName = sql<string | null>`case when ${person.isProtected} then null else ${person.name} end`;
