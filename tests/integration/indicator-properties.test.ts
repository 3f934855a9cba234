import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Connection, type Transaction } from '#db/client.ts';
import { queryIndicator, type IndicatorQuestion, type UnitFigures } from '#db/queries/indicator.ts';
import { toCsv, toJson } from '#src/features/indicator/indicator-files.ts';
import { branchOf, ancestorsOf, childrenOf } from '#src/features/indicator/indicator.ts';
import { showAll, suppress } from '#src/features/indicator/suppression.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { countNaively, type World, type WorldRule } from '../support/indicator-oracle.ts';
import {
  apart,
  DAYS,
  jobFor,
  rulesFor,
  toRules,
  UNREQUIRED,
  worlds,
  writeModules,
  writeWorld,
} from '../support/indicator-worlds.ts';

/** Worlds per property. In the long form: PROPERTY_RUNS=1000, and 20000 over a night. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25);
const PATIENCE = 60_000 + RUNS * 2000;

/** The days themselves and those beside them. */
const ASKED = [...DAYS, '2019-12-31', '2020-02-28', '2020-03-01', '2021-07-01', '2023-12-31'];
const day = fc.constantFrom(...ASKED);

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  // One connection: it prepares each form of the query once, for all worlds.
  connection = connect(database.url, { max: 1 });
  await writeModules(connection.db);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

class Undo extends Error {}

