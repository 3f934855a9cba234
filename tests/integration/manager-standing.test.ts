import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertVersion, upsertModule } from '#db/queries/modules.ts';
import { setTargets } from '#db/queries/targets.ts';
import { requirement, waiver } from '#db/schema/rules.ts';
import { attempt, moduleVersion } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { showStaffList, takeStaffFile, type StaffRow } from '#src/features/manager/manager.server.ts';
import { parseListChoice } from '#src/features/manager/manager.ts';
import { addDays, setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, employ, hire, listLooks, TODAY, voidCompletion } from '../support/staff.ts';
import { FORDJUPNING, publishSampleCourse } from '../support/training.ts';

let database: TestDatabase;
let unit: number;
let parent: number;
let manager: string;
let number = 0;

beforeAll(async () => {
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
  database = await createTestDatabase();
  await publishSampleCourse(database.db);
  await upsertModule(database.db, { slug: 'nykrav', kind: 'fordjupning', position: 9 });
});

afterAll(async () => {
  setClock(null);
  await database.drop();
});

beforeEach(async () => {
  number += 1;
  const { db } = database;
  await db.execute(sql`delete from requirement`);
  await db.insert(requirement).values({ moduleSlug: 'grundkurs', valid: '(,)' });
  parent = await addUnit(db, `M${number}`, 'municipality');
  unit = await addUnit(db, `S${number}`, 'department', parent);
  manager = await hire(db, unit, { name: 'Cilla Chef', title: 'rektor', isManager: true });
});

const asManager = (personId: string): Actor => ({
  accountId: personId,
  personId,
  name: 'Chef',
  role: 'medarbetare',
  isManager: true,
  isProtected: false,
});
const show = (query = '', who = manager) =>
  showStaffList(asManager(who), parseListChoice(new URLSearchParams(query)));
const namesOf = async (query: string) => (await show(query)).people.map(({ name }) => name);
const rowOf = async (name: string): Promise<StaffRow> =>
  (await show()).people.find((person) => person.name === name)!;

/** Hands in a knowledge check, right or wrong. */
async function submit(personId: string, slug: string, passed: boolean) {
  const [version] = await database.db
    .select({ id: moduleVersion.id })
    .from(moduleVersion)
    .where(sql`module_slug = ${slug}`);
  await database.db.insert(attempt).values({
    id: crypto.randomUUID(),
    personId,
    moduleVersionId: version!.id,
    answers: {},
    answersHash: Buffer.alloc(32),
    correct: passed ? 5 : 1,
    questions: 5,
    passed,
    submittedAt: new Date(`${TODAY}T08:00:00Z`),
  });
}

async function waive(personId: string, valid: string, moduleSlug = 'grundkurs') {
  await database.db.insert(waiver).values({ personId, moduleSlug, valid, reason: 'föräldraledig' });
}

