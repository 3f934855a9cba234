import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { Executor } from '#db/client.ts';
import type { Rule } from '#db/queries/required.ts';
import type { World, WorldEmployment, WorldPeriod, WorldRule } from './indicator-oracle.ts';

/** Days where things begin and end: ends of months and years, a leap day. */
export const DAYS = [
  '2020-01-31',
  '2020-02-29',
  '2020-12-31',
  '2021-01-01',
  '2021-06-30',
  '2021-12-31',
  '2022-01-31',
  '2022-02-28',
  '2022-12-31',
  '2023-01-01',
  '2023-08-31',
] as const;
const MODULES = ['grundkurs', 'fordjupning', 'samtal'];
/** Never required in any world. */
export const UNREQUIRED = 'ovrigt';
const VERSIONS = 3;
const TITLES = ['Lärare', 'ÄRKECHEF', 'kock'];
const NAMES = ['Ala', 'Åsa', 'Ärla', 'Öra', 'Zeta', 'Enhet 2', 'Enhet 10', 'ala'];
const KINDS = ['municipality', 'department', 'division', 'team'] as const;

const day = fc.constantFrom(...DAYS);
const range = fc
  .tuple(fc.option(day, { freq: 4 }), fc.option(day, { freq: 2 }))
  .map(([a, b]) => (a !== null && b !== null && a > b ? { from: b, until: a } : { from: a, until: b }))
  .filter(({ from, until }) => from === null || from !== until);
const work = fc
  .tuple(day, fc.option(day, { freq: 2 }))
  .filter(([from, until]) => from !== until)
  .map(([from, until]) => (until !== null && until < from ? { from: until, until: from } : { from, until }));

type Range = { from: string | null; until: string | null };
const shares = (a: Range, b: Range) =>
  (a.from ?? '') < (b.until ?? '9999') && (b.from ?? '') < (a.until ?? '9999');
/** Keeps those that share no day with one already kept of the same kind. */
export const apart = <T extends Range>(list: readonly T[], key: (item: T) => string) =>
  list.reduce<T[]>(
    (kept, next) => (kept.some((it) => key(it) === key(next) && shares(it, next)) ? kept : [...kept, next]),
    [],
  );

const WIDTH = [2, 3, 4, 6];
const units = fc
  .tuple(
    ...KINDS.map((_, level) =>
      fc.array(
        fc.array(
          fc.record({
            // The first municipality is always there.
            range: level === 0 ? fc.oneof(fc.constant({ from: null, until: null }), range) : range,
            // Mostly right under the level above, sometimes under one higher up.
            above:
              level === 0
                ? fc.constant(null)
                : fc.tuple(fc.integer({ min: Math.max(0, level - 2), max: level - 1 }), fc.nat(5)),
            name: fc.constantFrom(...NAMES),
          }),
          { minLength: 1, maxLength: level === 0 ? 1 : 3 },
        ),
        { minLength: level === 0 ? 1 : 0, maxLength: WIDTH[level]! },
      ),
    ),
  )
  .map((levels) =>
    levels.flatMap((drafts, level) =>
      drafts.map((periods, index) => ({
        code: `${KINDS[level]!.charAt(0)}${level}-${index}`,
        periods: apart(
          periods.map(({ range: { from, until }, above, name }): WorldPeriod => {
            const [parentLevel, parentIndex] = above ?? [0, 0];
            const siblings = levels[parentLevel]!.length;
            const parent =
              siblings === 0
                ? 'm0-0'
                : `${KINDS[parentLevel]!.charAt(0)}${parentLevel}-${parentIndex % siblings}`;
            const isFirst = level === 0 && index === 0;
            const period = isFirst ? { from: null, until: null } : { from, until };
            return { ...period, name, kind: KINDS[level]!, parent: above === null ? null : parent };
          }),
          () => '',
        ),
      })),
    ),
  );

