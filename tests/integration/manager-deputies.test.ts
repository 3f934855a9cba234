import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account } from '#db/schema/access.ts';
import { listLooksAt } from '#db/queries/looks.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { findActor, startSession } from '#src/features/auth/session.server.ts';
import { endDeputyship, nameDeputy, showDeputies } from '#src/features/manager/deputies.server.ts';
import { showStaffList, takeStaffFile } from '#src/features/manager/manager.server.ts';
import { parseListChoice } from '#src/features/manager/manager.ts';
import { getUnitTrend } from '#src/features/indicator/indicator.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { runWhileBlocked } from '../support/blocked.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, hire, requireModules, TODAY } from '../support/staff.ts';

let database: TestDatabase;
let unit: number;
let team: number;
let manager: string;
let number = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  await requireModules(database.db, ['grundkurs']);
});

afterAll(async () => {
  setClock(null);
  await database.drop();
});

beforeEach(async () => {
  atDay(TODAY);
  number += 1;
  const { db } = database;
  const top = await addUnit(db, `M${number}`, 'municipality');
  unit = await addUnit(db, `F${number}`, 'department', top);
  team = await addUnit(db, `T${number}`, 'team', unit);
  manager = await hire(db, unit, { name: 'Cilla Chef', isManager: true });
});

function atDay(day: string) {
  setClock(() => new Date(`${day}T10:00:00Z`));
}

const asActor = (personId: string, isManager = true): Actor => ({
  accountId: personId,
  personId,
  name: 'Någon',
  role: 'medarbetare',
  isManager,
  isProtected: false,
});
const form = (vem: string, more: Record<string, string> = {}) => ({
  enhet: `T${number}`,
  vem,
  fran: TODAY,
  till: '2026-07-15',
  ...more,
});
const name = (vem: string, more = {}, who = manager) => nameDeputy(asActor(who), form(vem, more), true);
const faultOf = async (vem: string, more = {}) => {
  const tried = await name(vem, more);
  return tried.kind === 'invalid' ? tried.faults : tried.kind;
};
/** Somebody with an anställningsnummer of her own, employed in the other team. */
const hireNumbered = async (options: Parameters<typeof hire>[2] = {}) => {
  const employeeNumber = crypto.randomUUID();
  const person = await hire(database.db, unit, { name: 'Dina Deputy', employeeNumber, ...options });
  return { person, employeeNumber };
};
const list = (who: string, query = '') =>
  showStaffList(asActor(who), parseListChoice(new URLSearchParams(query)));