describe('The status of a required course', () => {
  test('is started by one check handed in or one part completed, and no more than that is told', async () => {
    const { db } = database;
    const tried = await hire(db, unit, { name: 'Försökt' });
    for (let times = 0; times < 3; times += 1) await submit(tried, 'del-2', false);
    const half = await hire(db, unit, { name: 'Halvvägs' });
    await complete(db, half, 'del-1', '2026-02-01');
    const taken = await hire(db, unit, { name: 'Taget tillbaka' });
    await voidCompletion(db, await complete(db, taken, 'del-1', '2026-02-01'));
    const other = await hire(db, unit, { name: 'Frivillig' });
    await submit(other, FORDJUPNING, true);
    await complete(db, other, FORDJUPNING, '2026-02-01');
    const { people } = await show();
    expect(people.map(({ name, courses }) => [name, courses])).toEqual([
      ['Cilla Chef', [course('not-started')]],
      ['Frivillig', [course('not-started')]],
      ['Försökt', [course('started')]],
      ['Halvvägs', [course('started')]],
      ['Taget tillbaka', [course('not-started')]],
    ]);
    expect(await namesOf('visa=paborjad')).toEqual(['Försökt', 'Halvvägs']);
    expect(await namesOf('visa=saknas')).toHaveLength(5);
  });

  test('is completed with the day it runs out, and expired from that day on', async () => {
    const { db } = database;
    await db.execute(sql`update requirement set validity_months = 24`);
    const soon = await hire(db, unit, { name: 'Snart' });
    await complete(db, soon, 'grundkurs', '2024-06-16');
    const later = await hire(db, unit, { name: 'Senare' });
    await complete(db, later, 'grundkurs', '2025-06-15');
    const over = await hire(db, unit, { name: 'Över' });
    await complete(db, over, 'grundkurs', '2024-06-15');
    expect((await rowOf('Snart')).courses).toEqual([
      course('completed', { completedOn: '2024-06-16', expiresOn: '2026-06-16' }),
    ]);
    expect((await rowOf('Över')).courses).toEqual([course('expired', { completedOn: '2024-06-15' })]);
    expect(await namesOf('visa=gar-ut')).toEqual(['Snart']);
    expect(await namesOf('visa=genomford')).toEqual(['Senare', 'Snart']);
    expect(await namesOf('visa=saknas')).toEqual(['Cilla Chef', 'Över']);
    expect(await namesOf('sortera=status')).toEqual(['Cilla Chef', 'Över', 'Senare', 'Snart']);
  });

  test('runs out within 90 days, the ninetieth included', async () => {
    const { db } = database;
    await db.execute(sql`update requirement set validity_months = 12`);
    for (const [name, days] of [
      ['Nittionde', 90],
      ['Nittioförsta', 91],
    ] as const) {
      const on = addDays(TODAY, days);
      await complete(db, await hire(db, unit, { name }), 'grundkurs', `2025${on.slice(4)}`);
    }
    expect(await namesOf('visa=gar-ut')).toEqual(['Nittionde']);
  });

  test('runs out when a new requirement has overtaken the version', async () => {
    const { db } = database;
    await db.insert(requirement).values({ moduleSlug: 'nykrav', valid: '(,)' });
    const version = { moduleSlug: 'nykrav', quiz: null, sections: [] };
    await insertVersion(db, { ...version, title: 'Ett', contentHash: '1' });
    await insertVersion(db, { ...version, title: 'Två', contentHash: '2' });
    await db.execute(sql`
      insert into version_requirement (module_version_id, older_count_until, reason)
      select id, '2026-07-31', 'ny lag' from module_version where module_slug = 'nykrav' and version = 2`);
    await complete(db, await hire(db, unit, { name: 'Maja' }), 'nykrav', '2025-01-01');
    expect((await rowOf('Maja')).courses[1]).toMatchObject({ status: 'completed', expiresOn: '2026-08-01' });
    expect(await namesOf('visa=gar-ut')).toEqual(['Maja']);
  });

  test('is not required where no rule asks it of the person', async () => {
    const { db } = database;
    await db.execute(sql`delete from requirement`);
    await upsertModule(db, { slug: 'extra', kind: 'fordjupning', position: 2 });
    await db.insert(requirement).values([
      { moduleSlug: 'grundkurs', valid: '(,)', audience: 'managers' },
      { moduleSlug: FORDJUPNING, valid: '(,)', audience: 'titles', titles: ['kurator'], unitId: unit },
      { moduleSlug: 'extra', valid: '(,)', audience: 'titles', titles: ['ingen sådan'] },
    ]);
    const kurator = await hire(db, unit, { name: 'Kim Kurator', title: 'Kurator' });
    await complete(db, kurator, FORDJUPNING, '2025-01-01');
    await hire(db, unit, { name: 'Lo Lärare' });
    const hidden = await hire(db, unit, { name: 'Hemlig', isProtected: true, title: 'ingen sådan' });
    const list = await show();
    expect(
      list.courses.map(({ slug }) => slug),
      'what only a protected person must have is not told',
    ).toEqual(['grundkurs', FORDJUPNING]);
    expect(list.people.map(({ name, courses }) => [name, courses.map(({ status }) => status)])).toEqual([
      ['Cilla Chef', ['not-started', 'not-required']],
      ['Kim Kurator', ['not-required', 'completed']],
      ['Lo Lärare', ['not-required', 'not-required']],
    ]);
    expect(list.totals).toEqual({ people: 3, completed: 1, leavesProtectedOut: true });
    expect(await namesOf('visa=saknas')).toEqual(['Cilla Chef']);
    expect(await namesOf('visa=genomford')).toEqual(['Kim Kurator']);
    expect(hidden).toBeTruthy();
  });

  test('shows a waiver with its last day while the course is not completed', async () => {
    const { db } = database;
    const away = await hire(db, unit, { name: 'Borta' });
    await waive(away, '[2026-01-01,2026-09-01)');
    await waive(away, '[2026-06-01,2026-07-01)');
    await waive(away, '[2025-01-01,2026-06-15)');
    const done = await hire(db, unit, { name: 'Klar' });
    await waive(done, '[2026-01-01,2026-09-01)');
    await complete(db, done, 'grundkurs', '2026-02-02');
    expect((await rowOf('Borta')).courses).toEqual([course('not-started', { waivedUntil: '2026-08-31' })]);
    expect((await rowOf('Klar')).courses).toEqual([course('completed', { completedOn: '2026-02-02' })]);
    expect((await show()).totals.completed, 'a waiver is no completion').toBe(1);
  });
});

