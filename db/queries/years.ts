import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { person } from '../schema/organisation.ts';
import { fixedFigure, fixedYear } from '../schema/years.ts';
import type { UnitFigures } from './indicator.ts';

type NewFixedYear = typeof fixedYear.$inferInsert;

/** A fixed year without its figures. `fixedBy` is null for the command line, and for a person with protected identity. */
export interface FixedYearRow {
  id: number;
  year: number;
  revision: number;
  asOf: string;
  reason: string | null;
  definition: unknown;
  factsFingerprint: string;
  fixedBy: string | null;
  fixedAt: Date;
}

/** Holds other fixings of years off until the transaction ends. */
export async function lockYears(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund fixed year'))`);
}

/** Stores a revision of a year with its figures, in tree order. */
export async function insertFixedYear(
  tx: Transaction,
  row: NewFixedYear,
  figures: readonly UnitFigures[],
): Promise<void> {
  const [made] = await tx.insert(fixedYear).values(row).returning({ id: fixedYear.id });
  if (!made) throw new Error('an insert gives its row back');
  const fixedYearId = made.id;
  for (let from = 0; from < figures.length; from += ROWS_AT_A_TIME) {
    const part = figures.slice(from, from + ROWS_AT_A_TIME);
    await tx
      .insert(fixedFigure)
      .values(part.map((figure, index) => ({ ...figure, fixedYearId, position: from + index })));
  }
}

const ROWS_AT_A_TIME = 2_000;

/** Every revision of every fixed year, or of one: the latest year first, and its latest revision. */
export async function listFixedYears(db: Executor, year?: number): Promise<FixedYearRow[]> {
  return db
    .select({
      id: fixedYear.id,
      year: fixedYear.year,
      revision: fixedYear.revision,
      asOf: fixedYear.asOf,
      reason: fixedYear.reason,
      definition: fixedYear.definition,
      factsFingerprint: fixedYear.factsFingerprint,
      fixedBy: sql<string | null>`case when ${person.isProtected} then null else ${person.name} end`,
      fixedAt: fixedYear.fixedAt,
    })
    .from(fixedYear)
    .leftJoin(person, eq(person.id, fixedYear.fixedBy))
    .where(and(year === undefined ? undefined : eq(fixedYear.year, year)))
    .orderBy(desc(fixedYear.year), desc(fixedYear.revision));
}

/** The figures of a fixed year, in tree order, before anything is hidden. `topOnly`: of the municipalities only. */
export async function listFixedFigures(
  db: Executor,
  fixedYearId: number,
  { topOnly = false } = {},
): Promise<UnitFigures[]> {
  const rows = await db
    .select()
    .from(fixedFigure)
    .where(and(eq(fixedFigure.fixedYearId, fixedYearId), topOnly ? eq(fixedFigure.depth, 0) : undefined))
    .orderBy(asc(fixedFigure.position));
  return rows.map(({ fixedYearId: _year, position: _place, ...figures }) => figures);
}

/**
 * SHA-256 over every fact that the indicator of a day is counted from, in hexadecimal: the tree, the
 * employments, the completions that are not voided, the rules and the targets of that day. The same facts
 * give the same fingerprint wherever and in whatever order they were recorded.
 *
 * The lines are hashed in 256 parts, because all of them in one text would be too long for a large city.
 */
export async function fingerprintFacts(db: Executor, day: string): Promise<string> {
  const [row] = await db.execute<{ fingerprint: string }>(sql`
    with fact (line) as (
      select concat_ws('|', 'unit', u.code, above.code, p.kind, p.name)
      from unit_period p join unit u on u.id = p.unit_id left join unit above on above.id = p.parent_id
      where p.valid @> ${day}::date
      union all
      select concat_ws('|', 'employment', e.person_id, u.code, e.is_manager, lower(e.title))
      from employment e join unit u on u.id = e.unit_id where e.valid @> ${day}::date
      union all
      select concat_ws('|', 'completion', c.id, c.person_id, c.module_slug, c.completed_on, v.version)
      from completion c left join module_version v on v.id = c.module_version_id
      where c.completed_on <= ${day}::date
        and c.module_slug in (select module_slug from requirement where valid @> ${day}::date)
        and not exists (select from completion_correction x where x.completion_id = c.id)
      union all
      select concat_ws('|', 'requirement', r.module_slug, u.code, r.audience, r.titles::text, r.validity_months)
      from requirement r left join unit u on u.id = r.unit_id where r.valid @> ${day}::date
      union all
      select concat_ws('|', 'version', m.module_slug, m.version, v.older_count_until)
      from version_requirement v join module_version m on m.id = v.module_version_id
      left join version_requirement_withdrawal w on w.version_requirement_id = v.id
      where v.older_count_until < ${day}::date and (w.withdrawn_on is null or w.withdrawn_on > ${day}::date)
      union all
      select concat_ws('|', 'target', u.code, t.percent)
      from target t join unit u on u.id = t.unit_id where t.year = extract(year from ${day}::date)::int
    ), hashed as (
      select encode(sha256(convert_to(line, 'UTF8')), 'hex') as hash from fact
    ), part as (
      select left(hash, 2) as place, encode(sha256(string_agg(hash, '' order by hash)::bytea), 'hex') as hash
      from hashed group by left(hash, 2)
    )
    select encode(sha256(coalesce(string_agg(place || hash, '' order by place), '')::bytea), 'hex') as fingerprint
    from part`);
  if (!row) throw new Error('an aggregate without GROUP BY gives one row');
  return row.fingerprint;
}

/** A rule that was in force on a day, for people to read: the course by its title, the unit by the name of that day. */
export interface RuleOnDay {
  course: string;
  /** Null: the whole municipality. */
  unit: string | null;
  audience: 'all' | 'managers' | 'titles';
  titles: string[] | null;
  validityMonths: number | null;
}

/** The required courses of a day, those of the whole municipality first. */
export async function listRulesOn(db: Executor, day: string): Promise<RuleOnDay[]> {
  const rows = await db.execute<RuleOnDay & Record<string, unknown>>(sql`
    select coalesce((
        select v.title from module_version v where v.module_slug = r.module_slug
        order by v.version desc limit 1), r.module_slug) as course,
      coalesce(p.name, u.code) as unit, r.audience, r.titles, r.validity_months as "validityMonths"
    from requirement r
    left join unit u on u.id = r.unit_id
    left join unit_period p on p.unit_id = u.id and p.valid @> ${day}::date
    where r.valid @> ${day}::date
    order by u.id is not null, unit, course, r.id`);
  return [...rows];
}
