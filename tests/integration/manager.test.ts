import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#src/features/auth/auth.ts';
import { showStaffList } from '#src/features/manager/manager.server.ts';
import { parseListChoice, type CourseCell } from '#src/features/manager/manager.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  addUnit,
  complete,
  employ,
  hire,
  listLooks,
  requireModules,
  TODAY,
  voidCompletion,
} from '../support/staff.ts';

let database: TestDatabase;
let units: Record<'municipality' | 'department' | 'school' | 'other', number>;
let number = 0;

beforeAll(async () => {
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
  database = await createTestDatabase();
  await requireModules(database.db, ['grundkurs']);
});

afterAll(async () => {
  setClock(null);
  await database.drop();
});

beforeEach(async () => {
  number += 1;
  const { db } = database;
  const municipality = await addUnit(db, `M${number}`, 'municipality');
  const department = await addUnit(db, `F${number}`, 'department', municipality);
  const school = await addUnit(db, `S${number}`, 'team', department);
  const other = await addUnit(db, `O${number}`, 'team', department);
  units = { municipality, department, school, other };
});

const asManager = (personId: string): Actor => ({
  accountId: personId,
  personId,
  name: 'Chef',
  role: 'medarbetare',
  isManager: true,
  isProtected: false,
});
const show = (personId: string, query = '') =>
  showStaffList(asManager(personId), parseListChoice(new URLSearchParams(query)));
const hireManager = (unitId: number, valid?: string) =>
  hire(database.db, unitId, {
    name: 'Cilla Chef',
    title: 'rektor',
    isManager: true,
    ...(valid && { valid }),
  });

