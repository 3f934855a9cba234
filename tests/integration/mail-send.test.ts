import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeMails } from '#db/queries/outbox.ts';
import { insertQuietPeriod, setKinds } from '#db/queries/mail-log.ts';
import { insertNotifications, type NewNotification } from '#db/queries/notifications.ts';
import { notification, notificationTry } from '#db/schema/notifications.ts';
import { person } from '#db/schema/organisation.ts';
import { readMailSettings } from '#src/features/notifications/mail-settings.ts';
import { eventMail, reminderMail } from '#src/features/notifications/mails.ts';
import { MINUTES_TO_NEXT_TRY, sendMails } from '#src/features/notifications/send.server.ts';
import { openSender, type MailSender } from '#src/features/notifications/smtp.ts';
import { setClock } from '#src/lib/clock.ts';
import { startMailWorker } from '#src/server/mail-worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openMailbox, smtpError, type Mailbox } from '../support/mailbox.ts';
import { addUnit, hire } from '../support/staff.ts';

/** A Monday morning in Stockholm. */
const MORNING = '2026-06-15T08:00:00Z';
const ORIGIN = 'https://kurs.exempel.test';
let database: TestDatabase;
let mailbox: Mailbox;
let sender: MailSender;
let unit: number;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  at(MORNING);
  database = await createTestDatabase();
  unit = await addUnit(database.db, 'M', 'municipality');
  await open();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await database.drop();
  setClock(null);
});

const at = (moment: string) => setClock(() => new Date(moment));
const settings = (url: string, from = 'Utbildning <utbildning@exempel.test>') =>
  readMailSettings({ SMTP_URL: url, MAIL_FROM: from, PUBLIC_ORIGIN: ORIGIN })!;

/** A mail server and a sender to it. */
async function open(options: Parameters<typeof openMailbox>[0] = {}, query = '', account = '') {
  mailbox = await openMailbox(options);
  const scheme = options?.secure ? 'smtps' : 'smtp';
  sender = openSender(settings(`${scheme}://${account}localhost:${mailbox.port}${query}`));
  closing.push(mailbox.close, sender.close);
}

async function addressee(
  email: string | null = 'maja@exempel.test',
  options: Parameters<typeof hire>[2] = {},
) {
  const personId = await hire(database.db, unit, options);
  await database.db.update(person).set({ email }).where(eq(person.id, personId));
  return personId;
}

let keys = 0;
/** The one that is written first is sent first. */
async function write(personId: string, mail: Partial<NewNotification> = {}) {
  keys += 1;
  const words = reminderMail({ courses: 1, origin: ORIGIN });
  const createdAt = new Date(MORNING);
  const dueAt = new Date(createdAt.getTime() - 60_000 + keys);
  const key = `nyckel ${String(keys).padStart(4, '0')}`;
  const row = { kind: 'reminder' as const, personId, key, createdAt, dueAt };
  await database.db.transaction((tx) => insertNotifications(tx, [{ ...words, ...row, ...mail }]));
}

const sendAll = () => sendMails(sender, new AbortController().signal);
const rows = () => database.db.select().from(notification).orderBy(notification.key);
const statuses = async () => (await rows()).map(({ status }) => status);
const tries = async () =>
  (await database.db.select().from(notificationTry).orderBy(notificationTry.id)).map(({ error }) => error);
const later = (minutes: number) => at(new Date(Date.parse(MORNING) + minutes * 60_000).toISOString());

