import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listQuietPeriods } from '#db/queries/mail-log.ts';
import { insertNotifications } from '#db/queries/notifications.ts';
import { notification, notificationItem, notificationTry, quietPeriod } from '#db/schema/notifications.ts';
import { person } from '#db/schema/organisation.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { changeMailing, showMailLog } from '#src/features/notifications/mail-log.server.ts';
import { mailLogChoiceSchema } from '#src/features/notifications/notifications.schema.ts';
import { countPreview } from '#src/features/notifications/preview.server.ts';
import { fewOr } from '#src/features/notifications/preview.ts';
import { notifications as words } from '#src/i18n/notifications.ts';
import { addDays, setClock } from '#src/lib/clock.ts';
import { runLine } from '../support/command-line.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openMailbox } from '../support/mailbox.ts';
import { startTestSite } from '../support/site.ts';
import { addUnit, hire, requireModules } from '../support/staff.ts';

/** A Saturday: the next day for mails is Monday. */
const DAY = '2026-06-20';
const MONDAY = '2026-06-22';
let database: TestDatabase;
let school: number;

beforeAll(async () => {
  setClock(() => new Date(`${DAY}T10:00:00Z`));
  database = await createTestDatabase();
  const municipality = await addUnit(database.db, 'M', 'municipality');
  school = await addUnit(database.db, 'S', 'department', municipality);
  await requireModules(database.db, ['grundkurs']);
});
afterAll(async () => {
  setClock(null);
  await database.drop();
});
beforeEach(async () => {
  await database.db.delete(notificationItem);
  await database.db.execute(
    sql`update notification set status = 'cancelled', settled_at = now() where status <> 'cancelled'`,
  );
});

const actor = (role: Actor['role']): Actor => ({
  accountId: 'a',
  personId: 'p',
  name: 'Admin',
  role,
  isManager: false,
  isProtected: false,
});
const admin = actor('admin');
const show = (query: Record<string, string> = {}) => showMailLog(admin, mailLogChoiceSchema.parse(query));
const post = (fields: Record<string, string | string[]>, who: Actor | null = admin) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) form.append(name, one);
  return changeMailing(who, form);
};

let number = 0;
async function newcomer(options: Parameters<typeof hire>[2] = {}) {
  number += 1;
  const personId = await hire(database.db, school, { valid: `[${addDays(DAY, -3)},)`, ...options });
  const change = {
    email: `hemlig${number}@exempel.test`,
    employeeNumber: `90${String(number).padStart(3, '0')}`,
  };
  await database.db.update(person).set(change).where(eq(person.id, personId));
  return { personId, ...change };
}
async function write(personId: string, status: 'queued' | 'failed' | 'sent') {
  number += 1;
  const mail = { kind: 'reminder' as const, personId, key: `k${number}`, subject: 's', text: 't', html: 'h' };
  await database.db.transaction((tx) =>
    insertNotifications(tx, [{ ...mail, createdAt: new Date(`${DAY}T08:00:00Z`) }]),
  );
  const settled = status === 'queued' ? {} : { settledAt: new Date(), lastError: '550 RCPT TO' };
  const [row] = await database.db
    .update(notification)
    .set({ status, ...settled })
    .where(eq(notification.key, mail.key))
    .returning();
  return row!;
}
const statusOf = async (id: string) =>
  (await database.db.select().from(notification).where(eq(notification.id, id)))[0]!;

/** The command line with the test's database. */
const cli = (...args: string[]) => runLine(args, { url: database.url });