const always: Range = { from: null, until: null };
const completions = fc.uniqueArray(
  fc.record({
    module: fc.constantFrom(...MODULES, 'grundkurs'),
    on: day,
    isVoided: fc.nat(4).map((chance) => chance === 0),
    version: fc.option(fc.integer({ min: 1, max: VERSIONS })),
  }),
  { minLength: 1, maxLength: 5, selector: ({ module, on }) => `${module} ${on}` },
);
const versions = fc.uniqueArray(
  fc.record({
    module: fc.constantFrom(...MODULES),
    version: fc.integer({ min: 2, max: VERSIONS }),
    until: day,
    withdrawn: fc.option(day),
  }),
  { maxLength: 2, selector: ({ module, version }) => `${module} ${version}` },
);

/** Rules of every kind, also several for the same course. */
export const rulesFor = (units: readonly string[]): fc.Arbitrary<WorldRule[]> =>
  fc.array(
    fc
      .record({
        module: fc.constantFrom(...MODULES, 'grundkurs', 'grundkurs'),
        range: fc.oneof(range, fc.constant(always), fc.constant(always)),
        months: fc.option(fc.constantFrom(1, 12, 24), { freq: 2 }),
        unit: fc.option(fc.constantFrom(...units), { freq: 1 }),
        audience: fc.constantFrom('all', 'all', 'all', 'managers', 'titles'),
        titles: fc.subarray(TITLES, { minLength: 1 }),
      })
      .map(({ range: period, audience, titles, ...rule }) => ({
        ...rule,
        ...period,
        managers: audience === 'managers',
        titles: audience === 'titles' ? titles.map((title) => title.toLowerCase()) : null,
      })),
    { maxLength: 4 },
  );

export const jobFor = (units: readonly string[]): fc.Arbitrary<WorldEmployment> =>
  fc
    .record({
      unit: fc.constantFrom(...units),
      work,
      title: fc.constantFrom(...TITLES),
      isManager: fc.nat(3).map((chance) => chance === 0),
    })
    .map(({ work: period, ...job }) => ({ ...job, ...period }));

/** Small worlds with everything that can go wrong in one: moves, doubles, voided, expired and missing parts. */
export const worlds: fc.Arbitrary<World> = units.chain((tree) => {
  const codes = tree.map(({ code }) => code);
  return fc.record({
    units: fc.constant(tree),
    people: fc.array(
      fc.record({
        employments: fc
          .array(jobFor(codes), { maxLength: 4 })
          .map((list) => apart(list, ({ unit: code }) => code)),
        completions,
      }),
      { minLength: 1, maxLength: 9 },
    ),
    requirements: rulesFor(codes),
    versions,
    targets: fc.uniqueArray(
      fc.record({
        unit: fc.constantFrom(...codes),
        year: fc.integer({ min: 2020, max: 2023 }),
        percent: fc.constantFrom(0, 50, 62.5, 100),
      }),
      { maxLength: 5, selector: ({ unit: code, year }) => `${code} ${year}` },
    ),
  });
});

/** Makes the modules and their versions known, once for all worlds of a database. */
export async function writeModules(db: Executor): Promise<void> {
  for (const slug of [...MODULES, UNREQUIRED]) {
    await db.execute(sql`insert into module (slug, kind, position) values (${slug}, 'fordjupning', 1)`);
    await db.execute(sql`
      insert into module_version (module_slug, version, title, content_hash, sections)
      select ${slug}, n, ${slug}, n::text, '[]' from generate_series(1, ${VERSIONS}::int) n`);
  }
}

