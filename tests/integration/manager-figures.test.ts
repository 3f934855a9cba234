import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryIndicator } from '#db/queries/indicator.ts';
import { readStaff } from '#db/queries/manager.ts';
import { setTargets } from '#db/queries/targets.ts';
import { requirement } from '#db/schema/rules.ts';
import { readFigures } from '#src/features/indicator/remembered-figures.server.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, employ, hire, requireModules, TODAY, voidCompletion } from '../support/staff.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

const days = ['2024-06-15', '2025-12-31', '2026-06-14', TODAY];
const modules = ['grundkurs', 'hbtq'];
const world = fc.record({
  validityMonths: fc.option(fc.constantFrom(1, 12, 24), { nil: null }),
  people: fc.array(
    fc.record({
      isProtected: fc.boolean(),
      units: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }),
      until: fc.option(fc.constantFrom('2025-12-31', '2026-01-01', '2026-06-15'), { nil: null }),
      completions: fc.uniqueArray(
        fc.record({
          module: fc.constantFrom(...modules),
          on: fc.constantFrom(
            '2024-06-15',
            '2025-06-15',
            '2025-12-31',
            '2026-01-01',
            '2026-06-15',
            '2026-06-16',
          ),
          isVoided: fc.boolean(),
        }),
        { maxLength: 4, selector: ({ module, on }) => `${module} ${on}` },
      ),
    }),
    { maxLength: 12 },
  ),
});

test("The manager's counts are those of the indicator, for any unit and day", async () => {
  const { db } = database;
  let codes = 0;
  await fc.assert(
    fc.asyncProperty(world, async ({ validityMonths, people }) => {
      const isolated = new Error('roll back');
      await db
        .transaction(async (tx) => {
          // The same tables, but only this world in them.
          const inside = tx as unknown as typeof db;
          await requireModules(inside, modules, validityMonths);
          const code = () => `U${(codes += 1)}`;
          const top = await addUnit(inside, code(), 'municipality');
          const left = await addUnit(inside, code(), 'department', top);
          const right = await addUnit(inside, code(), 'department', top);
          const deep = await addUnit(inside, code(), 'division', left);
          const units = [
            top,
            left,
            right,
            deep,
            await addUnit(inside, code(), 'team', deep),
            await addUnit(inside, code(), 'team', deep),
          ];
          for (const one of people) {
            const valid = `[2020-01-01,${one.until ?? ''})`;
            const [first, ...more] = one.units.map((index) => units[index] as number);
            const person = await hire(inside, first as number, { valid, isProtected: one.isProtected });
            for (const unitId of more) await employ(inside, person, unitId, { valid });
            for (const { module, on, isVoided } of one.completions) {
              const id = await complete(inside, person, module, on);
              if (isVoided) await voidCompletion(inside, id);
            }
          }
          for (const day of days) {
            const rows = await queryIndicator(inside, { asOf: day });
            const ids = new Map(
              (await inside.execute<{ id: number; code: string }>(sql`select id, code from unit`)).map(
                (row) => [row.code, row.id],
              ),
            );
            for (const row of rows) {
              const unitId = ids.get(row.code) as number;
              const { counts } = await readStaff(
                inside,
                { unitId, day, status: 'all', search: '' },
                { sort: 'name', isDescending: false, size: 1, number: 1 },
              );
              expect([row.code, day, counts.people, counts.completed]).toEqual([
                row.code,
                day,
                row.employed,
                row.completed,
              ]);
            }
          }
          throw isolated;
        })
        .catch((error: unknown) => {
          if (error !== isolated) throw error;
        });
    }),
    { numRuns: 20 },
  );
});