describe('A manager', () => {
  test('sees who of her unit has the required course and when, and nothing else', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    const done = await hire(db, units.school, { name: 'Maja Klar' });
    await hire(db, units.school, { name: 'Ove Saknar' });
    await hire(db, units.other, { name: 'Annan Enhet' });
    await hire(db, units.school, { name: 'Slutat Förra', valid: '[2020-01-01,2026-06-15)' });
    await hire(db, units.school, { name: 'Börjar Sen', valid: '[2026-06-16,)' });
    await complete(db, done, 'grundkurs', '2024-03-14');

    const list = await show(manager);
    expect(list.people.map(({ name, jobs, courses }) => ({ name, jobs, courses }))).toEqual([
      row('Cilla Chef', 'rektor', null),
      row('Maja Klar', 'lärare', '2024-03-14'),
      row('Ove Saknar', 'lärare', null),
    ]);
    for (const person of list.people)
      expect(Object.keys(person).sort()).toEqual(['courses', 'jobs', 'name', 'personId']);
    expect(list.totals).toEqual({ completed: 1, people: 3, leavesProtectedOut: false });
  });

  test('sees the latest completion that counts: not a voided one, not one after today', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    const maja = await hire(db, units.school, { name: 'Maja' });
    await complete(db, maja, 'grundkurs', '2022-01-10');
    await complete(db, maja, 'grundkurs', '2023-01-10');
    await voidCompletion(db, await complete(db, maja, 'grundkurs', '2024-01-10'));
    await complete(db, maja, 'grundkurs', '2026-06-16');
    const list = await show(manager, 'sok=maja');
    expect(list.people[0]?.courses).toEqual([
      standing('grundkurs', 'completed', { completedOn: '2023-01-10' }),
    ]);
  });

  test('of a department sees all units below it, and each person once with all employments there', async () => {
    const { db } = database;
    const manager = await hireManager(units.department);
    const both = await hire(db, units.school, { name: 'Två Jobb', title: 'lärare' });
    await employ(db, both, units.other, { title: 'kurator' });
    const list = await show(manager);
    expect(list.units.map(({ code, depth }) => [code, depth])).toEqual([
      [`F${number}`, 0],
      [`O${number}`, 1],
      [`S${number}`, 1],
    ]);
    expect(list.people.map(({ name, jobs }) => [name, jobs])).toEqual([
      ['Cilla Chef', [{ title: 'rektor', unit: `Enhet F${number}` }]],
      [
        'Två Jobb',
        [
          { title: 'kurator', unit: `Enhet O${number}` },
          { title: 'lärare', unit: `Enhet S${number}` },
        ],
      ],
    ]);
    const school = await show(manager, `enhet=S${number}`);
    expect(school.people.map(({ name, jobs }) => [name, jobs.length])).toEqual([['Två Jobb', 1]]);
  });

  test('gets no list of a unit that is not hers, as if it did not exist', async () => {
    const manager = await hireManager(units.school);
    for (const code of [`O${number}`, `F${number}`, `M${number}`, 'finns-inte']) {
      await expect(show(manager, `enhet=${code}`)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await looksOf(manager)).toEqual([]);
  });

  test('is one only while her employment lasts, whatever the session says', async () => {
    const left = await hireManager(units.school, '[2020-01-01,2026-06-15)');
    const begins = await hireManager(units.other, '[2026-06-16,)');
    const moved = await hireManager(units.other, '[2020-01-01,2025-12-31)');
    await employ(database.db, moved, units.school, { valid: '[2025-12-31,)' });
    for (const person of [left, begins, moved]) {
      await expect(show(person)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(showStaffList(null, parseListChoice(new URLSearchParams()))).rejects.toMatchObject({
      code: 'not-signed-in',
    });
  });
});

describe('Filter and search', () => {
  test('leave those who lack the course, or those who have it', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    await complete(db, await hire(db, units.school, { name: 'Klar' }), 'grundkurs', '2024-03-14');
    const namesOf = async (query: string) => (await show(manager, query)).people.map(({ name }) => name);
    expect(await namesOf('visa=saknas')).toEqual(['Cilla Chef']);
    expect(await namesOf('visa=genomford')).toEqual(['Klar']);
    expect(await namesOf('visa=alla')).toEqual(['Cilla Chef', 'Klar']);
  });

  test('find a part of a name, Swedish letters in any case, and take wildcards literally', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    for (const name of ['Åsa Öberg', 'Per_Erik', 'Hundra % Säker', String.raw`Back\slash`]) {
      await hire(db, units.school, { name });
    }
    const found = async (sok: string) =>
      (await show(manager, String(new URLSearchParams({ sok })))).people.map(({ name }) => name);
    expect(await found('åSA ö')).toEqual(['Åsa Öberg']);
    expect(await found('%')).toEqual(['Hundra % Säker']);
    expect(await found('_')).toEqual(['Per_Erik']);
    expect(await found('\\')).toEqual([String.raw`Back\slash`]);
    expect(await found("' or 1=1 --")).toEqual([]);
  });

  test('sort in Swedish order, by status and by date', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    const early = await hire(db, units.school, { name: 'Örjan' });
    const late = await hire(db, units.school, { name: 'Ärla' });
    await hire(db, units.school, { name: 'Ådel' });
    await complete(db, early, 'grundkurs', '2021-05-01');
    await complete(db, late, 'grundkurs', '2025-05-01');
    const order = async (query: string) => (await show(manager, query)).people.map(({ name }) => name);
    expect(await order('')).toEqual(['Cilla Chef', 'Ådel', 'Ärla', 'Örjan']);
    expect(await order('ordning=fallande')).toEqual(['Örjan', 'Ärla', 'Ådel', 'Cilla Chef']);
    expect(await order('sortera=status')).toEqual(['Cilla Chef', 'Ådel', 'Ärla', 'Örjan']);
    expect(await order('sortera=datum')).toEqual(['Örjan', 'Ärla', 'Cilla Chef', 'Ådel']);
    expect(await order('sortera=datum&ordning=fallande')).toEqual(['Ärla', 'Örjan', 'Cilla Chef', 'Ådel']);
  });

  test('give each person exactly once over all pages, whatever the order', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    // Everyone is called the same: only the order of the pages keeps them apart.
    for (let index = 0; index < 119; index += 1) await hire(db, units.school, { name: 'Lika Namn' });
    for (const query of ['sortera=namn', 'sortera=status', 'sortera=datum&ordning=fallande']) {
      const pages = await Promise.all([1, 2, 3].map((page) => show(manager, `${query}&sida=${page}`)));
      expect(pages.map(({ people }) => people.length)).toEqual([50, 50, 20]);
      expect(new Set(pages.flatMap(({ people }) => people.map(({ personId }) => personId))).size).toBe(120);
    }
    expect((await show(manager, 'sida=99')).page).toEqual({ number: 3, pages: 3 });
  });
});