/** Writes a world into a database with nothing but `writeModules` in it. */
export async function writeWorld(db: Executor, world: World): Promise<void> {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  const period = sql`daterange(r."from", r.until)`;
  const periods = world.units.flatMap(({ code, periods: all }) => all.map((it) => ({ code, ...it })));
  const employments = world.people.flatMap((it, index) =>
    it.employments.map((job) => ({ who: `${index}`, title: '', isManager: false, ...job })),
  );
  const done = world.people.flatMap((it, index) =>
    it.completions.map((one) => ({ who: `${index}`, ...one })),
  );
  await db.execute(sql`
    with made_unit as (
      insert into unit (code) select code from jsonb_to_recordset(${json(world.units)}) as r (code text)
      returning id, code
    ), made_period as (
      insert into unit_period (unit_id, parent_id, kind, name, valid)
      select u.id, p.id, r.kind, r.name, ${period}
      from jsonb_to_recordset(${json(periods)})
             as r (code text, parent text, kind unit_kind, name text, "from" date, until date)
      join made_unit u on u.code = r.code left join made_unit p on p.code = r.parent
    ), made_target as (
      insert into target (unit_id, year, percent)
      select u.id, r.year, r.percent
      from jsonb_to_recordset(${json(world.targets)}) as r (unit text, year int, percent numeric)
      join made_unit u on u.code = r.unit
    ), made_person as (
      insert into person (employee_number, name, is_protected)
      select n, n, false from jsonb_array_elements_text(${json(world.people.map((_, index) => `${index}`))}) as r (n)
      returning id, employee_number
    ), made_employment as (
      insert into employment (person_id, unit_id, title, is_manager, valid)
      select p.id, u.id, r.title, r."isManager", ${period}
      from jsonb_to_recordset(${json(employments)})
             as r (who text, unit text, title text, "isManager" boolean, "from" date, until date)
      join made_person p on p.employee_number = r.who join made_unit u on u.code = r.unit
    ), done as materialized (
      select gen_random_uuid() as id, p.id as person_id, r.module, r."on", v.id as version_id
      from jsonb_to_recordset(${json(done)})
             as r (who text, module text, "on" date, version int)
      join made_person p on p.employee_number = r.who
      left join module_version v on v.module_slug = r.module and v.version = r.version
    ), made_completion as (
      insert into completion (id, person_id, module_slug, module_version_id, method, rule, completed_at, completed_on)
      select id, person_id, module, version_id, 'import', 'prov', ("on" + time '12:00') at time zone 'Europe/Stockholm',
             "on"
      from done
    ), made_version as (
      insert into version_requirement (module_version_id, older_count_until, reason)
      select v.id, r.until, 'prov'
      from jsonb_to_recordset(${json(world.versions ?? [])}) as r (module text, version int, until date)
      join module_version v on v.module_slug = r.module and v.version = r.version
      returning id, module_version_id
    ), made_withdrawal as (
      insert into version_requirement_withdrawal (version_requirement_id, withdrawn_on, reason)
      select q.id, r.withdrawn, 'prov'
      from jsonb_to_recordset(${json(world.versions ?? [])}) as r (module text, version int, withdrawn date)
      join module_version v on v.module_slug = r.module and v.version = r.version
      join made_version q on q.module_version_id = v.id
      where r.withdrawn is not null
    ), made_rule as (
      insert into requirement (module_slug, unit_id, audience, titles, valid, validity_months)
      select r.module, u.id, ${audience}, r.titles, ${period}, r.months
      from jsonb_to_recordset(${json(world.requirements)}) as r (module text, unit text, managers boolean,
             titles text[], "from" date, until date, months int)
      left join made_unit u on u.code = r.unit
    )
    select`);
  // After the statement above, because what marks a correction looks for its completion.
  const voided = done.filter(({ isVoided }) => isVoided);
  if (voided.length > 0)
    await db.execute(sql`
      insert into completion_correction (completion_id, reason)
      select c.id, 'prov'
      from jsonb_to_recordset(${json(voided)}) as r (who text, module text, "on" date)
      join person p on p.employee_number = r.who
      join completion c on c.person_id = p.id and c.module_slug = r.module and c.completed_on = r."on"`);
}

const audience = sql`(case when r.titles is not null then 'titles' when r.managers then 'managers' else 'all'
  end)::requirement_audience`;

/** Rules as the query takes them to try. */
export async function toRules(db: Executor, rules: readonly WorldRule[], asOf: string): Promise<Rule[]> {
  const units = await db.execute<{ id: number; code: string }>(sql`select id, code from unit`);
  const ids = new Map(units.map(({ id, code }) => [code, id]));
  return rules
    .filter(({ from, until }) => (from === null || from <= asOf) && (until === null || asOf < until))
    .map(({ module, unit, managers, titles, months }) => ({
      moduleSlug: module,
      unitId: unit ? (ids.get(unit) ?? null) : null,
      audience: titles ? 'titles' : managers ? 'managers' : 'all',
      titles: titles ?? null,
      validityMonths: months,
    }));
}
