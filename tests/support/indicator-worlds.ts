import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { Executor } from '#db/client.ts';
import type { World, WorldPeriod } from './indicator-oracle.ts';

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
const MODULES = ['grundkurs', 'fordjupning'];
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
const apart = <T extends Range>(list: readonly T[], key: (item: T) => string) =>
  list.reduce<T[]>(
    (kept, next) => (kept.some((it) => key(it) === key(next) && shares(it, next)) ? kept : [...kept, next]),
    [],
  );

const WIDTH = [1, 3, 4, 6];
const units = fc
  .tuple(
    ...KINDS.map((_, level) =>
      fc.array(
        fc.array(
          fc.record({
            range: level === 0 ? fc.constant({ from: null, until: null }) : range,
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
            const isTop = siblings === 0 || parentLevel === 0;
            const parent = isTop
              ? 'm0-0'
              : `${KINDS[parentLevel]!.charAt(0)}${parentLevel}-${parentIndex % siblings}`;
            return { from, until, name, kind: KINDS[level]!, parent: above === null ? null : parent };
          }),
          () => '',
        ),
      })),
    ),
  );

/** Small worlds with everything that can go wrong in one: moves, doubles, voided, expired and missing parts. */
export const worlds: fc.Arbitrary<World> = units.chain((tree) => {
  const unit = fc.constantFrom(...tree.map(({ code }) => code));
  return fc.record({
    units: fc.constant(tree),
    people: fc.array(
      fc.record({
        employments: fc.array(fc.tuple(unit, work), { maxLength: 4 }).map((list) =>
          apart(
            list.map(([code, period]) => ({ unit: code, ...period })),
            (it) => it.unit,
          ),
        ),
        completions: fc.uniqueArray(
          fc.record({
            module: fc.constantFrom(...MODULES),
            on: day,
            isVoided: fc.nat(4).map((chance) => chance === 0),
          }),
          { minLength: 1, maxLength: 4, selector: ({ module, on }) => `${module} ${on}` },
        ),
      }),
      { minLength: 1, maxLength: 9 },
    ),
    requirements: fc
      .array(
        fc.record({
          module: fc.constantFrom(...MODULES),
          range: fc.oneof(range, fc.constant({ from: null, until: null })),
          months: fc.option(fc.constantFrom(1, 12, 24), { freq: 2 }),
        }),
        { maxLength: 3 },
      )
      .map((list) =>
        apart(
          list.map(({ range: period, ...rest }) => ({ ...rest, ...period })),
          (it) => it.module,
        ),
      ),
    targets: fc.uniqueArray(
      fc.record({
        unit,
        year: fc.integer({ min: 2020, max: 2023 }),
        percent: fc.constantFrom(0, 50, 62.5, 100),
      }),
      { maxLength: 5, selector: ({ unit: code, year }) => `${code} ${year}` },
    ),
  });
});

/** Writes a world into an empty database. */
export async function writeWorld(db: Executor, world: World): Promise<void> {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  const period = sql`daterange(r."from", r.until)`;
  await db.execute(sql`
    insert into module (slug, kind, position)
    select value, 'fordjupning', 1 from jsonb_array_elements_text(${json(MODULES)}) on conflict do nothing`);
  await db.execute(
    sql`insert into unit (code) select code from jsonb_to_recordset(${json(world.units)}) as r (code text)`,
  );
  const periods = world.units.flatMap(({ code, periods: all }) => all.map((it) => ({ code, ...it })));
  await db.execute(sql`
    insert into unit_period (unit_id, parent_id, kind, name, valid)
    select u.id, p.id, r.kind, r.name, ${period}
    from jsonb_to_recordset(${json(periods)})
           as r (code text, parent text, kind unit_kind, name text, "from" date, until date)
    join unit u on u.code = r.code left join unit p on p.code = r.parent`);
  await db.execute(sql`
    insert into person (employee_number, name, is_protected)
    select n, n, false from jsonb_array_elements_text(${json(world.people.map((_, index) => `${index}`))}) as r (n)`);
  const employments = world.people.flatMap((it, index) =>
    it.employments.map((job) => ({ who: `${index}`, ...job })),
  );
  await db.execute(sql`
    insert into employment (person_id, unit_id, title, valid)
    select p.id, u.id, '', ${period}
    from jsonb_to_recordset(${json(employments)}) as r (who text, unit text, "from" date, until date)
    join person p on p.employee_number = r.who join unit u on u.code = r.unit`);
  const completions = world.people.flatMap((it, index) =>
    it.completions.map((one) => ({ who: `${index}`, ...one })),
  );
  await db.execute(sql`
    with made as (
      insert into completion (person_id, module_slug, method, rule, completed_at, completed_on)
      select p.id, r.module, 'import', 'prov', (r."on" + time '12:00') at time zone 'Europe/Stockholm', r."on"
      from jsonb_to_recordset(${json(completions)}) as r (who text, module text, "on" date)
      join person p on p.employee_number = r.who
      returning id, person_id, module_slug, completed_on
    )
    insert into completion_correction (completion_id, reason)
    select made.id, 'prov' from made
    join person p on p.id = made.person_id
    join jsonb_to_recordset(${json(completions)}) as r (who text, module text, "on" date, "isVoided" boolean)
      on r.who = p.employee_number and r.module = made.module_slug and r."on" = made.completed_on
    where r."isVoided"`);
  await db.execute(sql`
    insert into requirement (module_slug, valid, validity_months)
    select r.module, ${period}, r.months
    from jsonb_to_recordset(${json(world.requirements)}) as r (module text, "from" date, until date, months int)`);
  await db.execute(sql`
    insert into target (unit_id, year, percent)
    select u.id, r.year, r.percent
    from jsonb_to_recordset(${json(world.targets)}) as r (unit text, year int, percent numeric)
    join unit u on u.code = r.unit`);
}