describe('Remembered figures', () => {
  test('are those of the facts after any change of them', async () => {
    const { db } = database;
    await requireModules(db, ['grundkurs']);
    const top = await addUnit(db, 'TOP', 'municipality');
    const team = await addUnit(db, 'TEAM', 'department', top);
    const maja = await hire(db, team);
    const ove = await hire(db, team);
    const changes: [string, () => Promise<unknown>][] = [
      ['nothing', async () => undefined],
      ['a completion', () => complete(db, maja, 'grundkurs', '2024-01-01')],
      ['a completion after the first day', () => complete(db, ove, 'grundkurs', '2026-01-01')],
      ['a correction', async () => voidCompletion(db, await complete(db, ove, 'grundkurs', '2023-05-05'))],
      ['someone new', () => hire(db, team)],
      [
        'an employment that ends',
        () =>
          db.execute(sql`update employment set valid = '[2020-01-01,2025-01-01)' where person_id = ${ove}`),
      ],
      ['an employment taken away', () => db.execute(sql`delete from employment where person_id = ${ove}`)],
      ['a target', () => setTargets(db, [{ unitId: top, year: 2025, percent: 40 }])],
      ['another target', () => setTargets(db, [{ unitId: top, year: 2025, percent: 41.5 }])],
      [
        'another name',
        () => db.execute(sql`update unit_period set name = 'Nytt namn' where unit_id = ${team}`),
      ],
      [
        'a unit that ends',
        () =>
          db.execute(sql`update unit_period set valid = '[2020-01-01,2026-01-01)' where unit_id = ${team}`),
      ],
      ['a course that is valid for a year', () => db.update(requirement).set({ validityMonths: 12 })],
      ['one more required course', () => requireModules(db, ['hbtq'])],
    ];
    const seen = new Set<string>();
    for (const [change, make] of changes) {
      await make();
      const figures = await readFigures(db, days);
      for (const day of days) {
        expect([change, figures.get(day)]).toEqual([change, await queryIndicator(db, { asOf: day })]);
      }
      seen.add(JSON.stringify([...figures]));
    }
    expect(seen.size, 'each change but the first must show in some figure').toBeGreaterThanOrEqual(
      changes.length - 2,
    );
  });

  test('are not those of before when a backup is read back and others complete as many', async () => {
    const restored = await createTestDatabase();
    try {
      const { db, sql: raw } = restored;
      await requireModules(db, ['grundkurs']);
      const team = await addUnit(db, 'TEAM', 'municipality');
      const [maja, left] = [await hire(db, team), await hire(db, team, { valid: '[2020-01-01,2021-01-01)' })];
      await complete(db, maja, 'grundkurs', '2024-01-01');
      expect((await readFigures(db, [TODAY])).get(TODAY)?.[0]?.completed).toBe(1);
      // As the command restore does: the tables are emptied, past the guard of facts, and filled again.
      await raw.begin(async (tx) => {
        const facts = ['completion', 'completion_correction', 'attendance'];
        for (const fact of facts)
          await tx`alter table ${tx(fact)} disable trigger ${tx(`${fact}_is_append_only`)}`;
        await tx`truncate ${tx(facts)}, certificate`;
        for (const fact of facts)
          await tx`alter table ${tx(fact)} enable always trigger ${tx(`${fact}_is_append_only`)}`;
      });
      await complete(db, left, 'grundkurs', '2024-01-01');
      expect((await readFigures(db, [TODAY])).get(TODAY)?.[0]?.completed).toBe(0);
    } finally {
      await restored.drop();
    }
  });

  test('are not counted again while nothing that they come from has changed', async () => {
    const { db } = database;
    const [past] = days as [string];
    const before = await readFigures(db, days);
    await complete(db, await hire(db, await addUnit(db, 'LATER', 'municipality')), 'grundkurs', '2026-06-01');
    const [again, more] = [await readFigures(db, days), await readFigures(db, days)];
    expect(more.get(TODAY)).toBe(again.get(TODAY));
    expect(again.get(TODAY)).not.toBe(before.get(TODAY));
    await complete(
      db,
      await hire(db, await addUnit(db, 'LATEST', 'municipality')),
      'grundkurs',
      '2026-06-01',
    );
    const settled = await readFigures(db, days);
    const person = await db.execute<{ id: string }>(sql`select id from person limit 1`);
    await complete(db, person[0]!.id, 'grundkurs', '2026-06-02');
    const after = await readFigures(db, days);
    expect(after.get(past), 'a later completion leaves earlier days alone').toBe(settled.get(past));
    expect(after.get(TODAY)).not.toBe(settled.get(TODAY));
  });
});
