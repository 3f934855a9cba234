import { afterEach, describe, expect, test } from 'vitest';
import { isMailAddress, isMailOn, readMailSettings } from '#src/features/notifications/mail-settings.ts';
import { eventMail, plannedMail, type EventNews } from '#src/features/notifications/mails.ts';
import { isMailTime, nextMailDay } from '#src/features/notifications/quiet.ts';
import { sampleMails } from '#src/features/notifications/samples.ts';
import { mails as words } from '#src/i18n/mails.ts';

const ORIGIN = 'https://kurs.exempel.test';
const samples = sampleMails('2026-06-15', ORIGIN);
const everyMail = [
  ...Object.entries(samples),
  ...Object.keys(words.eventSubjects).map(
    (news) =>
      [
        news,
        eventMail({
          news: news as EventNews,
          id: 'a-b',
          startsAt: new Date('2026-07-01T07:00:00Z'),
          origin: ORIGIN,
        }),
      ] as const,
  ),
];

describe.each(everyMail)('The mail %s', (_name, { subject, text, html }) => {
  test('names neither the topic nor a course', () => {
    expect(`${subject}\n${text}\n${html}`).not.toMatch(/heder|våld|förtryck|HRV|grundkurs|fördjup|tvångs/i);
    expect(subject.length).toBeLessThan(60);
    expect(subject).not.toMatch(/[\r\n]/);
  });

  test('leads to the site and nowhere else, and fetches nothing', () => {
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link).toMatch(/^https:\/\/kurs\.exempel\.test\/[a-z\d/-]+$/);
      expect(text).toContain(link);
    }
    expect(html).not.toMatch(/<img|<link|<script|url\(|src=|@import/i);
  });

  test('says in plain text what the page says, why it came and how it stops', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="sv">/);
    const said = html
      .replace(/<head>.*<\/head>/s, '')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&quot;', '"');
    for (const line of text.split('\n').filter((one) => one.length > 3)) {
      expect(said.replace(/\s+/g, ' ')).toContain(
        line.replace(/^- /, '').replace(/:$/, '').trim().replace(/\s+/g, ' '),
      );
    }
    expect(text).toContain('Du får mejlet');
    expect(text).toMatch(/slutar komma|Vill du inte ha månadens läge|slutar få mejl/);
    expect(text).toContain('går inte att svara på');
  });
});

test('Several things are told one after the other, with one subject for them all', () => {
  const { subject, text } = plannedMail(
    {
      due: { courses: 2, day: '2026-07-01' },
      expiry: { courses: 1, day: '2026-08-01' },
      digest: { people: 10, lacking: 1, newcomers: 0 },
    },
    ORIGIN,
  );
  expect(subject).toBe('Du har utbildning att göra klar');
  expect(text).toMatch(
    /2 utbildningar att göra klar senast 1 juli 2026[\s\S]*slutar gälla 1 augusti 2026[\s\S]*90,0/,
  );
  expect(text).toContain(`${ORIGIN}/min-sida`);
  expect(text).toContain(`${ORIGIN}/chef`);
});

describe('The settings for mail', () => {
  const good = {
    SMTP_URL: 'smtp://mejl.exempel.test',
    MAIL_FROM: 'a@exempel.test',
    PUBLIC_ORIGIN: `${ORIGIN}/`,
  };
  afterEach(() => {
    delete process.env['SMTP_URL'];
  });

  test('are off without a mail server, whatever else is set', () => {
    expect(readMailSettings({ ...good, SMTP_URL: ' ' })).toBeNull();
    expect(isMailOn()).toBe(false);
  });

  test('demand encryption over the network, and leave it where the address says otherwise', () => {
    expect(readMailSettings(good)).toEqual({
      smtpUrl: 'smtp://mejl.exempel.test?requireTLS=true',
      from: 'a@exempel.test',
      origin: ORIGIN,
    });
    for (const url of [
      'smtps://mejl.exempel.test',
      'smtp://localhost:25',
      'smtp://m.exempel.test?requireTLS=false',
    ]) {
      expect(readMailSettings({ ...good, SMTP_URL: url })?.smtpUrl).toBe(url);
    }
  });

  test.each([
    ['MAIL_FROM', { MAIL_FROM: '' }],
    ['MAIL_FROM', { MAIL_FROM: 'Utbildning' }],
    ['MAIL_FROM', { MAIL_FROM: 'Utbildning <a@exempel.test>, b@exempel.test' }],
    ['MAIL_FROM', { MAIL_FROM: 'Utbildning\r\nBcc: b@exempel.test <a@exempel.test>' }],
    ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: '' }],
    ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: 'kurs.exempel.test' }],
    ['SMTP_URL', { SMTP_URL: 'mejl.exempel.test' }],
    ['SMTP_URL', { SMTP_URL: 'https://konto:hemligt@mejl.exempel.test' }],
  ])('say what is wrong with %s: %j', (name, change) => {
    const read = () => readMailSettings({ ...good, ...change });
    expect(read).toThrow(name);
    expect(read).not.toThrow(/hemligt/);
  });
});

test.each([
  ['maja@exempel.test', true],
  ["o'neil+kurs@post.exempel.test", true],
  ['maja@exempel.test\n', false],
  ['a@b@c', false],
  ['måns@exempel.test', false],
  ['@exempel.test', false],
  ['maja@-exempel.test', false],
])('%j as an address: %s', (text, isGood) => expect(isMailAddress(text)).toBe(isGood));

describe('The time for mails', () => {
  const july = [{ from: '2026-07-01', until: '2026-07-31' }];

  test.each([
    ['2026-06-15T05:00:00Z', true],
    ['2026-06-15T04:59:59Z', false],
    ['2026-06-15T15:59:59Z', true],
    ['2026-06-15T16:00:00Z', false],
    // In winter the same hours are later by the world's clock.
    ['2026-12-15T05:59:59Z', false],
    ['2026-12-15T06:00:00Z', true],
    // The days on which the clocks are changed are Sundays.
    ['2026-03-29T08:00:00Z', false],
    ['2026-07-31T10:00:00Z', false],
    ['2026-08-03T10:00:00Z', true],
  ])('%s: %s', (moment, isOpen) => expect(isMailTime(new Date(moment), july)).toBe(isOpen));

  test('comes again after a weekend and a quiet period', () => {
    expect(nextMailDay('2026-06-20', july)).toBe('2026-06-22');
    expect(nextMailDay('2026-07-01', july)).toBe('2026-08-03');
    expect(nextMailDay('2026-07-01', [{ from: '2026-01-01', until: '2029-01-01' }])).toBeNull();
  });
});