/** What `run` finds with a world in the database, of which nothing is left behind. */
async function inWorld<T>(world: World, run: (tx: Transaction) => Promise<T>): Promise<T> {
  const found: T[] = [];
  const work = connection.db.transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_generic_plan`);
    await writeWorld(tx, world);
    found.push(await run(tx));
    throw new Undo();
  });
  await work.catch((error) => {
    if (!(error instanceof Undo)) throw error;
  });
  return found[0] as T;
}

const rowsIn = (world: World, question: IndicatorQuestion) =>
  inWorld(world, (tx) => queryIndicator(tx, question));

/** Checks a property with as many worlds as are asked for. */
const check = <Ts extends [unknown, ...unknown[]]>(
  given: { [K in keyof Ts]: fc.Arbitrary<Ts[K]> },
  property: (...values: Ts) => Promise<void>,
): Promise<void> => fc.assert(fc.asyncProperty<Ts>(...given, property), { numRuns: RUNS });

const codesOf = (world: World) => world.units.map(({ code }) => code);
const withPeople = (world: World, change: (person: World['people'][number]) => World['people'][number]) => ({
  ...world,
  people: world.people.map(change),
});
const countsOf = ({ employed, completed, directEmployed, directCompleted }: UnitFigures) =>
  [employed, completed, directEmployed, directCompleted].join();
/** Counts by unit, without those of the units named. */
const countsByUnit = (rows: readonly UnitFigures[], without: ReadonlySet<string> = new Set()) =>
  Object.fromEntries(rows.flatMap((row) => (without.has(row.code) ? [] : [[row.code, countsOf(row)]])));
const aboveAndSelf = (rows: readonly UnitFigures[], code: string) => [
  ...ancestorsOf(rows, code).map((row) => row.code),
  code,
];

test(
  'The indicator is what counting by hand gives, for any organisation, rules and day, also when asked again',
  () =>
    check([worlds, fc.shuffledSubarray(ASKED, { minLength: 3, maxLength: 4 })], async (world, days) => {
      await inWorld(world, async (tx) => {
        for (const asOf of [...days, ...days.slice(0, 1)])
          expect(await queryIndicator(tx, { asOf }), asOf).toEqual(countNaively(world, asOf));
      });
    }),
  PATIENCE,
);

/** What is known of a world at the end of a day. */
function knownOn(world: World, asOf: string): World {
  const begun = <T extends { from: string | null; until: string | null }>(list: readonly T[]) =>
    list
      .filter(({ from }) => from === null || from <= asOf)
      .map((it) => ({ ...it, until: it.until !== null && it.until > asOf ? null : it.until }));
  return {
    units: world.units.map(({ code, periods }) => ({ code, periods: begun(periods) })),
    people: world.people.map(({ employments, completions }) => ({
      employments: begun(employments),
      completions: completions.filter(({ on }) => on <= asOf),
    })),
    requirements: begun(world.requirements),
    versions: (world.versions ?? []).filter(({ until }) => until < asOf),
    targets: world.targets.filter(({ year }) => year <= Number(asOf.slice(0, 4))),
  };
}

test(
  'What happens after a day never changes the figures of that day',
  () =>
    check([worlds, day], async (world, asOf) => {
      expect(await rowsIn(world, { asOf })).toEqual(await rowsIn(knownOn(world, asOf), { asOf }));
    }),
  PATIENCE,
);

test(
  'A person counts once in a unit however many employments she has there and below',
  () =>
    check(
      [worlds.chain((world) => fc.tuple(fc.constant(world), jobFor(codesOf(world)))), day],
      async ([world, job], asOf) => {
        const [first, ...others] = world.people;
        const before = first!.employments;
        const after = apart([...before, job], ({ unit }) => unit);
        const now = await rowsIn(
          { ...world, people: [{ ...first!, employments: after }, ...others] },
          { asOf },
        );
        const then = new Map((await rowsIn(world, { asOf })).map((row) => [row.code, row]));
        const placesOf = (jobs: typeof after) =>
          new Set(
            jobs
              .filter(({ from, until }) => from <= asOf && (until === null || asOf < until))
              .flatMap(({ unit }) => (then.has(unit) ? aboveAndSelf(now, unit) : [])),
          );
        const [had, has] = [placesOf(before), placesOf(after)];
        for (const { code, employed } of now)
          expect([code, employed]).toEqual([
            code,
            then.get(code)!.employed + (has.has(code) && !had.has(code) ? 1 : 0),
          ]);
      },
    ),
  PATIENCE,
);

test(
  'No figure is larger than what it is part of, and no unit than the sum of what it consists of',
  () =>
    check([worlds, day], async (world, asOf) => {
      const rows = await rowsIn(world, { asOf });
      const below = childrenOf(rows);
      for (const row of rows) {
        const parts = below.get(row.code) ?? [];
        const sum = (key: 'employed' | 'completed') => parts.reduce((total, part) => total + part[key], 0);
        expect(row.completed).toBeLessThanOrEqual(row.employed);
        expect(row.directCompleted).toBeLessThanOrEqual(row.directEmployed);
        expect(row.employed).toBeLessThanOrEqual(sum('employed') + row.directEmployed);
        expect(row.completed).toBeLessThanOrEqual(sum('completed') + row.directCompleted);
        expect(row.employed - row.completed).toBeLessThanOrEqual(
          sum('employed') - sum('completed') + row.directEmployed - row.directCompleted,
        );
        for (const part of parts) {
          expect(part.employed).toBeLessThanOrEqual(row.employed);
          expect(part.completed).toBeLessThanOrEqual(row.completed);
        }
        expect(
          Math.min(row.completed, row.directCompleted, row.employed - row.directEmployed),
        ).toBeGreaterThanOrEqual(0);
      }
    }),
  PATIENCE,
);

test(
  'A completion of what nobody must have changes nothing',
  () =>
    check([worlds, day], async (world, asOf) => {
      const more = withPeople(world, ({ employments, completions }) => ({
        employments,
        completions: [...completions, { module: UNREQUIRED, on: '2020-01-31', isVoided: false }],
      }));
      expect(await rowsIn(more, { asOf })).toEqual(await rowsIn(world, { asOf }));
    }),
  PATIENCE,
);

test(
  'A voided completion counts as if it had never been',
  () =>
    check([worlds, day], async (world, asOf) => {
      const without = withPeople(world, ({ employments, completions }) => ({
        employments,
        completions: completions.filter(({ isVoided }) => !isVoided),
      }));
      expect(await rowsIn(world, { asOf })).toEqual(await rowsIn(without, { asOf }));
    }),
  PATIENCE,
);

test(
  'Moving a unit changes the counts of the units above it, before and after, and of no others',
  () =>
    check([worlds, day, fc.nat(), fc.nat()], async (made, asOf, which, where) => {
      // What is required must not depend on the place, or the unit's own figures change too.
      const world = { ...made, requirements: made.requirements.map((rule) => ({ ...rule, unit: null })) };
      const before = await rowsIn(world, { asOf });
      const movable = before.filter(({ parentCode }) => parentCode !== null);
      const unit = movable[which % movable.length];
      if (!unit) return;
      const branch = new Set(branchOf(before, unit.code).map(({ code }) => code));
      const places = before.filter(({ code }) => !branch.has(code));
      const parent = places[where % places.length]!.code;
      const units = world.units.map(({ code, periods }) => ({
        code,
        periods: periods.map((it) =>
          code === unit.code && (it.from ?? '') <= asOf && (it.until === null || asOf < it.until)
            ? { ...it, parent }
            : it,
        ),
      }));
      const after = await rowsIn({ ...world, units }, { asOf });
      const touched = new Set([...aboveAndSelf(before, unit.parentCode!), ...aboveAndSelf(after, parent)]);
      expect(countsByUnit(after, touched)).toEqual(countsByUnit(before, touched));
      expect(after.find(({ code }) => code === unit.code)?.parentCode).toBe(parent);
    }),
  PATIENCE,
);

test(
  'A shorter validity never adds to those who have completed',
  () =>
    check([worlds, day], async (world, asOf) => {
      const tighter = (rule: WorldRule): WorldRule => ({ ...rule, months: rule.months === null ? 12 : 1 });
      const requirements = world.requirements.map(tighter);
      const then = new Map((await rowsIn(world, { asOf })).map((row) => [row.code, row]));
      for (const { code, employed, completed } of await rowsIn({ ...world, requirements }, { asOf })) {
        expect(employed).toBe(then.get(code)!.employed);
        expect(completed).toBeLessThanOrEqual(then.get(code)!.completed);
      }
    }),
  PATIENCE,
);

test(
  'A new requirement never adds to those who have completed',
  () =>
    check([worlds, day], async (world, asOf) => {
      const before = new Map(
        (await rowsIn({ ...world, versions: [] }, { asOf })).map((row) => [row.code, row.completed]),
      );
      for (const { code, completed } of await rowsIn(world, { asOf }))
        expect(completed).toBeLessThanOrEqual(before.get(code)!);
    }),
  PATIENCE,
);

test(
  'A branch has the rows that it has among the whole',
  () =>
    check([worlds, day], async (world, asOf) => {
      await inWorld(world, async (tx) => {
        const whole = await queryIndicator(tx, { asOf });
        for (const unitCode of codesOf(world))
          expect(await queryIndicator(tx, { asOf, unitCode }), unitCode).toEqual(branchOf(whole, unitCode));
      });
    }),
  PATIENCE,
);

test(
  'Rules that are tried give the figures that they give once they are saved',
  () =>
    check(
      [worlds.chain((world) => fc.tuple(fc.constant(world), rulesFor(codesOf(world)))), day],
      async ([world, requirements], asOf) => {
        const tried = await inWorld(world, async (tx) =>
          queryIndicator(tx, { asOf, rules: await toRules(tx, requirements, asOf) }),
        );
        expect(tried).toEqual(await rowsIn({ ...world, requirements }, { asOf }));
      },
    ),
  PATIENCE,
);

test(
  'CSV and JSON have the rows and figures that the query gave',
  () =>
    check([worlds, day], async (world, asOf) => {
      const counted = await rowsIn(world, { asOf });
      for (const rows of [suppress(counted), showAll(counted)]) {
        const decimal = (value: number | null) => value?.toFixed(1).replace('.', ',') ?? '';
        const expected = rows.map((row) => ({
          enhetskod: row.code,
          mal: row.target,
          utfall: row.outcome,
          antal_genomfort: row.completed,
          antal_anstallda: row.employed,
          dold: row.hidden,
        }));
        const csv: Record<string, string>[] = parse(toCsv(rows, asOf), {
          bom: true,
          delimiter: ';',
          columns: true,
        });
        expect(csv.map(({ datum: _datum, enhet: _enhet, typ: _typ, ...cells }) => cells)).toEqual(
          expected.map((row) => ({
            enhetskod: row.enhetskod,
            mal: decimal(row.mal),
            utfall: decimal(row.utfall),
            antal_genomfort: String(row.antal_genomfort ?? ''),
            antal_anstallda: String(row.antal_anstallda ?? ''),
            dold: String(row.dold),
          })),
        );
        const json = toJson(rows, asOf).rows;
        expect(json.map(({ datum: _datum, enhet: _enhet, typ: _typ, ...cells }) => cells)).toEqual(expected);
      }
    }),
  PATIENCE,
);
