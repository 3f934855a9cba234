import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeCalendar } from '#src/features/events/calendar.ts';
import { composeEventMail } from '#src/features/events/event-mails.ts';
import { attendanceClosesAt, movedUp, phaseOf, placeOf, placesLeft } from '#src/features/events/events.ts';
import { fieldsOf, readEventForm } from '#src/features/events/events.schema.ts';
import { setClock } from '#src/lib/clock.ts';
import { createSpokenCode, readSpokenCode } from '#src/lib/spoken-code.ts';

beforeEach(() => setClock(() => new Date('2026-06-15T10:00:00Z')));
afterEach(() => setClock(null));

const event = {
  id: '11111111-2222-4333-8444-555555555555',
  startsAt: new Date('2026-06-20T11:00:00Z'),
  endsAt: new Date('2026-06-20T13:00:00Z'),
  createdAt: new Date('2026-06-01T08:00:00Z'),
  sequence: 2,
  cancelledAt: null as Date | null,
};

describe('An occasion', () => {
  test.each([
    ['2026-06-20T10:59:59Z', 'coming'],
    ['2026-06-20T11:00:00Z', 'open'],
    ['2026-07-20T21:59:59Z', 'open'],
    ['2026-07-20T22:00:00Z', 'closed'],
  ])('is at %s %s', (moment, phase) => {
    expect(phaseOf(event, new Date(moment))).toBe(phase);
  });

  test('that is cancelled is nothing else', () => {
    expect(phaseOf({ ...event, cancelledAt: new Date() }, event.startsAt)).toBe('cancelled');
  });

  test('closes attendance at the end of the thirtieth day in Stockholm, also over the change to winter time', () => {
    const autumn = new Date('2026-10-10T08:00:00Z');
    expect(attendanceClosesAt({ endsAt: autumn }).toISOString()).toBe('2026-11-09T23:00:00.000Z');
  });
});

describe('Places', () => {
  test('go to the first in the order; the others wait in line', () => {
    expect([0, 1, 2, 3, 4].map((position) => placeOf(position, 2))).toEqual([
      { kind: 'none' },
      { kind: 'place' },
      { kind: 'place' },
      { kind: 'queue', queue: 1 },
      { kind: 'queue', queue: 2 },
    ]);
    expect(placeOf(400, null)).toEqual({ kind: 'place' });
  });

  test('that are left are never fewer than none', () => {
    const left = (signedUp: number, places: number | null) =>
      placesLeft({ signedUp, event: { places } } as Parameters<typeof placesLeft>[0]);
    expect([left(0, 3), left(2, 3), left(5, 3), left(5, null)]).toEqual([3, 1, 0, null]);
  });

  test('that come free go to those next in line and to no one who had one', () => {
    const ids = ['a', 'b', 'c', 'd'];
    expect(movedUp({ ids, places: 2 }, { ids: ['b', 'c', 'd'], places: 2 })).toEqual(['c']);
    expect(movedUp({ ids, places: 2 }, { ids: ['a', 'b', 'd'], places: 2 })).toEqual([]);
    expect(movedUp({ ids, places: 2 }, { ids, places: 3 })).toEqual(['c']);
    expect(movedUp({ ids, places: 2 }, { ids, places: null })).toEqual(['c', 'd']);
    expect(movedUp({ ids, places: null }, { ids, places: 1 })).toEqual([]);
  });
});

