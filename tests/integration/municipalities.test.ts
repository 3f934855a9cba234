import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account } from '#db/schema/access.ts';
import { setTargets } from '#db/queries/targets.ts';
import { showCoordinator } from '#src/features/indicator/coordinator-page.server.ts';
import { branchOf } from '#src/features/indicator/indicator.ts';
import { getIndicator, getUnitTrends } from '#src/features/indicator/indicator.server.ts';
import { loadIndicatorPage } from '#src/features/indicator/indicator-page.server.ts';
import { readFigures } from '#src/features/indicator/remembered-figures.server.ts';
import { getDb } from '#src/lib/database.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, employ, hire, requireModules, TODAY } from '../support/staff.ts';

let database: TestDatabase;
/** Departments of three municipalities, with how many are employed and have completed. The last is too small to show. */
const PLAN = {
  A: { 'A-F': [60, 30], 'A-G': [40, 20], 'A-H': [8, 4] },
  B: { 'B-F': [100, 10], 'B-G': [50, 10] },
  C: { 'C-F': [9, 3] },
} as const;
const none = new URLSearchParams();

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await requireModules(db, ['grundkurs']);
  let anyone: string | undefined;
  for (const [code, departments] of Object.entries(PLAN)) {
    const top = await addUnit(db, code, 'municipality');
    await setTargets(db, [{ unitId: top, year: 2026, percent: 50 }]);
    for (const [departmentCode, [employed, completed]] of Object.entries(departments)) {
      const department = await addUnit(db, departmentCode, 'department', top);
      for (let index = 0; index < employed; index += 1) {
        const person = await hire(db, department);
        if (index < completed) await complete(db, person, 'grundkurs', '2023-05-05');
        if (departmentCode === 'A-F' && index === 0) anyone = person;
        if (departmentCode === 'B-F' && index === 0 && anyone) await employ(db, anyone, department);
      }
    }
  }
});
afterAll(() => database.drop());
beforeEach(() => setClock(() => new Date(`${TODAY}T10:00:00Z`)));
afterEach(() => setClock(null));

async function pageOf(unitCode?: string, search = none) {
  return loadIndicatorPage(null, unitCode, search);
}

describe('several municipalities', () => {
  test('stand as rows under a total of those that are shown, which tells nothing of the hidden one', async () => {
    const page = await pageOf();
    if (page.kind !== 'municipalities') throw new Error(page.kind);
    expect(
      page.children.map(({ code, hidden, completed, employed }) => [code, hidden, completed, employed]),
    ).toEqual([
      ['A', false, 54, 108],
      // One of A works in B too.
      ['B', false, 21, 151],
      ['C', true, null, null],
    ]);
    expect(page.total).toEqual({ completed: 75, employed: 259, outcome: 29, shown: 2, hidden: 1 });
    expect(page.years).toEqual([2023, 2024, 2025]);
    const whole = await getIndicator(null, {});
    expect(page.children).toEqual(whole.kind === 'ok' && whole.rows.filter(({ depth }) => depth === 0));
  });

  test('are sorted as asked for, the hidden one last', async () => {
    const page = await pageOf(undefined, new URLSearchParams({ sortera: 'utfall', ordning: 'stigande' }));
    expect(page.kind === 'municipalities' && page.children.map(({ code }) => code)).toEqual(['B', 'A', 'C']);
  });

  test('have pages of their own, each with the figures that the whole has', async () => {
    const whole = await getIndicator(null, {});
    if (whole.kind !== 'ok') throw new Error(whole.kind);
    expect(whole.rows.map(({ code }) => code)).toEqual([
      'A',
      'A-F',
      'A-G',
      'A-H',
      'B',
      'B-F',
      'B-G',
      'C',
      'C-F',
    ]);
    for (const { code } of whole.rows) {
      const part = await getIndicator(null, { unitCode: code });
      expect(part.kind === 'ok' && part.rows).toEqual(branchOf(whole.rows, code));
    }
    const page = await pageOf('A');
    expect(page).toMatchObject({ kind: 'figures', isOneOfSeveral: true, unit: { code: 'A', employed: 108 } });
    expect(await pageOf('A-G')).toMatchObject({
      kind: 'figures',
      isOneOfSeveral: true,
      ancestors: [{ code: 'A' }],
      unit: { code: 'A-G', hidden: true },
    });
  });

  test('are counted once when several ask for the same day', async () => {
    const day = '2024-07-07';
    const [one, two] = await Promise.all([readFigures(getDb(), [day]), readFigures(getDb(), [day])]);
    expect(one.get(day)).toBe(two.get(day));
    expect(one.get(day)).toHaveLength(9);
  });

  test('have trends of their own', async () => {
    const trends = await getUnitTrends(null, ['A', 'B-F', 'C', 'X']);
    const last = (code: string) => trends.get(code)?.at(-1)?.row;
    expect(last('A')).toMatchObject({ completed: 54 });
    expect(last('B-F')).toMatchObject({ completed: 11, employed: 101 });
    expect(last('C')).toMatchObject({ hidden: true });
    expect(last('X')).toBeNull();
  });

  test('that do not exist are not found', async () => {
    expect(await getIndicator(null, { unitCode: 'X' })).toMatchObject({ kind: 'unknown-unit' });
    await expect(pageOf('X')).rejects.toMatchObject({ code: 'not-found' });
    expect(await pageOf(undefined, new URLSearchParams({ datum: '2019-12-31' }))).toMatchObject({
      kind: 'too-early',
    });
  });

  test('are shown to a coordinator one at a time: her own first, then the one she chooses', async () => {
    const { db } = database;
    const [row] = await database.sql<{ id: string }[]>`
      select e.person_id as id from employment e join unit u on u.id = e.unit_id where u.code = 'B-G' limit 1`;
    const personId = row!.id;
    const [own] = await db
      .insert(account)
      .values({ personId, email: 'samordnare@exempel.test', role: 'samordnare' })
      .returning({ id: account.id });
    const actor = {
      accountId: own!.id,
      personId,
      name: 'Namn',
      role: 'samordnare',
      isManager: false,
      isProtected: false,
    } as const;
    const mine = await showCoordinator(actor, none);
    expect(mine.figures).toMatchObject({ unit: { code: 'B' }, isOneOfSeveral: true });
    expect(mine.figures?.children.map(({ code }) => code)).toEqual(['B-F', 'B-G']);
    expect(mine.municipalities.map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    const other = await showCoordinator(actor, new URLSearchParams({ enhet: 'A' }));
    expect(other.years.map(({ code }) => code)).toEqual(['A', 'A-F', 'A-G', 'A-H']);
    expect((await showCoordinator(actor, new URLSearchParams({ enhet: 'A-F' }))).figures?.unit.code).toBe(
      'B',
    );
  });
});

describe('one municipality', () => {
  test('is the page itself, whichever address it is asked for by', async () => {
    const { db, drop } = await createTestDatabase();
    try {
      await requireModules(db, ['grundkurs']);
      const department = await addUnit(db, 'F', 'department', await addUnit(db, 'K', 'municipality'));
      for (let index = 0; index < 20; index += 1) await hire(db, department);
      const page = await pageOf();
      expect(page).toMatchObject({ kind: 'figures', unit: { code: 'K' }, isOneOfSeveral: false });
      expect(await pageOf('K')).toEqual(page);
    } finally {
      await drop();
      process.env['DATABASE_URL'] = database.url;
    }
  });
});