describe('People with protected identity', () => {
  test('are a number at the end, whatever is filtered or searched, and never a name or an id', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    const hidden = await hire(db, units.school, { name: 'Hemlig Hallonstråle', isProtected: true });
    await complete(db, hidden, 'grundkurs', '2024-01-01');
    for (const query of [
      '',
      'visa=saknas',
      'visa=genomford',
      'visa=paborjad',
      'visa=gar-ut',
      'visa=nya',
      'sok=Hemlig',
      'sok=inget',
      'sida=7',
      'sortera=datum',
    ]) {
      const list = await show(manager, query);
      expect(list.counts.protectedPeople).toBe(1);
      expect(JSON.stringify(list)).not.toMatch(new RegExp(`Hemlig|${hidden}`));
    }
    expect((await show(manager, 'sok=Hemlig')).counts.matching).toBe(0);
    expect(JSON.stringify(await looksOf(manager))).not.toContain(hidden);
  });

  test('are left out of the total above the names, which would tell what they have done', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    const hidden = await hire(db, units.school, { name: 'Hemlig', isProtected: true });
    await complete(db, hidden, 'grundkurs', '2024-01-01');
    for (let index = 0; index < 7; index += 1) await hire(db, units.school);
    expect((await show(manager)).totals).toEqual({ people: 8, completed: 0, leavesProtectedOut: true });
  });
});

describe('Each look', () => {
  test('is recorded with its unit, its purpose and those who stood on that page', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    const maja = await hire(db, units.school, { name: 'Maja' });
    await hire(db, units.school, { name: 'Skyddad', isProtected: true });
    await show(manager);
    await show(manager, 'sok=maja');
    await show(manager, 'sok=ingen');
    const look = { viewer: manager, unitId: units.school, purpose: 'required-courses' };
    expect(await looksOf(manager)).toEqual([
      { ...look, people: [manager, maja].sort() },
      { ...look, people: [maja] },
      { ...look, people: [] },
    ]);
  });

  test('that cannot be recorded shows nothing', async () => {
    const { db } = database;
    const manager = await hireManager(units.school);
    await db.execute(sql`
      create function refuse_look() returns trigger language plpgsql as 'begin raise exception ''disk full''; end'`);
    await db.execute(
      sql`create trigger refuse before insert on list_look_person execute function refuse_look()`,
    );
    try {
      await expect(show(manager)).rejects.toThrow();
      expect(await looksOf(manager)).toEqual([]);
    } finally {
      await db.execute(sql`drop function refuse_look cascade`);
    }
  });
});

function row(name: string, title: string, completedOn: string | null) {
  return {
    name,
    jobs: [{ title, unit: `Enhet S${number}` }],
    courses: [standing('grundkurs', completedOn ? 'completed' : 'not-started', { completedOn })],
  };
}

function standing(slug: string, status: CourseCell['status'], known: Partial<CourseCell> = {}): CourseCell {
  return { slug, status, completedOn: null, expiresOn: null, waivedUntil: null, ...known };
}

async function looksOf(manager: string) {
  return (await listLooks(database.db)).filter(({ viewer }) => viewer === manager);
}