describe('The form about an occasion', () => {
  const typed = {
    modul: 'del-1',
    titel: '  Samtal  ',
    datum: '2026-10-25',
    fran: '13.00',
    till: '15:30',
    plats: 'Sal 3',
    lank: '',
    platser: '12',
    malgrupp: '',
    larare: '',
    anteckning: 'Ta med\r\nfika',
  };
  const faults = (change: Record<string, string>) => {
    const read = readEventForm({ ...typed, ...change });
    return read.kind === 'ok' ? [] : Object.keys(read.errors);
  };

  test('is read as a time in Stockholm, on either side of the change of clocks', () => {
    const read = readEventForm(typed);
    expect(read).toMatchObject({
      kind: 'ok',
      row: {
        title: 'Samtal',
        startsAt: new Date('2026-10-25T12:00:00Z'),
        endsAt: new Date('2026-10-25T14:30:00Z'),
        places: 12,
        link: null,
        note: 'Ta med\nfika',
      },
    });
    expect(readEventForm({ ...typed, datum: '2026-10-24', fran: '9' })).toMatchObject({
      row: { startsAt: new Date('2026-10-24T07:00:00Z') },
    });
  });

  test('gives back what it was filled in from', () => {
    const read = readEventForm(typed);
    if (read.kind !== 'ok') throw new Error('refused');
    expect(fieldsOf(read.row)).toEqual({
      ...typed,
      titel: 'Samtal',
      fran: '13:00',
      anteckning: 'Ta med\nfika',
    });
  });

  test.each([
    ['http://exempel.se/mote'],
    ['javascript:alert(1)'],
    ['https://user:pass@exempel.se'],
    ['https://localhost/x'],
    ['https://exempel.se/ a'],
    ['exempel.se'],
  ])('takes no link such as %s', (lank) => {
    expect(faults({ lank })).toEqual(['lank']);
  });

  test.each([
    [{ modul: '' }, ['modul']],
    [{ titel: ' ' }, ['titel']],
    [{ titel: 'x'.repeat(121) }, ['titel']],
    [{ datum: '2026-02-30' }, ['datum']],
    [{ datum: '2026-06-15', fran: '11:59' }, ['datum']],
    [{ datum: '2028-07-01' }, ['datum']],
    [{ fran: '25:00' }, ['fran']],
    [{ fran: '15:30' }, ['till']],
    [{ plats: '' }, ['plats']],
    [{ platser: '0' }, ['platser']],
    [{ platser: '501' }, ['platser']],
    [{ platser: '1.5' }, ['platser']],
    [{ anteckning: 'x'.repeat(1001) }, ['anteckning']],
  ])('refuses %j with a word at the field', (change, fields) => {
    expect(faults(change as Record<string, string>)).toEqual(fields);
  });

  test('needs a place or a link, not both', () => {
    expect(faults({ plats: '', lank: 'https://mote.exempel.se/rum?id=1' })).toEqual([]);
  });
});

describe('What leaves the site about an occasion', () => {
  const telling = /heder|våld|förtryck|förskol|utsatt/i;

  test('in a calendar is only that there is training, when, and a link', () => {
    const file = writeCalendar(event, 'https://trygg.exempel.se').replaceAll('\r\n ', '');
    expect(file).toContain('UID:11111111-2222-4333-8444-555555555555@trygg-grund');
    expect(file).toContain('SEQUENCE:2');
    expect(file).toContain('DTSTART:20260620T110000Z');
    expect(file).toContain('DTEND:20260620T130000Z');
    expect(file).toContain('SUMMARY:Utbildning\r\n');
    expect(file).toContain('STATUS:CONFIRMED');
    expect(file).not.toMatch(/LOCATION|DESCRIPTION/);
    expect(file).not.toMatch(telling);
    expect(writeCalendar({ ...event, cancelledAt: new Date() }, 'https://a.se')).toContain(
      'STATUS:CANCELLED',
    );
  });

  test.each(['changed', 'cancelled', 'place'] as const)(
    'in a mail (%s) says nothing of the subject',
    (news) => {
      const mail = composeEventMail(news, event, { personId: 'p', key: 'k' }, 'https://trygg.exempel.se');
      expect(mail).toMatchObject({ kind: 'event', personId: 'p', key: 'event k' });
      expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toMatch(telling);
      expect(mail.text).toContain('20 juni 2026 kl. 13:00');
      expect(mail.text).toContain(`https://trygg.exempel.se/utbildningstillfallen/${event.id}`);
    },
  );
});

describe('A code to say aloud', () => {
  test('is read however it was typed', () => {
    const code = createSpokenCode();
    expect(code).toMatch(/^[A-Z]{6}$/);
    expect(readSpokenCode(` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)} `)).toBe(code);
  });

  test.each([null, 7, '', 'AAAAA', 'AAAAAAA', 'AAAAA0', 'AAAAAO', 'x'.repeat(1000)])('is not %j', (typed) => {
    expect(readSpokenCode(typed)).toBeNull();
  });
});