describe('The page about mails', () => {
  test('is for administrators, also when something is posted', async () => {
    for (const role of ['medarbetare', 'samordnare', 'redaktor'] as const) {
      await expect(showMailLog(actor(role), mailLogChoiceSchema.parse({}))).rejects.toThrow('role');
      await expect(post({ gor: 'igen-alla' }, actor(role))).rejects.toThrow('role');
    }
    await expect(post({ gor: 'igen-alla' }, null)).rejects.toThrow();
  });

  test('counts by kind and status and lists the latest, without anybody’s name, id or address', async () => {
    const maja = await newcomer({ name: 'Maja Hemlig' });
    await write(maja.personId, 'sent');
    await write(maja.personId, 'failed');
    await write(maja.personId, 'queued');
    const log = await show({ visa: 'fel' });
    expect(log.counts.find(({ kind }) => kind === 'reminder')?.statuses).toMatchObject({
      queued: 1,
      sent: 1,
      failed: 1,
    });
    expect(log.mails.map(({ status, lastError }) => [status, lastError])).toEqual([
      ['failed', '550 RCPT TO'],
    ]);
    const everything = JSON.stringify(await show({ rakna: '1' }));
    expect(everything).not.toMatch(/Hemlig|hemlig\d|Enhet M/);
    expect(everything).not.toContain(maja.personId);
    expect(everything).not.toContain(maja.employeeNumber);
  });

  test('tries a failed mail again or cancels it, and leaves what has gone', async () => {
    const { personId } = await newcomer();
    const [failed, queued, sent] = [
      await write(personId, 'failed'),
      await write(personId, 'queued'),
      await write(personId, 'sent'),
    ];
    expect(await post({ gor: 'igen', mejl: failed.id })).toEqual({ kind: 'changed', mails: 1 });
    expect(await statusOf(failed.id)).toMatchObject({
      status: 'queued',
      text: 't',
      messageId: failed.messageId,
    });
    expect(await post({ gor: 'avbryt', mejl: queued.id })).toEqual({ kind: 'changed', mails: 1 });
    expect(await statusOf(queued.id)).toMatchObject({ status: 'cancelled', text: null, html: null });
    expect(await post({ gor: 'avbryt', mejl: sent.id })).toEqual({ kind: 'changed', mails: 0 });
    expect(await post({ gor: 'igen', mejl: sent.id })).toEqual({ kind: 'changed', mails: 0 });
    expect(await statusOf(sent.id)).toMatchObject({ status: 'sent' });
    await write(personId, 'failed');
    await write(personId, 'failed');
    expect(await post({ gor: 'igen-alla' })).toEqual({ kind: 'changed', mails: 2 });
  });

  test('switches kinds', async () => {
    expect(await post({ gor: 'slag', pa: ['due', 'event'] })).toEqual({ kind: 'saved' });
    const on = (await show()).switches.filter(({ isOn }) => isOn).map(({ kind }) => kind);
    expect(on).toEqual(['due', 'event']);
    await post({ gor: 'slag', pa: (await show()).switches.map(({ kind }) => kind) });
    await expect(post({ gor: 'slag', pa: ['allt'] })).rejects.toThrow();
  });

  test('adds and removes quiet periods, and says what is wrong with one', async () => {
    const add = (fran: string, till: string, anteckning = '') =>
      post({ gor: 'tyst', fran, till, anteckning });
    expect(await add('2026-07-01', '2026-07-31', 'semester')).toEqual({ kind: 'saved' });
    const [period] = await listQuietPeriods(database.db);
    expect(period).toMatchObject({ from: '2026-07-01', until: '2026-07-31', note: 'semester' });
    for (const [fran, till, field, message] of [
      ['1 juli', '2026-07-31', 'fran', words.errors.from],
      ['', '2026-07-31', 'fran', words.errors.from],
      ['2026-07-01', '2026-02-30', 'till', words.errors.until],
      ['2026-07-01', '2026-06-30', 'till', words.errors.order],
      ['2026-07-01', '2027-07-02', 'till', words.errors.long],
      ['2026-06-01', '2026-06-19', 'till', words.errors.past],
    ] as const) {
      const refused = { kind: 'refused', errors: { [field]: message }, typed: { fran, till } };
      expect(await add(fran, till)).toMatchObject(refused);
    }
    expect(await add('2026-07-01', '2026-07-02', 'x'.repeat(201))).toMatchObject({ kind: 'refused' });
    expect(await post({ gor: 'ta-bort-tyst', period: String(period!.id) })).toEqual({ kind: 'saved' });
    expect(await listQuietPeriods(database.db)).toEqual([]);
    await database.db
      .insert(quietPeriod)
      .values(Array.from({ length: 50 }, () => ({ valid: '[2026-09-01,2026-09-01]' })));
    expect(await add('2026-07-01', '2026-07-31')).toMatchObject({ errors: { fran: words.errors.many } });
    await database.db.delete(quietPeriod);
  });

  test.each([
    { gor: 'allt' },
    { gor: 'igen' },
    { gor: 'igen', mejl: 'alla' },
    { gor: 'avbryt', mejl: "' or true --" },
    { gor: 'ta-bort-tyst', period: '0' },
    { gor: 'ta-bort-tyst', period: '99999999999' },
  ])('has no answer to %j', async (fields) => {
    await expect(post(fields as Record<string, string>)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('The preview', () => {
  test('tells who gets what, protected people and those without address only in numbers, and writes nothing', async () => {
    const fresh = await createTestDatabase();
    const kept = database;
    database = fresh;
    try {
      school = await addUnit(fresh.db, 'S', 'department', await addUnit(fresh.db, 'M', 'municipality'));
      await requireModules(fresh.db, ['grundkurs']);
      const maja = await newcomer({ name: 'Maja Hemlig' });
      const hidden = await newcomer({ name: 'Sven Skyddad', isProtected: true });
      await hire(fresh.db, school, { valid: `[${addDays(DAY, -3)},)` });

      const table = await cli('mail', 'preview');
      expect(table.code).toBe(0);
      expect(table.err).toContain('SMTP_URL är inte satt');
      expect(table.out).toContain('2 mejl skulle skrivas 22 juni 2026.');
      expect(table.out).toMatch(new RegExp(`^${maja.employeeNumber} +inbjudan +Välkommen!`, 'm'));
      expect(table.out).toContain('1 mejl av dem till personer med skyddade uppgifter');
      expect(table.out).toContain('1 person till skulle ha fått mejl');
      const csv = await cli('mail', 'preview', '--day', MONDAY, '--format', 'csv');
      expect(csv.out).toBe(
        `\uFEFFanstnr;slag;amne;nyckel\r\n${maja.employeeNumber};inbjudan;Välkommen! En utbildning väntar på dig;invitation grundkurs 2026-06-17\r\n`,
      );
      for (const { out } of [table, csv]) {
        expect(out).not.toMatch(/Maja|Sven|hemlig\d|@/);
        expect(out).not.toContain(hidden.employeeNumber);
        expect(out).not.toContain(hidden.personId);
        expect(out).not.toContain(maja.personId);
      }
      expect((await cli('mail', 'preview', '--kind', 'manad')).out).toContain('Inget mejl skulle skrivas');
      expect((await cli('mail', 'preview', '--day', DAY)).out).toContain('Inget mejl skulle skrivas');
      expect(await cli('mail', 'preview', '--day', 'i morgon')).toMatchObject({ code: 1 });
      expect(await cli('mail', 'preview', '--kind', 'allt')).toMatchObject({ code: 2 });

      const preview = await countPreview(fresh.db);
      expect(preview).toMatchObject({
        day: MONDAY,
        total: 2,
        protectedPeople: 1,
        withoutAddress: 1,
        rows: [{ name: 'Enhet S', counts: [1, 0, 0, 0] }],
        totals: [2, 0, 0, 0],
      });
      expect([fewOr(0), fewOr(1), fewOr(9), fewOr(10)]).toEqual(['0', 'färre än 10', 'färre än 10', '10']);
      expect(await fresh.db.select().from(notification)).toEqual([]);
    } finally {
      database = kept;
      await fresh.drop();
      process.env['DATABASE_URL'] = kept.url;
    }
  });
});

test('The server starts as fast with mail as without, sends what waits and lets the last mail end when it stops', async () => {
  setClock(null);
  const mailbox = await openMailbox();
  const { personId } = await newcomer();
  Object.assign(process.env, {
    SMTP_URL: `smtp://localhost:${mailbox.port}`,
    MAIL_FROM: 'a@exempel.test',
    PUBLIC_ORIGIN: 'http://localhost',
  });
  try {
    await database.db.transaction((tx) =>
      insertNotifications(tx, [
        { kind: 'event', personId, key: 'start', subject: 's', text: 't', html: 'h' },
      ]),
    );
    const began = performance.now();
    const site = await startTestSite({ 'index.html': '<title>Start</title>' });
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect.poll(() => mailbox.received.length, { timeout: 20_000 }).toBe(1);
    await site.close();
    const rows = await database.db.select().from(notificationTry);
    expect(rows).toHaveLength(1);
    expect(site.log.filter((line) => 'task' in line)).toEqual([]);
  } finally {
    for (const name of ['SMTP_URL', 'MAIL_FROM', 'PUBLIC_ORIGIN']) delete process.env[name];
    setClock(() => new Date(`${DAY}T10:00:00Z`));
    await mailbox.close();
  }
});
