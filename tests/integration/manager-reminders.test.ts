import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requirement, waiver } from '#db/schema/rules.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { previewReminders, sendReminders } from '#src/features/manager/reminders.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { runWhileBlocked } from '../support/blocked.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, hire, listLooks, requireModules, TODAY } from '../support/staff.ts';

let database: TestDatabase;
let unit: number;
let below: number;
let manager: string;
let number = 0;

const MAIL = {
  SMTP_URL: 'smtp://127.0.0.1:2525',
  MAIL_FROM: 'kurs@exempel.se',
  PUBLIC_ORIGIN: 'https://kurs.exempel.se',
};

beforeAll(async () => {
  database = await createTestDatabase();
  await requireModules(database.db, ['grundkurs']);
});

afterAll(async () => {
  setClock(null);
  for (const name of Object.keys(MAIL)) delete process.env[name];
  await database.drop();
});

beforeEach(async () => {
  atDay(TODAY);
  Object.assign(process.env, MAIL);
  number += 1;
  const { db } = database;
  unit = await addUnit(db, `M${number}`, 'municipality');
  below = await addUnit(db, `S${number}`, 'team', unit);
  manager = await hire(db, unit, { name: 'Cilla Chef', isManager: true, email: 'cilla@exempel.se' });
  await complete(db, manager, 'grundkurs', '2025-01-01');
});

afterEach(async () => {
  await database.db.execute(sql`delete from notification_switch`);
});

function atDay(day: string) {
  setClock(() => new Date(`${day}T10:00:00Z`));
}

const asManager = (personId: string): Actor => ({
  accountId: personId,
  personId,
  name: 'Chef',
  role: 'medarbetare',
  isManager: true,
  isProtected: false,
});
const preview = async (who = manager, code?: string) =>
  (await previewReminders(asManager(who), code)).rows!.map(({ name, reminder }) => [name, reminder]);
const send = (people: string[], who = manager, enhet: string | undefined = undefined) =>
  sendReminders(asManager(who), { enhet, person: people });
const hireReachable = (name: string, unitId = unit) =>
  hire(database.db, unitId, { name, email: `${crypto.randomUUID()}@exempel.se` });
const mailsTo = async (person: string) => [
  ...(await database.db.execute<{ kind: string; subject: string; text: string; html: string }>(sql`
    select kind, subject, text, html from notification where person_id = ${person}`)),
];