describe('A deputy', () => {
  test('sees what the manager sees, of her unit and those below, from the first day to the last', async () => {
    const { db } = database;
    const below = await addUnit(db, `U${number}`, 'team', team);
    await hire(db, below, { name: 'Maja' });
    const { person, employeeNumber } = await hireNumbered();
    expect(await name(employeeNumber, { fran: '2026-06-20', till: '2026-07-15' })).toEqual({ kind: 'named' });
    const [row] = await db
      .insert(account)
      .values({ personId: person, email: `${person}@exempel.se` })
      .returning({ id: account.id });
    const seen: [string, boolean | undefined, string[] | string][] = [];
    for (const day of ['2026-06-19', '2026-06-20', '2026-07-15', '2026-07-16']) {
      atDay(day);
      const actor = await findActor(await startSession(row!.id));
      const units = await list(person).then(
        ({ units: own }) => own.map(({ code }) => code),
        (error: { code: string }) => error.code,
      );
      seen.push([day, actor?.isManager, units]);
    }
    expect(seen).toEqual([
      ['2026-06-19', false, 'not-allowed'],
      ['2026-06-20', true, [`T${number}`, `U${number}`]],
      ['2026-07-15', true, [`T${number}`, `U${number}`]],
      ['2026-07-16', false, 'not-allowed'],
    ]);
  });

  test('sees the small unit in full year by year, and it says until when', async () => {
    const { db } = database;
    const maja = await hire(db, team, { name: 'Maja' });
    await complete(db, maja, 'grundkurs', '2025-02-01');
    const { person, employeeNumber } = await hireNumbered();
    await name(employeeNumber);
    const { unit: own, trend } = await list(person);
    expect(own).toMatchObject({ code: `T${number}`, deputyUntil: '2026-07-15' });
    expect(trend.at(-1)?.row).toMatchObject({ hidden: false, completed: 1, employed: 1 });
    const others = await getUnitTrend(asActor(person), `F${number}`, { ownUnitsInFull: true });
    expect(others.at(-1)?.row?.hidden).toBe(true);
  });

  test('gets no other unit, and no longer any when she is no longer employed', async () => {
    const { person, employeeNumber } = await hireNumbered({ valid: '[2020-01-01,2026-07-01)' });
    await name(employeeNumber);
    await expect(list(person, `enhet=F${number}`)).rejects.toMatchObject({ code: 'not-found' });
    atDay('2026-07-01');
    await expect(list(person)).rejects.toMatchObject({ code: 'not-allowed' });
    const choice = parseListChoice(new URLSearchParams());
    await expect(takeStaffFile(asActor(person), choice)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('is seen by name by those she has looked at', async () => {
    const { db } = database;
    const maja = await hire(db, team, { name: 'Maja' });
    const { person, employeeNumber } = await hireNumbered();
    await name(employeeNumber);
    await list(person);
    expect(await listLooksAt(db, maja, 10)).toMatchObject([
      { viewer: 'Dina Deputy', unit: `Enhet T${number}` },
    ]);
  });

  test('names no deputies and ends none, and sees none', async () => {
    const { person, employeeNumber } = await hireNumbered();
    await name(employeeNumber);
    const other = await hireNumbered();
    expect(await showDeputies(asActor(person))).toEqual({ kind: 'deputy' });
    await expect(name(other.employeeNumber, {}, person)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(endDeputyship(asActor(person), { avsluta: '1' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  test('of several units sees each of them once, and her own as her own', async () => {
    const { db } = database;
    const second = await addUnit(db, `V${number}`, 'team', unit);
    const { person, employeeNumber } = await hireNumbered();
    await hire(db, second, { name: 'Någon' });
    await name(employeeNumber, { enhet: `T${number}` });
    await name(employeeNumber, { enhet: `V${number}`, till: '2026-06-30' });
    await name(employeeNumber, { enhet: `F${number}`, till: '2026-06-16' });
    expect(
      (await list(person)).units.map(({ code, depth, deputyUntil }) => [code, depth, deputyUntil]),
    ).toEqual([
      [`F${number}`, 0, '2026-06-16'],
      [`T${number}`, 1, '2026-07-15'],
      [`V${number}`, 1, '2026-06-30'],
    ]);
  });
});

describe('A manager', () => {
  test('is shown who it would be before anything is done', async () => {
    const { employeeNumber } = await hireNumbered({ title: 'kurator' });
    const tried = await nameDeputy(asActor(manager), form(employeeNumber), false);
    expect(tried).toMatchObject({
      kind: 'checked',
      unit: { code: `T${number}` },
      candidate: { name: 'Dina Deputy', jobs: [{ title: 'kurator', unit: `Enhet F${number}` }] },
    });
    expect(await showDeputies(asActor(manager))).toMatchObject({ deputies: { present: [], coming: [] } });
  });

  test('finds by anställningsnummer, e-mail address in any case, or the address of the account', async () => {
    const { db } = database;
    const byMail = await hire(db, unit, { email: `Mejl${number}@exempel.se` });
    const byAccount = await hire(db, unit);
    await db.insert(account).values({ personId: byAccount, email: `konto${number}@exempel.se` });
    expect(byMail).not.toBe(byAccount);
    expect(await faultOf(`mejl${number}@EXEMPEL.se`)).toBe('named');
    expect(await faultOf(`konto${number}@exempel.se`)).toBe('named');
  });

  test('gets the same answer for one who is protected, has left, is two, or does not exist', async () => {
    const { db } = database;
    const hidden = await hireNumbered({ isProtected: true });
    const left = await hireNumbered({ valid: '[2020-01-01,2026-06-15)' });
    const email = `samma${number}@exempel.se`;
    await hire(db, unit, { email });
    await hire(db, unit, { email });
    for (const vem of [hidden.employeeNumber, left.employeeNumber, email, 'finns-inte', '%']) {
      expect(await faultOf(vem)).toEqual({ vem: 'unknown' });
    }
  });

  test('is told what is wrong with each field', async () => {
    const { employeeNumber } = await hireNumbered();
    const own = await hireNumbered({ name: 'Chef själv', isManager: true });
    expect(await faultOf('', { fran: '2026-02-30', till: '' })).toEqual({
      vem: 'nobody',
      fran: 'no-day',
      till: 'no-day',
    });
    expect(await faultOf('x', { fran: '2026-06-14' })).toEqual({ fran: 'past' });
    expect(await faultOf('x', { fran: '2027-06-16', till: '2027-06-17' })).toEqual({ fran: 'far' });
    expect(await faultOf('x', { till: '2026-06-14' })).toEqual({ till: 'backwards' });
    expect(await faultOf('x', { till: '2027-06-15' })).toEqual({ till: 'long' });
    expect(await faultOf(own.employeeNumber, { enhet: `F${number}` })).toEqual({ vem: 'manages' });
    expect(await faultOf(employeeNumber, { till: '2027-06-14' })).toBe('named');
    expect(await faultOf(employeeNumber, { fran: '2027-06-14', till: '2027-06-20' })).toEqual({
      vem: 'already',
    });
  });

  test('names for her own units and those below only', async () => {
    const { employeeNumber } = await hireNumbered();
    for (const enhet of [`M${number}`, 'FINNS-INTE']) {
      await expect(name(employeeNumber, { enhet })).rejects.toMatchObject({ code: 'not-found' });
    }
    const lead = await hire(database.db, team, { isManager: true });
    await expect(name(employeeNumber, { enhet: `F${number}` }, lead)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('sees deputies of now, later and before, and can end each at once, which is recorded', async () => {
    const { db } = database;
    const present = await hireNumbered({ name: 'Nu' });
    const coming = await hireNumbered({ name: 'Kommer' });
    atDay('2026-06-01');
    await name(present.employeeNumber, { fran: '2026-06-01' });
    await name((await hireNumbered({ name: 'Var' })).employeeNumber, {
      fran: '2026-06-01',
      till: '2026-06-02',
    });
    atDay(TODAY);
    await name(coming.employeeNumber, { fran: '2026-08-01', till: '2026-08-31' });
    const page = await showDeputies(asActor(manager));
    if (page.kind !== 'manager') throw new Error('is a manager');
    const { deputies } = page;
    expect(
      [deputies.present, deputies.coming, deputies.past].map((rows) => rows.map((row) => row.name)),
    ).toEqual([['Nu'], ['Kommer'], ['Var']]);
    expect(deputies.present[0]).toMatchObject({
      from: '2026-06-01',
      to: '2026-07-15',
      namedBy: 'Cilla Chef',
    });

    const stranger = await hire(db, await addUnit(db, `X${number}`, 'municipality'), { isManager: true });
    const id = String(deputies.present[0]!.id);
    expect(await endDeputyship(asActor(stranger), { avsluta: id })).toBe(false);
    expect(await endDeputyship(asActor(manager), { avsluta: id })).toBe(true);
    await expect(list(present.person)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await endDeputyship(asActor(manager), { avsluta: String(deputies.coming[0]!.id) })).toBe(true);
    expect(await endDeputyship(asActor(manager), { avsluta: String(deputies.past[0]!.id) })).toBe(false);
    expect(await endDeputyship(asActor(manager), { avsluta: 'allt' })).toBe(false);
    const after = await showDeputies(asActor(manager));
    expect(after).toMatchObject({
      deputies: { present: [], coming: [], past: [{ to: '2026-06-02' }, { to: '2026-06-14' }] },
    });
    const changes = await db.execute<{ by: string }>(sql`
      select changed_by as by from rule_change where table_name = 'unit_deputy' and changed_by = ${manager}`);
    expect(changes).toHaveLength(2);
  });

  test('names the same person once when pressing twice', async () => {
    const { person, employeeNumber } = await hireNumbered();
    const tried = await runWhileBlocked(database, 'unit_deputy', 4, () =>
      Promise.all([1, 2, 3, 4].map(() => name(employeeNumber))),
    );
    expect(tried.filter(({ kind }) => kind === 'named')).toHaveLength(1);
    const rows = await database.db.execute(sql`select from unit_deputy where person_id = ${person}`);
    expect(rows).toHaveLength(1);
  });

  test('cannot go through the staff by searching, nor name more than ten for a unit', async () => {
    const lead = await hire(database.db, unit, { isManager: true });
    for (let index = 0; index < 10; index += 1) {
      const { employeeNumber } = await hireNumbered();
      expect((await name(employeeNumber, {}, lead)).kind).toBe('named');
    }
    const { employeeNumber } = await hireNumbered();
    expect(await name(employeeNumber, {}, lead)).toMatchObject({ faults: { enhet: 'full' } });
    for (let index = 0; index < 9; index += 1) await name(`gissning-${index}`, {}, lead);
    const limited = await name('gissning', {}, lead);
    expect(limited.kind).toBe('limited');
  });

  test('is a manager only with an employment: without signing in, or as an employee, nothing is done', async () => {
    await expect(nameDeputy(null, {}, true)).rejects.toMatchObject({ code: 'not-signed-in' });
    const employee = await hire(database.db, unit);
    await expect(showDeputies(asActor(employee, false))).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
