import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryIndicator } from '#db/queries/indicator.ts';
import type { World } from '../support/indicator-oracle.ts';
import { writeModules, writeWorld } from '../support/indicator-worlds.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await writeModules(database.db);
});
afterAll(() => database.drop());

class Undo extends Error {}

/** Runs with a world in the database and leaves nothing of it behind. */
async function inWorld(
  world: World,
  run: (tx: Parameters<typeof queryIndicator>[0]) => Promise<void>,
): Promise<void> {
  const work = database.db.transaction(async (tx) => {
    await writeWorld(tx, world);
    await run(tx);
    throw new Undo();
  });
  await work.catch((error) => {
    if (!(error instanceof Undo)) throw error;
  });
}

const empty: World = { units: [], people: [], requirements: [], targets: [] };
const unit = (
  code: string,
  kind: 'municipality' | 'department',
  parent: string | null,
  from: string | null = null,
) => ({
  code,
  periods: [{ from, until: null, parent, kind, name: code }],
});

describe('the indicator query', () => {
  test('has no rows before the organisation is known', async () => {
    await inWorld({ ...empty, units: [unit('K', 'municipality', null, '2021-01-01')] }, async (tx) => {
      expect(await queryIndicator(tx, { asOf: '2020-12-31' })).toEqual([]);
      expect(await queryIndicator(tx, { asOf: '2021-01-01' })).toHaveLength(1);
    });
  });

  /** One person in one unit, with these completions of the grundkurs. */
  const alone = (
    completions: World['people'][number]['completions'],
    months: number | null = null,
  ): World => ({
    ...empty,
    units: [unit('K', 'municipality', null)],
    people: [{ employments: [{ unit: 'K', from: '2020-01-31', until: '2022-12-31' }], completions }],
    requirements: [{ module: 'grundkurs', from: null, until: null, months }],
  });
  const grundkurs = (on: string, isVoided = false) => ({ module: 'grundkurs', on, isVoided });
  const countedOn = async (world: World, days: string[]) => {
    const found: string[] = [];
    await inWorld(world, async (tx) => {
      for (const asOf of days) {
        const [row] = await queryIndicator(tx, { asOf });
        found.push(`${asOf} ${row?.completed}/${row?.employed}`);
      }
    });
    return found;
  };

  test('counts a completion from the day it was made', async () => {
    expect(await countedOn(alone([grundkurs('2021-12-31')]), ['2021-12-30', '2021-12-31'])).toEqual([
      '2021-12-30 0/1',
      '2021-12-31 1/1',
    ]);
  });

  test('counts a completion until the day its time is up, the last of the month where there is no such day', async () => {
    const world = alone([grundkurs('2022-01-31')], 1);
    expect(await countedOn(world, ['2022-02-27', '2022-02-28'])).toEqual([
      '2022-02-27 1/1',
      '2022-02-28 0/1',
    ]);
  });

  test('does not count a voided completion, but another of the same course', async () => {
    expect(await countedOn(alone([grundkurs('2021-01-01', true)]), ['2021-12-31'])).toEqual([
      '2021-12-31 0/1',
    ]);
    const again = alone([grundkurs('2021-01-01', true), grundkurs('2021-06-30')]);
    expect(await countedOn(again, ['2021-06-29', '2021-06-30'])).toEqual([
      '2021-06-29 0/1',
      '2021-06-30 1/1',
    ]);
  });

  test('counts only who has every required course', async () => {
    const world = alone([
      grundkurs('2021-01-01'),
      { module: 'fordjupning', on: '2021-06-30', isVoided: false },
    ]);
    world.requirements.push({ module: 'fordjupning', from: '2021-02-01', until: null, months: null });
    expect(await countedOn(world, ['2021-01-31', '2021-02-01', '2021-06-30'])).toEqual([
      '2021-01-31 1/1',
      '2021-02-01 0/1',
      '2021-06-30 1/1',
    ]);
  });

  test('counts nobody as completed while no course is required', async () => {
    expect(
      await countedOn({ ...alone([grundkurs('2021-01-01')]), requirements: [] }, ['2021-12-31']),
    ).toEqual(['2021-12-31 0/1']);
  });

  test('counts the employed from their first day to their last', async () => {
    expect(await countedOn(alone([]), ['2020-01-30', '2020-01-31', '2022-12-30', '2022-12-31'])).toEqual([
      '2020-01-30 0/0',
      '2020-01-31 0/1',
      '2022-12-30 0/1',
      '2022-12-31 0/0',
    ]);
  });

  test('counts a person of two departments once in each and once in the municipality', async () => {
    const world: World = {
      ...empty,
      units: [unit('K', 'municipality', null), unit('A', 'department', 'K'), unit('B', 'department', 'K')],
      people: [
        {
          employments: [
            { unit: 'A', from: '2020-01-31', until: null },
            { unit: 'B', from: '2020-01-31', until: null },
          ],
          completions: [{ module: 'grundkurs', on: '2021-01-01', isVoided: false }],
        },
      ],
      requirements: [{ module: 'grundkurs', from: null, until: null, months: null }],
    };
    await inWorld(world, async (tx) => {
      const rows = await queryIndicator(tx, { asOf: '2021-12-31' });
      expect(rows.map(({ code, employed, completed }) => [code, employed, completed])).toEqual([
        ['K', 1, 1],
        ['A', 1, 1],
        ['B', 1, 1],
      ]);
    });
  });
});