describe('A mail', () => {
  test('arrives once, as it was written, and its text is kept no longer', async () => {
    const maja = await addressee();
    await write(maja);
    const [before] = await rows();
    expect([await sendAll(), await sendAll()]).toEqual([1, 0]);
    expect(mailbox.received).toHaveLength(1);
    const [{ from, to, parsed, raw }] = mailbox.received as [Mailbox['received'][number]];
    expect([from, to]).toEqual(['utbildning@exempel.test', ['maja@exempel.test']]);
    expect(parsed).toMatchObject({
      subject: 'Påminnelse: du har en utbildning att göra klar',
      from: { name: 'Utbildning', address: 'utbildning@exempel.test' },
      to: [{ name: '', address: 'maja@exempel.test' }],
      messageId: before!.messageId,
      date: new Date(MORNING).toISOString(),
    });
    expect(parsed.text?.trim()).toBe(before!.text?.trim());
    expect(parsed.html?.trim()).toBe(before!.html?.trim());
    const headers = new Map(parsed.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(raw).not.toMatch(/x-mailer|nodemailer|list-unsubscribe/i);
    expect(await rows()).toMatchObject([
      { status: 'sent', tries: 1, text: null, html: null, lastError: null },
    ]);
    expect(await tries()).toEqual([null]);
  });

  test('goes to the address as it is when it goes', async () => {
    const maja = await addressee('gammal@exempel.test');
    await write(maja);
    await database.db.update(person).set({ email: 'ny@exempel.test' });
    await sendAll();
    expect(mailbox.received.map(({ to }) => to)).toEqual([['ny@exempel.test']]);
  });

  test.each([
    ['without address', () => addressee(null), 'personen har ingen adress'],
    [
      'whose employment has ended',
      () => addressee('a@exempel.test', { valid: '[2020-01-01,2026-06-15)' }),
      'anställningen har slutat',
    ],
  ])('to one %s is cancelled', async (_what, someone, reason) => {
    await write(await someone(), { items: ['en sak'] });
    await sendAll();
    expect(mailbox.received).toEqual([]);
    expect(await database.db.execute(sql`select from notification_item`)).toHaveLength(0);
    expect(await rows()).toMatchObject([{ status: 'cancelled', lastError: reason, text: null }]);
  });

  test('says nothing of unit or place to one with protected identity, or to anyone else', async () => {
    const maja = await addressee('maja@exempel.test', { isProtected: true, name: 'Maja Skyddad' });
    await write(maja);
    const startsAt = new Date('2026-07-01T08:00:00Z');
    await write(maja, {
      kind: 'event',
      ...eventMail({ news: 'place', id: 'abc', startsAt, origin: ORIGIN }),
    });
    await sendAll();
    expect(mailbox.received).toHaveLength(2);
    for (const { raw, parsed } of mailbox.received) {
      expect(`${raw}${parsed.text}${parsed.html}`).not.toMatch(/Skyddad|Enhet|heder|våld|förtryck/i);
    }
  });

  test.each([
    'maja@exempel.test\r\nBcc: alla@exempel.test',
    'maja@exempel.test, alla@exempel.test',
    'Maja <maja@exempel.test>',
    'maja@exempel.test\nRCPT TO:<alla@exempel.test>',
    'maja @exempel.test',
    '<maja@exempel.test>',
    'maja',
    `${'m'.repeat(300)}@exempel.test`,
  ])('never goes to an address such as %j', async (address) => {
    await write(await addressee(address));
    await sendAll();
    expect(mailbox.received).toEqual([]);
    expect(await rows()).toMatchObject([{ status: 'failed', lastError: 'adressen går inte att använda' }]);
  });

  test('has the headers that are meant, whatever its subject holds', async () => {
    await write(await addressee(), { subject: 'Hej\r\nBcc: alla@exempel.test\r\n\r\ntext' });
    await sendAll();
    const [{ to, parsed }] = mailbox.received as [Mailbox['received'][number]];
    expect(to).toEqual(['maja@exempel.test']);
    expect(parsed.headers.map(({ key }) => key)).not.toContain('bcc');
  });
});

describe('A mail server', () => {
  test('that cannot take a mail now gets it again later, with the same Message-ID', async () => {
    let answers = [421, 451, 451];
    await open({
      judge: ({ to }) => {
        const code = answers.shift();
        if (code) throw smtpError(code, to[0]!);
      },
    });
    await write(await addressee());
    const messageId = (await rows())[0]!.messageId;
    await sendAll();
    expect(mailbox.received).toEqual([]);
    expect(await rows()).toMatchObject([{ status: 'queued', tries: 1, lastError: '421 DATA' }]);
    await sendAll();
    expect(await rows()).toMatchObject([{ tries: 1 }]);
    later(1.1);
    await sendAll();
    later(3.2);
    await sendAll();
    expect(await rows()).toMatchObject([{ status: 'queued', tries: 3 }]);
    answers = [];
    later(10);
    await sendAll();
    expect(mailbox.received.map(({ parsed }) => parsed.messageId)).toEqual([messageId]);
    expect(await tries()).toEqual(['421 DATA', '451 DATA', '451 DATA', null]);
    expect(JSON.stringify(await rows())).not.toContain('maja@');
  });

  test('that refuses a mail for good gets it no more, until an administrator tries again', async () => {
    let isRefusing = true;
    await open({
      onRcptTo: ({ address }, _session, done) => done(isRefusing ? smtpError(550, address) : null),
    });
    await write(await addressee());
    await write(await addressee());
    await sendAll();
    later(100_000);
    expect(await sendAll()).toBe(0);
    expect(await statuses()).toEqual(['failed', 'failed']);
    expect(await tries()).toEqual(['550 RCPT TO', '550 RCPT TO']);
    isRefusing = false;
    at(MORNING);
    const change = { ids: 'all-failed', to: 'queued', moment: new Date(MORNING), reason: '' } as const;
    expect(await changeMails(database.db, change)).toBe(2);
    expect(await sendAll()).toBe(2);
    expect(await changeMails(database.db, change)).toBe(0);
  });

  test('that is away is tried with one mail at a time, and everything is sent when it is back', async () => {
    const [first, second] = [await addressee('1@exempel.test'), await addressee('2@exempel.test')];
    await write(first);
    await write(second);
    const { port } = mailbox;
    await mailbox.close();
    await sendAll();
    expect((await rows()).map((row) => row.tries)).toEqual([1, 0]);
    expect((await tries())[0]).toMatch(/^E[A-Z]+$/);
    const back = await openMailbox();
    closing.push(back.close);
    const again = openSender(settings(`smtp://localhost:${back.port}`));
    closing.push(again.close);
    later(2);
    expect(port).not.toBe(back.port);
    expect(await sendMails(again, new AbortController().signal)).toBe(2);
  });

  test('that never takes a mail gets it for two days and a half, and then it has failed', async () => {
    await open({ judge: ({ to }) => Promise.reject(smtpError(451, to[0]!)) });
    await setKinds(database.db, [{ kind: 'reminder', isOn: true }]);
    await write(await addressee(), { kind: 'event' });
    let minutes = 0;
    for (const wait of [0, ...MINUTES_TO_NEXT_TRY]) {
      minutes += wait + 0.1;
      later(minutes);
      await sendAll();
    }
    expect(await rows()).toMatchObject([{ status: 'failed', tries: MINUTES_TO_NEXT_TRY.length + 1 }]);
    expect(minutes / 60 / 24).toBeLessThan(3);
  });

  test('is given the account in SMTP_URL, over TLS', async () => {
    const accounts: string[] = [];
    await open(
      {
        secure: true,
        onAuth: ({ username, password }, _session, done) => {
          accounts.push(`${username} ${password}`);
          done(null, { user: username });
        },
      },
      '?tls.rejectUnauthorized=false',
      'konto%40exempel.test:l%C3%B6sen%2Ford@',
    );
    await write(await addressee());
    expect(await sendAll()).toBe(1);
    expect(accounts).toEqual(['konto@exempel.test lösen/ord']);
    expect(mailbox.received[0]!.isSecure).toBe(true);
  });

  test('whose certificate cannot be trusted gets nothing', async () => {
    await open({ secure: true });
    await write(await addressee());
    await sendAll();
    expect(mailbox.received).toEqual([]);
    expect(await rows()).toMatchObject([{ status: 'queued', tries: 1 }]);
  });

  test('is spoken to over TLS when it can, and only then where that is demanded', async () => {
    await open({ secure: false }, '?requireTLS=true&tls.rejectUnauthorized=false');
    await write(await addressee());
    await sendAll();
    expect(mailbox.received.map(({ isSecure }) => isSecure)).toEqual([true]);
    await open({}, '?requireTLS=true');
    await write(await addressee());
    await sendAll();
    expect(mailbox.received).toEqual([]);
  });

  test('that refuses our account fails no mail', async () => {
    await open(
      { secure: true, onAuth: (_auth, _session, done) => done(new Error('no such account')) },
      '?tls.rejectUnauthorized=false',
      'a:b@',
    );
    await write(await addressee());
    await write(await addressee());
    await sendAll();
    expect((await rows()).map((row) => [row.status, row.tries, row.lastError])).toEqual([
      ['queued', 1, '535 AUTH PLAIN'],
      ['queued', 0, null],
    ]);
  });
});

describe('Nothing is sent', () => {
  test.each([
    ['before seven', '2026-06-15T04:59:00Z'],
    ['after six', '2026-06-15T16:00:00Z'],
    ['on a Saturday', '2026-06-20T10:00:00Z'],
  ])('%s, but what answers a sign-up', async (_when, moment) => {
    const maja = await addressee();
    const dueAt = new Date('2026-06-14T22:00:00Z');
    await write(maja, { dueAt });
    await write(maja, { dueAt, kind: 'event' });
    at(moment);
    expect(await sendAll()).toBe(1);
    expect((await rows()).filter(({ status }) => status === 'sent').map(({ kind }) => kind)).toEqual([
      'event',
    ]);
  });

  test('in a quiet period, of a kind that is off, or before its time', async () => {
    const maja = await addressee();
    await write(maja);
    await write(maja, { kind: 'due' });
    await write(maja, { kind: 'event', dueAt: new Date('2026-06-15T09:00:00Z') });
    await setKinds(database.db, [{ kind: 'due', isOn: false }]);
    await insertQuietPeriod(database.db, { from: '2026-06-01', until: '2026-06-15', note: null });
    expect(await sendAll()).toBe(0);
    at('2026-06-16T08:00:00Z');
    expect(await sendAll()).toBe(2);
    expect(await statuses()).toEqual(['sent', 'queued', 'sent']);
  });

  test('that should have gone a week ago, as after a backup is read back; it can be told anew', async () => {
    await write(await addressee(), { items: ['en sak'] });
    at('2026-06-22T08:00:01Z');
    expect(await sendAll()).toBe(0);
    expect(await rows()).toMatchObject([{ status: 'cancelled', text: null }]);
    expect(await database.db.execute(sql`select from notification_item`)).toHaveLength(0);
  });
});

test('Two workers at once send each mail once', async () => {
  const maja = await addressee();
  for (let n = 0; n < 40; n += 1) await write(maja);
  const other = openSender(settings(`smtp://localhost:${mailbox.port}`));
  closing.push(other.close);
  const sent = await Promise.all([sendAll(), sendMails(other, new AbortController().signal)]);
  expect(sent[0] + sent[1]).toBe(40);
  const ids = mailbox.received.map(({ parsed }) => parsed.messageId);
  expect([ids.length, new Set(ids).size]).toEqual([40, 40]);
});

test('The background worker sends what waits as soon as it starts, on several nodes, and stops cleanly', async () => {
  setClock(null);
  const maja = await addressee();
  for (let n = 0; n < 10; n += 1)
    await write(maja, { kind: 'event', createdAt: new Date(), dueAt: new Date() });
  const faults: string[] = [];
  Object.assign(process.env, {
    SMTP_URL: `smtp://localhost:${mailbox.port}`,
    MAIL_FROM: 'utbildning@exempel.test',
    PUBLIC_ORIGIN: ORIGIN,
  });
  try {
    const workers = [1, 2].map(() => startMailWorker((line) => faults.push(line)));
    await vi.waitFor(() => expect(mailbox.received).toHaveLength(10), { timeout: 20_000, interval: 50 });
    const began = performance.now();
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(faults).toEqual([]);
    expect(new Set(await statuses())).toEqual(new Set(['sent']));
  } finally {
    for (const name of ['SMTP_URL', 'MAIL_FROM', 'PUBLIC_ORIGIN']) delete process.env[name];
  }
});
