import { parse } from 'csv-parse/sync';
import readSheet from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { findFaults, groupByTime } from '#src/features/manager/deputies.ts';
import type { NamedList, StaffRow } from '#src/features/manager/manager.server.ts';
import { cellsOf, withoutProtected } from '#src/features/manager/manager.ts';
import { judgeReminder, recentFrom } from '#src/features/manager/reminders.ts';
import { toStaffCsv, toStaffXlsx } from '#src/features/manager/staff-files.ts';

const courses = [
  { slug: 'grundkurs', title: 'Grundkursen' },
  { slug: 'barn', title: 'Barn; och unga' },
];
const cell = { completedOn: null, expiresOn: null, waivedUntil: null };
const person = (name: string, known: StaffRow['courses']): StaffRow => ({
  personId: '00000000-0000-4000-8000-000000000000',
  name,
  jobs: [
    { title: 'lärare', unit: 'Enhet A' },
    { title: 'kurator', unit: 'Enhet "B"' },
  ],
  courses: cellsOf(known as never, courses),
});
const people = [
  person('Åsa Öberg', [
    { ...cell, slug: 'grundkurs', status: 'completed', completedOn: '2024-03-14', expiresOn: '2027-03-14' },
    { ...cell, slug: 'barn', status: 'started', waivedUntil: '2026-08-31' },
  ]),
  person('=HYPERLINK("x")', [{ ...cell, slug: 'grundkurs', status: 'expired', completedOn: '2020-01-01' }]),
];
const list = { day: '2026-06-15', courses, people } as unknown as NamedList;

describe('The list as a file', () => {
  test('has four columns for each course, with the last day that counts', async () => {
    const lines = parse(toStaffCsv(list), { bom: true, delimiter: ';' }) as string[][];
    expect(lines).toEqual([
      [
        'Namn',
        'Befattning',
        'Enhet',
        'Grundkursen',
        'Grundkursen: genomförd',
        'Grundkursen: gäller till och med',
        'Grundkursen: undantag till och med',
        'Barn; och unga',
        'Barn; och unga: genomförd',
        'Barn; och unga: gäller till och med',
        'Barn; och unga: undantag till och med',
      ],
      [
        'Åsa Öberg',
        'lärare / kurator',
        'Enhet A / Enhet "B"',
        'Genomförd',
        '2024-03-14',
        '2027-03-13',
        '',
        'Påbörjad',
        '',
        '',
        '2026-08-31',
      ],
      [
        `'=HYPERLINK("x")`,
        'lärare / kurator',
        'Enhet A / Enhet "B"',
        'Har gått ut',
        '2020-01-01',
        '',
        '',
        'Krävs inte',
        '',
        '',
        '',
      ],
    ]);
    const [sheet] = await readSheet(await toStaffXlsx(list));
    const cells = sheet!.data.map((row) => row.map((value) => value ?? ''));
    // A spreadsheet's text is never a formula: the apostrophe is only for CSV.
    expect(cells).toEqual(lines.map((row) => row.map((text) => text.replace(/^'=/, '='))));
  });

  test('holds no id', () => {
    expect(toStaffCsv(list)).not.toContain('00000000');
  });
});

describe("A year's figure", () => {
  const row = {
    code: 'A',
    name: 'A',
    kind: 'team' as const,
    parentCode: null,
    depth: 0,
    target: 90,
    hidden: false,
    employed: 20,
    completed: 10,
    outcome: 50,
  };

  test('leaves protected people out, however many they are', () => {
    expect(withoutProtected(row, { people: 4, completed: 2 })).toMatchObject({
      employed: 16,
      completed: 8,
      outcome: 50,
    });
    expect(withoutProtected(row, { people: 10, completed: 2 })).toMatchObject({
      employed: 10,
      completed: 8,
      outcome: 80,
    });
    expect(withoutProtected(row, undefined)).toEqual(row);
    const hidden = { ...row, hidden: true, employed: null, completed: null, outcome: null };
    expect(withoutProtected(hidden, { people: 4, completed: 2 })).toEqual(hidden);
  });
});

describe('Reminders', () => {
  test('are fourteen days apart', () => {
    expect(recentFrom('2026-06-15')).toBe('2026-06-02');
  });

  test('are withheld for the reason that the manager can do least about', () => {
    const base = { personId: '', name: '', jobs: [], lacking: [], open: [] };
    const judge = (waivedUntil: string | null, remindedOn: string | null, hasAddress: boolean) =>
      judgeReminder({ ...base, waivedUntil, remindedOn, hasAddress }).kind;
    expect(judge(null, null, true)).toBe('ready');
    expect(judge(null, null, false)).toBe('unreachable');
    expect(judge(null, '2026-06-03', true)).toBe('reminded');
    expect(judge('2026-09-01', '2026-06-03', false)).toBe('waived');
  });
});

describe('A deputy', () => {
  test('stands in for twelve months at most, also over the end of February', () => {
    const faults = (fran: string, till: string, today = '2027-02-28') =>
      findFaults({ enhet: 'A', vem: 'x', fran, till }, today);
    expect(faults('2028-02-28', '2029-02-27')).toEqual({});
    expect(faults('2028-02-28', '2029-02-28')).toEqual({ till: 'long' });
    expect(faults('2028-02-29', '2028-03-01')).toEqual({ fran: 'far' });
  });

  test('is of today from the first day to the last', () => {
    const days = (from: string, to: string) => ({ from, to });
    const [ended, first, last, next, later] = [
      days('2026-06-01', '2026-06-14'),
      days('2026-06-15', '2026-06-20'),
      days('2026-06-01', '2026-06-15'),
      days('2026-06-16', '2026-06-20'),
      days('2026-07-01', '2026-07-02'),
    ];
    expect(groupByTime([later, next, first, last, ended], '2026-06-15')).toEqual({
      present: [first, last],
      coming: [next, later],
      past: [ended],
    });
  });
});
