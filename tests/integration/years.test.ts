import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fingerprintFacts } from '#db/queries/years.ts';
import { setTargets } from '#db/queries/targets.ts';
import { explainFigure } from '#src/features/years/explanation.server.ts';
import { findFixedYear, fixYear, listYears, showYear } from '#src/features/years/years.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { runLine } from '../support/command-line.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, hire, requireModules, voidCompletion } from '../support/staff.ts';
import { addActor } from '../support/training.ts';

let database: TestDatabase;
let top: number;
let people: string[];
let completions: string[];
let coordinator: Awaited<ReturnType<typeof addActor>>;

const at = (day: string) => setClock(() => new Date(`${day}T10:00:00Z`));

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await requireModules(db, ['grundkurs']);
  top = await addUnit(db, 'K', 'municipality');
  const large = await addUnit(db, 'STOR', 'department', top);
  const small = await addUnit(db, 'LITEN', 'department', top);
  people = [];
  for (let index = 0; index < 60; index++) people.push(await hire(db, large));
  const between = await addUnit(db, 'MELLAN', 'department', top);
  for (let index = 0; index < 8; index++) await hire(db, small);
  for (let index = 0; index < 30; index++) {
    const person = await hire(db, between);
    if (index < 15) await complete(db, person, 'grundkurs', '2023-05-01');
  }
  completions = [];
  for (const person of people.slice(0, 20))
    completions.push(await complete(db, person, 'grundkurs', '2025-05-01'));
  await setTargets(db, [{ unitId: top, year: 2025, percent: 50 }]);
  coordinator = await addActor(db, { role: 'samordnare' });
});
afterAll(() => database.drop());
afterEach(() => setClock(null));

const municipality = async () => {
  const fixed = await findFixedYear(2025);
  return fixed?.rows.map(({ code, hidden, completed, employed }) =>
    hidden ? `${code} dold` : `${code} ${completed}/${employed}`,
  );
};

