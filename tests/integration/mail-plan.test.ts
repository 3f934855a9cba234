import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertQuietPeriod, setKinds } from '#db/queries/mail-log.ts';
import { insertNotifications } from '#db/queries/notifications.ts';
import { notification, notificationSwitch, quietPeriod } from '#db/schema/notifications.ts';
import { person } from '#db/schema/organisation.ts';
import { requirement, waiver } from '#db/schema/rules.ts';
import { planMails, readPlanning } from '#src/features/notifications/plan.server.ts';
import { addDays, setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, employ, hire, requireModules } from '../support/staff.ts';

/** A Monday, past the days of the monthly digest. */
const DAY = '2026-06-15';
let database: TestDatabase;
let municipality: number;
let school: number;

beforeAll(async () => {
  Object.assign(process.env, {
    SMTP_URL: 'smtp://localhost:2525',
    MAIL_FROM: 'Utbildning <utbildning@exempel.test>',
    PUBLIC_ORIGIN: 'https://kurs.exempel.test',
  });
});
afterAll(() => {
  for (const name of ['SMTP_URL', 'MAIL_FROM', 'PUBLIC_ORIGIN']) delete process.env[name];
  setClock(null);
});
beforeEach(async () => {
  database = await createTestDatabase();
  municipality = await addUnit(database.db, 'M', 'municipality');
  school = await addUnit(database.db, 'S', 'department', municipality);
  await requireModules(database.db, ['grundkurs']);
  at(DAY);
  return () => database.drop();
});

const at = (day: string) => setClock(() => new Date(`${day}T08:00:00Z`));
const withAddress = async (personId: string, email = 'maja@exempel.test') => {
  await database.db.update(person).set({ email }).where(eq(person.id, personId));
  return personId;
};
const hired = async (daysAgo: number, options: Parameters<typeof hire>[2] = {}) =>
  withAddress(await hire(database.db, school, { valid: `[${addDays(DAY, -daysAgo)},)`, ...options }));
const mailsTo = (personId: string) =>
  database.db
    .select()
    .from(notification)
    .where(eq(notification.personId, personId))
    .orderBy(notification.createdAt);
const kindsTo = async (personId: string) => (await mailsTo(personId)).map(({ kind }) => kind);
/** As if the mails so far had been written earlier. */
const agePast = (days: number) =>
  database.db.execute(sql`update notification set created_at = created_at - make_interval(days => ${days})`);

describe('Who is new', () => {
  test('is invited once, with the day when it must be done', async () => {
    const maja = await hired(3);
    expect(await planMails()).toBe(1);
    const [mail] = await mailsTo(maja);
    expect(mail).toMatchObject({ kind: 'invitation', status: 'queued', tries: 0 });
    expect(mail!.text).toContain('10 september 2026');
    await agePast(30);
    expect(await planMails()).toBe(0);
  });

  test('is told again before 90 days are over, and not after', async () => {
    const late = await hired(61);
    const tooLate = await hired(90);
    await planMails();
    expect(await kindsTo(late)).toEqual(['due']);
    expect(await kindsTo(tooLate)).toEqual([]);
  });

  test('is not written to when it is done, excused, without address or no longer employed', async () => {
    const { db } = database;
    await complete(db, await hired(3), 'grundkurs', addDays(DAY, -1));
    const excused = await hired(3);
    await db.insert(waiver).values({
      personId: excused,
      moduleSlug: 'grundkurs',
      valid: `[${DAY},${DAY}]`,
      reason: 'föräldraledig',
    });
    await hire(db, school, { valid: `[${addDays(DAY, -3)},)` });
    await withAddress(await hire(db, school, { valid: `[${addDays(DAY, -30)},${DAY})` }));
    expect(await readPlanning(db, DAY)).toEqual({ plans: [], withoutAddress: 1 });
    // The day after, nobody is excused any more.
    expect((await readPlanning(db, addDays(DAY, 1))).plans.map(({ person }) => person.personId)).toEqual([
      excused,
    ]);
  });

  test('is one who has not just changed unit or title', async () => {
    const { db } = database;
    const moved = await hired(3);
    await employ(db, moved, await addUnit(db, 'T', 'team', school), {
      valid: `[2020-01-01,${addDays(DAY, -3)})`,
    });
    await planMails();
    expect(await kindsTo(moved)).toEqual([]);
  });
});

