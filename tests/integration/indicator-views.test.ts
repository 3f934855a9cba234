import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setTargets } from '#db/queries/targets.ts';
import { toCsv } from '#src/features/indicator/indicator-files.ts';
import {
  getIndicator,
  getUnitTrend,
  getUnitTrends,
  getUnsuppressedIndicator,
} from '#src/features/indicator/indicator.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, hire, requireModules, TODAY } from '../support/staff.ts';
import { addActor } from '../support/training.ts';

let database: TestDatabase;
/** A department with a small team (8), one that protects it (12) and two large ones. */
const TEAMS = { LITEN: [8, 4], NAST: [12, 6], STOR: [40, 20], HALV: [60, 3] } as const;
let manager: Awaited<ReturnType<typeof addActor>>;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await requireModules(db, ['grundkurs']);
  const top = await addUnit(db, 'K', 'municipality');
  const department = await addUnit(db, 'F', 'department', top);
  for (const [code, [employed, completed]] of Object.entries(TEAMS)) {
    const team = await addUnit(db, code, 'team', department);
    for (let index = 0; index < employed; index += 1) {
      const isManager = code === 'LITEN' && index === 0;
      const personId = await hire(db, team, { isManager });
      if (isManager) manager = { ...(await addActor(db)), personId, isManager };
      if (index < completed)
        await complete(db, personId, 'grundkurs', index % 2 === 0 ? '2021-03-01' : '2024-03-01');
    }
  }
  await setTargets(db, [
    { unitId: top, year: 2022, percent: 50 },
    { unitId: top, year: 2026, percent: 100 },
    { unitId: department, year: 2026, percent: 62.5 },
  ]);
  await setTargets(db, [{ unitId: top, year: 2026, percent: 90 }]);
});
afterAll(() => database.drop());
afterEach(() => setClock(null));
const atNoon = () => setClock(() => new Date(`${TODAY}T10:00:00Z`));

const show = (result: Awaited<ReturnType<typeof getIndicator>>) => {
  if (result.kind !== 'ok') throw new Error(result.kind);
  return result.rows.map(({ code, target, hidden, employed, completed, outcome }) =>
    hidden ? `${code} ${target} dold` : `${code} ${target} ${completed}/${employed} ${outcome}`,
  );
};

describe('the indicator for everyone', () => {
  test('hides small groups and what would reveal them, in tree order, with inherited targets', async () => {
    atNoon();
    expect(show(await getIndicator(null, {}))).toEqual([
      'K 90 33/120 27.5',
      'F 62.5 33/120 27.5',
      'HALV 62.5 3/60 5',
      'LITEN 62.5 dold',
      'NAST 62.5 dold',
      'STOR 62.5 20/40 50',
    ]);
  });

  test('hides the same when only a part is asked for', async () => {
    atNoon();
    const part = await getIndicator(null, { unitCode: 'NAST' });
    expect(show(part)).toEqual(['NAST 62.5 dold']);
    expect(part).toMatchObject({ kind: 'ok', ancestors: [{ code: 'K' }, { code: 'F' }] });
  });

  test('is as it was on an earlier day', async () => {
    atNoon();
    expect(show(await getIndicator(null, { asOf: '2022-12-31', unitCode: 'STOR' }))).toEqual([
      'STOR 50 10/40 25',
    ]);
  });

  test('is refused for days that are none, days to come and units that are not there', async () => {
    atNoon();
    expect(await getIndicator(null, { asOf: '2026-06-31' })).toEqual({ kind: 'invalid-date' });
    expect(await getIndicator(null, { asOf: '2026-06-16' })).toEqual({ kind: 'future-date', today: TODAY });
    for (const unitCode of ['X', 'STOR\0'])
      expect(await getIndicator(null, { unitCode })).toEqual({ kind: 'unknown-unit', asOf: TODAY });
  });

  test('is empty before the organisation is known', async () => {
    atNoon();
    expect(show(await getIndicator(null, { asOf: '2019-12-31' }))).toEqual([]);
  });
});

describe('the indicator for a manager', () => {
  test('shows her own unit in full where that is asked for, and hides the rest', async () => {
    atNoon();
    const rows = show(await getIndicator(manager, { ownUnitsInFull: true }));
    expect(rows).toContain('LITEN 62.5 4/8 50');
    expect(rows).toContain('NAST 62.5 dold');
  });

  test('is that of everyone otherwise, and so are files', async () => {
    atNoon();
    const result = await getIndicator(manager, {});
    expect(show(result)).toEqual(show(await getIndicator(null, {})));
    expect(result.kind === 'ok' && toCsv(result.rows, TODAY)).toContain(
      'LITEN;Enhet LITEN;enhet;62,5;;;;true',
    );
  });

  test('shows nothing more to somebody else who asks for it', async () => {
    atNoon();
    const other = await addActor(database.db);
    expect(show(await getIndicator(other, { ownUnitsInFull: true }))).toEqual(
      show(await getIndicator(null, {})),
    );
    expect(show(await getIndicator(null, { ownUnitsInFull: true }))).toEqual(
      show(await getIndicator(null, {})),
    );
  });
});

describe('the indicator in full', () => {
  test('is for administrators and the command line only', async () => {
    atNoon();
    for (const role of ['medarbetare', 'samordnare', 'redaktor'] as const) {
      const actor = await addActor(database.db, { role });
      await expect(getUnsuppressedIndicator(actor, {})).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(getUnsuppressedIndicator(null, {})).rejects.toMatchObject({ code: 'not-signed-in' });
    const admin = await addActor(database.db, { role: 'admin' });
    expect(show(await getUnsuppressedIndicator(admin, {}))).toContain('LITEN 62.5 4/8 50');
    expect(show(await getUnsuppressedIndicator('cli', {}))).toContain('NAST 62.5 6/12 50');
  });
});

describe('the trend', () => {
  test('has each year from the first completion at its end, and this year as of today', async () => {
    atNoon();
    const points = await getUnitTrend(null, 'STOR');
    expect(points.map(({ year, asOf, row }) => [year, asOf, row?.outcome, row?.target])).toEqual([
      [2021, '2021-12-31', 25, null],
      [2022, '2022-12-31', 25, 50],
      [2023, '2023-12-31', 25, null],
      [2024, '2024-12-31', 50, null],
      [2025, '2025-12-31', 50, null],
      [2026, TODAY, 50, 62.5],
    ]);
  });

  test('hides a year by the tree of that year', async () => {
    atNoon();
    const trends = await getUnitTrends(null, ['LITEN', 'HALV', 'X']);
    expect(trends.get('LITEN')?.map(({ row }) => row?.hidden)).toEqual([true, true, true, true, true, true]);
    expect(trends.get('HALV')?.map(({ row }) => row?.hidden)).not.toContain(true);
    expect(trends.get('X')?.map(({ row }) => row)).toEqual([null, null, null, null, null, null]);
    const own = await getUnitTrend(manager, 'LITEN', { ownUnitsInFull: true });
    expect(own.map(({ row }) => row?.outcome)).toEqual([25, 25, 25, 50, 50, 50]);
  });
});