describe('A year', () => {
  test('can be fixed by the coordinator and not by an employee, a manager, or anonymous', async () => {
    at('2026-02-01');
    const { db } = database;
    await expect(fixYear(null, { year: 2025 })).rejects.toMatchObject({ code: 'not-signed-in' });
    for (const other of [await addActor(db), await addActor(db, { role: 'redaktor' })])
      await expect(fixYear(other, { year: 2025 })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(listYears(await addActor(db))).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('is refused before it has ended, and where no organisation was known', async () => {
    at('2025-12-31');
    expect(await fixYear(coordinator, { year: 2025 })).toEqual({ kind: 'not-ended' });
    expect(await fixYear(coordinator, { year: 2010 })).toEqual({ kind: 'no-figures' });
  });

  test('stores its figures once, whoever asks again and however many do at once', async () => {
    at('2026-02-01');
    const asked = await Promise.all([1, 2, 3].map(() => fixYear(coordinator, { year: 2025 })));
    expect(asked.map(({ kind }) => kind).sort()).toEqual(['fixed', 'unchanged', 'unchanged']);
    expect(await municipality()).toEqual(['K 35/98', 'LITEN dold', 'MELLAN dold', 'STOR 20/60']);
    expect(await showYear(coordinator, 2025)).toMatchObject({ isUnchanged: true, changes: [] });
  });

  test('stays as it was fixed when a fact is corrected, and says what was', async () => {
    at('2026-03-01');
    const { db } = database;
    await voidCompletion(db, completions[0]!);
    await complete(db, people[40]!, 'grundkurs', '2025-06-01');
    await complete(db, people[41]!, 'grundkurs', '2025-06-02');
    await complete(db, people[42]!, 'grundkurs', '2026-01-02');
    expect(await municipality()).toEqual(['K 35/98', 'LITEN dold', 'MELLAN dold', 'STOR 20/60']);
    const detail = await showYear(coordinator, 2025);
    expect(detail?.isUnchanged).toBe(false);
    expect(detail?.changes.map(({ kind, changes, reason }) => [kind, changes, reason]).sort()).toEqual([
      ['completion-added', 2, null],
      ['completion-voided', 1, 'fel person'],
    ]);
    const stor = detail?.pairs.find(({ code }) => code === 'STOR');
    expect([stor?.fixed?.completed, stor?.now?.completed, stor?.differs]).toEqual([20, 21, true]);
  });

  test('is fixed again only with a reason, and keeps both', async () => {
    at('2026-03-02');
    expect(await fixYear(coordinator, { year: 2025 })).toEqual({ kind: 'needs-reason' });
    const again = await fixYear(coordinator, { year: 2025, reason: 'Sena uppgifter' });
    expect(again).toMatchObject({ kind: 'fixed', revision: 2 });
    expect(await municipality()).toEqual(['K 36/98', 'LITEN dold', 'MELLAN dold', 'STOR 21/60']);
    const detail = await showYear(coordinator, 2025);
    expect(detail?.revisions.map(({ revision, reason }) => [revision, reason])).toEqual([
      [2, 'Sena uppgifter'],
      [1, null],
    ]);
    expect(detail?.isUnchanged).toBe(true);
  });

  test('is not disturbed by what happens afterwards: an employment that ends, a target of another year', async () => {
    at('2026-04-01');
    const { db } = database;
    await db.execute(
      sql`update employment set valid = '[2020-01-01,2026-03-31)' where person_id = ${people[50]!}`,
    );
    await setTargets(db, [{ unitId: top, year: 2026, percent: 90 }]);
    expect(await showYear(coordinator, 2025)).toMatchObject({ isUnchanged: true, changes: [] });
  });

  test('tells of a later change to an employment, a unit, a target and a requirement of that year', async () => {
    at('2026-05-01');
    const { db } = database;
    await db.execute(
      sql`update employment set valid = '[2020-01-01,2025-10-01)' where person_id = ${people[51]!}`,
    );
    await db.execute(sql`update unit_period set name = 'Stora' where name = 'Enhet STOR'`);
    await setTargets(db, [{ unitId: top, year: 2025, percent: 60 }]);
    await db.execute(sql`update requirement set validity_months = 36`);
    const detail = await showYear(coordinator, 2025);
    expect(detail?.isUnchanged).toBe(false);
    expect(detail?.changes.map(({ kind }) => kind).sort()).toEqual([
      'employment-changed',
      'requirement-changed',
      'target-changed',
      'unit-changed',
    ]);
  });
});

describe('The fingerprint of the facts', () => {
  test('changes with the facts of its day and with no others', async () => {
    const { db } = database;
    const [before, other] = [
      await fingerprintFacts(db, '2025-12-31'),
      await fingerprintFacts(db, '2024-12-31'),
    ];
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(other).not.toBe(before);
    await hire(db, top, { valid: '[2026-01-01,)' });
    expect(await fingerprintFacts(db, '2025-12-31')).toBe(before);
    await hire(db, top, { valid: '[2025-12-31,)' });
    expect(await fingerprintFacts(db, '2025-12-31')).not.toBe(before);
    expect(await fingerprintFacts(db, '2024-12-31')).toBe(other);
  });
});

describe('The explanation of a figure', () => {
  test('tells the counts, the rules, where the target comes from and what was fixed', async () => {
    at('2026-05-01');
    const told = await explainFigure(null, 'STOR', new URLSearchParams({ datum: '2025-12-31' }));
    expect(told).toMatchObject({
      unit: { completed: 21, employed: 59 },
      targetFrom: { code: 'K' },
      rules: [{ course: 'grundkurs', unit: null, audience: 'all', validityMonths: 36 }],
      fixed: { year: 2025, revision: 2, row: { completed: 21, employed: 60 } },
    });
    expect(told?.fixed?.changes).toContainEqual({ kind: 'employment-changed', changes: 1 });
  });

  test('hides what is hidden, fixed or not', async () => {
    at('2026-05-01');
    const told = await explainFigure(null, 'LITEN', new URLSearchParams({ datum: '2025-12-31' }));
    const hidden = { hidden: true, completed: null, employed: null, outcome: null };
    expect(told).toMatchObject({ unit: hidden, fixed: { row: hidden } });
  });

  test('says nothing of fixed figures for another day, and nothing at all for a day that is not one', async () => {
    at('2026-05-01');
    expect(
      (await explainFigure(null, 'STOR', new URLSearchParams({ datum: '2025-12-30' })))?.fixed,
    ).toBeNull();
    expect(await explainFigure(null, 'STOR', new URLSearchParams({ datum: 'igår' }))).toBeNull();
    await expect(explainFigure(null, 'FINNS-INTE', new URLSearchParams())).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('The command line', () => {
  const run = (line: string) => runLine(line, { url: database.url });

  test('fixes a year that has ended, once, and tells what it is', async () => {
    at('2026-06-01');
    const first = await run('year fix 2024');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toMatch(/^2024 är fastställt, omgång 1: 4 enheter\.\nFingeravtryck: [0-9a-f]{64}\n$/);
    const again = await run('year fix 2024');
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('redan fastställt');
  });

  test.each([
    ['year fix 2026', 'inte slut än'],
    ['year fix 2025', '--reason'],
    ['year fix 25', 'fyra siffror'],
    ['year show 2023', 'inte fastställt'],
  ])('refuses %s with a reason', async (line, reason) => {
    at('2026-06-01');
    const { code, out, err } = await run(line);
    expect([code === 0, out]).toEqual([false, '']);
    expect(err).toContain(reason);
  });

  test('shows a fixed year beside what is counted now, and its rows as files', async () => {
    at('2026-06-01');
    const { code, out } = await run('year show 2025');
    expect(code).toBe(0);
    expect(out).toContain('Skäl: Sena uppgifter');
    expect(out).toContain('Enhet K (K)');
    expect(out).toContain('1 anställning har rättats');
    expect((await run('year show 2025 --format csv')).out).toContain(
      '2025-12-31;STOR;Enhet STOR;forvaltning;50,0;35,0;21;60;false',
    );
    expect(JSON.parse((await run('year show 2025 --format json')).out).rows).toHaveLength(4);
  });
});