test('A new requirement is told to those who lack the course, with 90 days from when it began', async () => {
  const { db } = database;
  const maja = await hired(1000);
  const title = await hired(1000, { title: 'Kurator' });
  await complete(db, maja, 'grundkurs', '2025-01-01');
  await complete(db, title, 'grundkurs', '2025-01-01');
  await requireModules(db, []);
  await db.execute(sql`insert into module (slug, kind, position) values ('mer', 'fordjupning', 1)`);
  await db.insert(requirement).values({
    moduleSlug: 'mer',
    audience: 'titles',
    titles: ['kurator'],
    valid: `[${addDays(DAY, -2)},)`,
  });
  await planMails();
  expect(await kindsTo(maja)).toEqual([]);
  const [mail] = await mailsTo(title);
  expect(mail!.kind).toBe('due');
  expect(mail!.text).toContain('Din arbetsgivare har bestämt');
  expect(mail!.text).toContain('11 september 2026');
});

test('One who has moved to where a course is required has 90 days from the move', async () => {
  const { db } = database;
  const team = await addUnit(db, 'T', 'team', school);
  await db.execute(sql`insert into module (slug, kind, position) values ('mer', 'fordjupning', 1)`);
  await db.insert(requirement).values({ moduleSlug: 'mer', unitId: team, valid: '[2020-01-01,)' });
  const maja = await withAddress(await hire(db, school, { valid: `[2020-01-01,${addDays(DAY, -10)})` }));
  await employ(db, maja, team, { valid: `[${addDays(DAY, -10)},)` });
  await complete(db, maja, 'grundkurs', '2024-01-01');
  const { plans } = await readPlanning(db, DAY);
  expect(plans.map(({ contents }) => contents)).toEqual([
    { newRequirement: { courses: 1, day: addDays(DAY, 80) } },
  ]);
});

test('One whose completion is about to expire is told 90 and 30 days before, each once', async () => {
  const { db } = database;
  await db.update(requirement).set({ validityMonths: 12 });
  const maja = await hired(1000);
  // Counts until 14 August.
  await complete(db, maja, 'grundkurs', '2025-08-14');
  const told: string[] = [];
  for (let day = '2026-05-01'; day < '2026-08-20'; day = addDays(day, 1)) {
    at(day);
    if ((await planMails()) > 0) told.push(day);
    await agePast(8);
  }
  // 16 May is a Saturday.
  expect(told).toEqual(['2026-05-18', '2026-07-15']);
  expect((await mailsTo(maja))[0]!.subject).toBe('Dags att förnya en utbildning');
});

test('Several things for one person on one day are one mail', async () => {
  const { db } = database;
  await db.execute(
    sql`insert into module (slug, kind, position) values ('mer', 'fordjupning', 1), ('annat', 'fordjupning', 2)`,
  );
  await db.insert(requirement).values([
    { moduleSlug: 'mer', valid: '(,)', validityMonths: 12 },
    { moduleSlug: 'annat', valid: `[${addDays(DAY, -1)},)` },
  ]);
  const maja = await hired(65, { isManager: true });
  await complete(db, maja, 'mer', addDays(DAY, -350));
  expect(await planMails()).toBe(1);
  const [mail] = await mailsTo(maja);
  expect(mail).toMatchObject({ kind: 'due', subject: 'Du har utbildning att göra klar' });
  expect(mail!.text).toContain('slutar gälla');
  expect(mail!.text).toContain('har bestämt');
  expect(mail!.text).toContain('göra klar senast');
});