describe('New employees', () => {
  test('are those in the first 90 days of an unbroken employment in the municipality', async () => {
    const { db } = database;
    const hireFrom = (name: string, from: string) => hire(db, unit, { name, valid: `[${from},)` });
    const first = addDays(TODAY, -89);
    await hireFrom('Dag ett', TODAY);
    await hireFrom('Dag nittio', first);
    await hireFrom('Dag nittioett', addDays(first, -1));
    const moved = await hireFrom('Bytt enhet', '2026-06-01');
    await employ(db, moved, parent, { valid: '[2022-01-01,2026-06-01)' });
    const back = await hireFrom('Tillbaka', '2026-06-01');
    await employ(db, back, parent, { valid: '[2022-01-01,2026-05-31)' });
    const both = await hireFrom('Två jobb', '2026-06-01');
    await employ(db, both, parent, { valid: '[2022-01-01,)' });
    await complete(db, back, 'grundkurs', '2023-01-01');
    expect(await namesOf('visa=nya')).toEqual(['Dag ett', 'Dag nittio', 'Tillbaka']);
    const { newcomers } = await show();
    expect(newcomers.present).toEqual({ people: 3, completed: 1, leavesProtectedOut: false });
    expect(newcomers.pastYear).toMatchObject({ people: 1, completed: 0 });
  });

  test('of the past year count as done when they had the course on their ninetieth day', async () => {
    const { db } = database;
    const from = '2025-10-01';
    const ninetieth = addDays(from, 89);
    const begin = async (name: string, completedOn: string | null, valid = `[${from},)`) => {
      const person = await hire(db, unit, { name, valid });
      if (completedOn) await complete(db, person, 'grundkurs', completedOn);
      return person;
    };
    await begin('I tid', ninetieth);
    await begin('Dagen efter', addDays(ninetieth, 1));
    await begin('Redan innan', '2024-01-01');
    await begin('Aldrig', null);
    await begin('För ett år sedan', null, '[2025-06-15,)');
    await begin('Nyss ett år', null, '[2025-06-16,)');
    await begin('Slutade', ninetieth, `[${from},2026-03-01)`);
    expect((await show()).newcomers.pastYear).toEqual({ people: 5, completed: 2, leavesProtectedOut: false });
    await db.execute(sql`update requirement set validity_months = 12`);
    expect((await show()).newcomers.pastYear.completed, 'what had run out by then is no completion').toBe(1);
  });

  test('with protected identity are left out, however many they are', async () => {
    const { db } = database;
    const valid = `[2026-06-01,)`;
    await hire(db, unit, { name: 'Ny', valid });
    for (let index = 0; index < 9; index += 1) {
      await complete(db, await hire(db, unit, { isProtected: true, valid }), 'grundkurs', '2026-06-05');
    }
    expect((await show()).newcomers.present).toEqual({ people: 1, completed: 0, leavesProtectedOut: true });
    await hire(db, unit, { isProtected: true, valid });
    expect((await show()).newcomers.present).toEqual({ people: 1, completed: 0, leavesProtectedOut: true });
  });
});