describe('The preview', () => {
  test('shows exactly who would get a reminder, and why the others would not', async () => {
    const { db } = database;
    const ready = await hireReachable('Redo');
    const excused = await hireReachable('Undantagen');
    await db.insert(waiver).values({
      personId: excused,
      moduleSlug: 'grundkurs',
      valid: '[2026-01-01,2026-09-01)',
      reason: 'ledig',
    });
    const without = await hire(db, unit, { name: 'Utan adress' });
    const reminded = await hireReachable('Påmind');
    await send([reminded]);
    await complete(db, await hireReachable('Klar'), 'grundkurs', '2026-01-01');
    await hire(db, unit, { name: 'Hemlig', isProtected: true, email: 'hemlig@exempel.se' });
    const deep = await hireReachable('Under', below);
    expect(await preview()).toEqual([
      ['Påmind', { kind: 'reminded', on: TODAY }],
      ['Redo', { kind: 'ready' }],
      ['Undantagen', { kind: 'waived', until: '2026-08-31' }],
      ['Under', { kind: 'ready' }],
      ['Utan adress', { kind: 'unreachable' }],
    ]);
    const looks = (await listLooks(db)).filter(({ viewer }) => viewer === manager);
    expect(looks).toEqual([
      {
        viewer: manager,
        unitId: unit,
        purpose: 'reminder',
        people: [deep, excused, ready, reminded, without].sort(),
      },
    ]);
  });

  test('of a unit that is not hers does not exist, and without a unit there is none', async () => {
    const other = await addUnit(database.db, `O${number}`, 'team', unit);
    const lead = await hire(database.db, below, { isManager: true });
    await expect(preview(lead, `O${number}`)).rejects.toMatchObject({ code: 'not-found' });
    const theirs = await hireReachable('Annans', other);
    await expect(send([theirs], lead, `O${number}`)).rejects.toMatchObject({ code: 'not-found' });
    expect(await send([theirs], lead)).toMatchObject({ kind: 'sent', reminders: 0 });
    expect(await mailsTo(theirs)).toEqual([]);
    const nobody = await hire(database.db, unit);
    await expect(preview(nobody)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(sendReminders(null, {})).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('asks for a smaller unit where there are too many to look through, and shows nobody', async () => {
    const { db } = database;
    await db.execute(sql`
      with someone as (insert into person (name, is_protected) select 'Namn ' || n, false from generate_series(1, 501) n returning id)
      insert into employment (person_id, unit_id, title, valid) select id, ${below}, 'lärare', '[2020-01-01,)' from someone`);
    expect((await previewReminders(asManager(manager), undefined)).rows).toBe(null);
    expect((await listLooks(db)).filter(({ viewer }) => viewer === manager)).toEqual([]);
  });
});

describe('Reminders', () => {
  test('go to those chosen who would get one, in words that name nothing and nobody', async () => {
    const { db } = database;
    const chosen = await hireReachable('Vald');
    const unticked = await hireReachable('Bortvald');
    const hidden = await hire(db, unit, { name: 'Hemlig', isProtected: true, email: 'h@exempel.se' });
    const without = await hire(db, unit, { name: 'Utan adress' });
    const done = await hireReachable('Hann bli klar');
    await complete(db, done, 'grundkurs', TODAY);
    expect(await send([chosen, hidden, without, done, 'inget-id'])).toMatchObject({
      kind: 'sent',
      reminders: 1,
    });
    const [mail] = await mailsTo(chosen);
    expect(mail?.kind).toBe('reminder');
    expect(mail?.text).toContain(MAIL.PUBLIC_ORIGIN);
    for (const text of [mail!.subject, mail!.text, mail!.html]) {
      expect(text).not.toMatch(/heder|våld|förtryck|Cilla|Enhet M/i);
    }
    for (const person of [unticked, hidden, without, done]) expect(await mailsTo(person)).toEqual([]);
  });

  test('come once in fourteen days, whoever sends them', async () => {
    const { db } = database;
    const maja = await hireReachable('Maja', below);
    const lead = await hire(db, below, { isManager: true });
    expect(await send([maja])).toMatchObject({ reminders: 1 });
    atDay('2026-06-28');
    expect(await send([maja], lead)).toMatchObject({ reminders: 0 });
    expect(await preview(lead)).toContainEqual(['Maja', { kind: 'reminded', on: TODAY }]);
    atDay('2026-06-29');
    expect(await send([maja], lead)).toMatchObject({ reminders: 1 });
    expect(await mailsTo(maja)).toHaveLength(2);
  });

  test('may be sent again when the last one was cancelled, but not the same day', async () => {
    const maja = await hireReachable('Maja');
    await send([maja]);
    await database.db.execute(sql`
      update notification set status = 'cancelled', settled_at = now() where person_id = ${maja}`);
    expect(await preview()).toContainEqual(['Maja', { kind: 'reminded', on: TODAY }]);
    expect(await send([maja])).toMatchObject({ reminders: 0 });
    atDay('2026-06-16');
    expect(await send([maja])).toMatchObject({ reminders: 1 });
  });

  test('are written once when eight press at the same time, also across midnight', async () => {
    const { db } = database;
    const people = await Promise.all(['A', 'B', 'C'].map((name) => hireReachable(name, below)));
    const lead = await hire(db, below, { isManager: true });
    let call = 0;
    // Half of them call on the day before: their keys differ.
    setClock(() => new Date(call++ % 2 === 0 ? '2026-06-15T21:59:59Z' : '2026-06-15T22:00:01Z'));
    const sent = await runWhileBlocked(database, 'notification', 8, () =>
      Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          send(index % 3 ? people : people.toReversed(), index % 2 ? lead : manager),
        ),
      ),
    );
    expect(sent.reduce((sum, one) => sum + (one.kind === 'sent' ? one.reminders : 0), 0)).toBe(3);
    for (const person of people) expect(await mailsTo(person)).toHaveLength(1);
  });

  test('tell of all open courses in one mail', async () => {
    const { db } = database;
    await requireModules(db, ['hbtq']);
    try {
      const maja = await hireReachable('Maja');
      expect(await send([maja])).toMatchObject({ reminders: 1 });
      expect(await mailsTo(maja)).toHaveLength(1);
      expect((await mailsTo(maja))[0]?.text).toContain('2 utbildningar');
    } finally {
      await db.delete(requirement).where(sql`module_slug = 'hbtq'`);
    }
  });

  test('are not written where no mail leaves, or when they are switched off', async () => {
    const maja = await hireReachable('Maja');
    delete process.env['SMTP_URL'];
    expect((await previewReminders(asManager(manager), undefined)).mail).toBe('no-server');
    expect(await send([maja])).toEqual({ kind: 'no-mail' });
    process.env['SMTP_URL'] = MAIL.SMTP_URL;
    await database.db.execute(sql`insert into notification_switch (kind, is_on) values ('reminder', false)`);
    expect((await previewReminders(asManager(manager), undefined)).mail).toBe('off');
    expect(await send([maja])).toEqual({ kind: 'no-mail' });
    expect(await mailsTo(maja)).toEqual([]);
    await database.db.execute(sql`delete from notification_switch`);
    expect(await send([])).toEqual({ kind: 'nobody-chosen' });
  });
});