describe('A manager', () => {
  test('is told once a month how the unit and those below stand, without a name', async () => {
    const { db } = database;
    const team = await addUnit(db, 'T', 'team', school);
    const manager = await withAddress(await hire(db, school, { isManager: true, valid: '[2020-01-01,)' }));
    await complete(db, manager, 'grundkurs', '2025-01-01');
    for (const [index, daysAgo] of [200, 200, 5].entries()) {
      const one = await hire(db, team, {
        name: `Namnet Nr${index}`,
        valid: `[${addDays('2026-06-02', -daysAgo)},)`,
      });
      if (index === 0) await complete(db, one, 'grundkurs', '2025-12-01');
    }
    await hire(db, team, { name: 'Skyddad', isProtected: true });
    at('2026-06-02');
    expect(await planMails()).toBe(1);
    const [mail] = await mailsTo(manager);
    expect(mail!.kind).toBe('digest');
    expect(mail!.text).toContain('50,0\u00a0% har gjort klart');
    expect(mail!.text).toContain('2 personer har inte gjort det');
    expect(mail!.text).toContain('1 person började');
    expect(`${mail!.text}${mail!.html}`).not.toMatch(/Namnet|Skyddad|Enhet [MST]/);
    await agePast(8);
    at('2026-06-11');
    expect(await planMails()).toBe(0);
    await agePast(30);
    at('2026-07-01');
    expect(await planMails()).toBe(1);
  });
});

describe('Nobody is written to', () => {
  test('on a weekend or in a quiet period; it is said afterwards', async () => {
    const maja = await hired(3);
    await insertQuietPeriod(database.db, { from: DAY, until: '2026-06-19', note: null });
    for (let day = DAY; day <= '2026-06-21'; day = addDays(day, 1)) {
      at(day);
      expect(await planMails()).toBe(0);
    }
    await database.db.delete(quietPeriod);
    at('2026-06-22');
    expect(await planMails()).toBe(1);
    expect(await kindsTo(maja)).toEqual(['invitation']);
  });

  test('of a kind that is switched off', async () => {
    await hired(3);
    await setKinds(database.db, [{ kind: 'invitation', isOn: false }]);
    expect(await planMails()).toBe(0);
    await database.db.update(notificationSwitch).set({ isOn: true });
    expect(await planMails()).toBe(1);
  });

  test('within a week of the last mail, be it from a manager, but for those about occasions', async () => {
    const { db } = database;
    const maja = await hired(3);
    const write = (kind: 'event' | 'reminder') =>
      db.transaction((tx) =>
        insertNotifications(tx, [{ kind, personId: maja, key: kind, subject: 's', text: 't', html: 'h' }]),
      );
    await write('event');
    await write('reminder');
    await db.execute(sql`update notification set created_at = ${`${DAY}T07:00:00Z`}::timestamptz`);
    expect(await planMails()).toBe(0);
    at(addDays(DAY, 4));
    expect(await planMails()).toBe(0);
    await db.execute(sql`delete from notification where kind = 'reminder'`);
    expect(await planMails()).toBe(1);
  });

  test('where no mail server is set', async () => {
    await hired(3);
    const url = process.env['SMTP_URL'];
    delete process.env['SMTP_URL'];
    try {
      expect(await planMails()).toBe(0);
    } finally {
      process.env['SMTP_URL'] = url;
    }
  });
});

test('Two planners at once write each mail once', async () => {
  for (let n = 0; n < 30; n += 1) await hired(3);
  const written = await Promise.all([planMails(), planMails(), planMails()]);
  expect(written.toSorted((a, b) => a - b)).toEqual([0, 0, 30]);
});

test('What one mail has told, no other can', async () => {
  const { db } = database;
  const maja = await hired(3);
  const write = (key: string) =>
    db.transaction((tx) =>
      insertNotifications(tx, [
        { kind: 'due', personId: maja, key, subject: 's', text: 't', html: 'h', items: ['samma sak'] },
      ]),
    );
  expect(await write('a')).toBe(1);
  expect(await write('a')).toBe(0);
  await expect(write('b')).rejects.toThrow();
  expect(await kindsTo(maja)).toEqual(['due']);
});