describe('The units right below', () => {
  test('stand in full with target, without protected people, and only where there are any', async () => {
    const { db } = database;
    const [first, second] = [
      await addUnit(db, `A${number}`, 'team', unit),
      await addUnit(db, `B${number}`, 'team', unit),
    ];
    const leader = await hire(db, first, { name: 'Ledare', isManager: true });
    await complete(db, await hire(db, first), 'grundkurs', '2026-03-01');
    await complete(db, await hire(db, first, { isProtected: true }), 'grundkurs', '2026-03-01');
    await hire(db, second);
    await setTargets(db, [{ unitId: unit, year: 2026, percent: 80 }]);
    const { below } = await show();
    expect(below.map(({ code, completed, employed, target }) => [code, completed, employed, target])).toEqual(
      [
        [`A${number}`, 1, 2, 80],
        [`B${number}`, 0, 1, 80],
      ],
    );
    expect((await show('', leader)).below).toEqual([]);
  });
});

describe('Year by year', () => {
  test('a small unit is in full, without its few protected people, and today is the figure above', async () => {
    const { db } = database;
    const maja = await hire(db, unit, { name: 'Maja' });
    await complete(db, maja, 'grundkurs', '2024-05-01');
    const hidden = await hire(db, unit, { isProtected: true });
    await complete(db, hidden, 'grundkurs', '2024-05-01');
    const left = await hire(db, unit, { isProtected: true, valid: '[2020-01-01,2025-01-01)' });
    await complete(db, left, 'grundkurs', '2024-05-01');
    const { trend, totals } = await show();
    const years = trend.filter(({ year }) => year >= 2024);
    expect(years.map(({ year, row }) => [year, row?.completed, row?.employed])).toEqual([
      [2024, 1, 2],
      [2025, 1, 2],
      [2026, 1, 2],
    ]);
    expect(totals).toEqual({ people: 2, completed: 1, leavesProtectedOut: true });
  });

  test('of a year when the unit was not below hers is hidden like for everyone', async () => {
    const { db } = database;
    const team = await addUnit(db, `T${number}`, 'team', parent);
    await db.execute(sql`update unit_period set valid = '[2020-01-01,2026-01-01)' where unit_id = ${team}`);
    await db.execute(sql`insert into unit_period (unit_id, parent_id, kind, name, valid)
      values (${team}, ${unit}, 'team', 'Flyttad', '[2026-01-01,)')`);
    await complete(db, await hire(db, team), 'grundkurs', '2024-05-01');
    const { trend } = await show(`enhet=T${number}`);
    const years = trend.filter(({ year }) => year >= 2024);
    expect(years.map(({ year, row }) => [year, row?.hidden, row?.completed])).toEqual([
      [2024, true, null],
      [2025, true, null],
      [2026, false, 1],
    ]);
  });
});

describe('The list as a file', () => {
  test('holds all pages of what was chosen, is logged as a file, and nobody protected is in it', async () => {
    const { db } = database;
    for (let index = 0; index < 60; index += 1) await hire(db, unit, { name: `Namn ${index}` });
    await hire(db, unit, { name: 'Hemlig', isProtected: true });
    const choice = parseListChoice(new URLSearchParams('sok=namn&ordning=fallande&sida=2'));
    const file = await takeStaffFile(asManager(manager), choice);
    expect(file.people).toHaveLength(60);
    expect(file.people[0]?.name).toBe('Namn 9');
    expect(JSON.stringify(file)).not.toContain('Hemlig');
    const looks = (await listLooks(db)).filter(({ viewer }) => viewer === manager);
    expect(looks).toEqual([
      {
        viewer: manager,
        unitId: unit,
        purpose: 'file',
        people: file.people.map(({ personId }) => personId).sort(),
      },
    ]);
    const stranger = await hire(db, parent, { isManager: false });
    await expect(takeStaffFile({ ...asManager(stranger), isManager: false }, choice)).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(takeStaffFile(asManager(manager), { ...choice, enhet: `M${number}` })).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });
});

function course(status: string, known: object = {}) {
  return { slug: 'grundkurs', status, completedOn: null, expiresOn: null, waivedUntil: null, ...known };
}
