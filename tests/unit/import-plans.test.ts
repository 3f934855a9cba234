import { describe, expect, test } from 'vitest';
import type { StaffRow, UnitRow } from '#src/features/organisation/import.schema.ts';
import type { CurrentUnits, StoredPerson, UnitAtDay } from '#src/features/organisation/organisation.ts';
import { planStaff } from '#src/features/organisation/plan-staff.ts';
import { planUnits, type UnitPlanOptions } from '#src/features/organisation/plan-units.ts';

const AS_OF = '2024-06-01';

describe('units', () => {
  const row = (
    line: number,
    kod: string,
    typ: UnitRow['typ'],
    overordnad: string | null,
    namn = `Enhet ${kod}`,
  ) => ({ line, kod, namn, typ, overordnad }) satisfies UnitRow;
  const file = [
    row(2, 'K', 'municipality', null),
    row(3, 'F', 'department', 'K'),
    row(4, 'A', 'division', 'F'),
    row(5, 'E', 'team', 'A'),
  ];
  const nothing: CurrentUnits = { units: [], later: new Map(), staffed: new Set() };
  const tree: CurrentUnits = {
    ...nothing,
    units: file.map(({ kod, namn, typ, overordnad }, index): UnitAtDay => ({
      code: kod,
      name: namn,
      kind: typ,
      parentCode: overordnad,
      periodId: index + 1,
      from: null,
      until: null,
    })),
  };
  const plan = (rows: UnitRow[], current = tree, options: Partial<UnitPlanOptions> = {}) => {
    const result = planUnits(current, rows, { from: AS_OF, full: false, ...options });
    if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
    return result;
  };
  const problems = (rows: UnitRow[], current = nothing, options: Partial<UnitPlanOptions> = {}) => {
    const result = planUnits(current, rows, { from: AS_OF, full: false, ...options });
    return result.kind === 'refused' ? result.problems : [];
  };

  test('are new for all time while the tree is being set up, and from the day of the file after that', () => {
    expect(plan(file, nothing, { from: null }).changes.newPeriods.map(({ from }) => from)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    const later = plan([row(2, 'N', 'team', 'A')]);
    expect(later.changes.newPeriods).toMatchObject([
      { code: 'N', parentCode: 'A', from: AS_OF, until: null },
    ]);
  });

  test('are unchanged by the same file again', () => {
    const { changes, difference } = plan(file);
    expect(changes).toEqual({ newPeriods: [], endPeriods: [], correctPeriods: [], removePeriods: [] });
    expect(difference.counts).toEqual({ new: 0, moved: 0, changed: 0, ended: 0, unchanged: 4 });
  });

  test('that are renamed or moved are so from the day of the file', () => {
    const { changes, difference } = plan([
      row(2, 'E', 'team', 'F', 'Nytt namn'),
      row(3, 'A', 'division', 'F', 'Ny'),
    ]);
    expect(changes.endPeriods).toEqual([
      { periodId: 4, until: AS_OF },
      { periodId: 3, until: AS_OF },
    ]);
    expect(changes.newPeriods).toMatchObject([
      { code: 'E', name: 'Nytt namn', parentCode: 'F', from: AS_OF },
      { code: 'A', name: 'Ny', from: AS_OF },
    ]);
    expect(difference.examples).toEqual([
      { kind: 'moved', text: 'E från A till F; heter Nytt namn, hette Enhet E' },
      { kind: 'changed', text: 'A heter Ny, hette Enhet A' },
    ]);
  });

  test('that changed the same day, or while the tree is being set up, are corrected in place', () => {
    const sameDay = { ...tree, units: tree.units.map((unit) => ({ ...unit, from: AS_OF })) };
    const renamed = [row(2, 'E', 'team', 'A', 'Nytt namn')];
    expect(plan(renamed, sameDay).changes.correctPeriods).toMatchObject([{ periodId: 4, name: 'Nytt namn' }]);
    expect(plan(renamed, tree, { from: null }).changes.correctPeriods).toMatchObject([{ periodId: 4 }]);
  });

  test('that are missing end only with --full, and not while anyone works there', () => {
    expect(plan(file.slice(0, 3)).difference.counts.ended).toBe(0);
    const ended = plan(file.slice(0, 3), tree, { full: true });
    expect(ended.changes.endPeriods).toEqual([{ periodId: 4, until: AS_OF }]);
    expect(ended.difference.counts).toMatchObject({ ended: 1, unchanged: 3 });
    expect(problems(file.slice(0, 3), { ...tree, staffed: new Set(['E']) }, { full: true })).toEqual([
      {
        line: 1,
        column: null,
        reason: 'E Enhet E saknas i filen men har anställda; flytta dem först med import staff',
      },
    ]);
  });

  test('are refused where a row contradicts the tree, each with line, column and reason', () => {
    const rows = [
      row(2, 'K', 'municipality', null),
      row(3, 'K2', 'municipality', null),
      row(4, 'F', 'department', 'K'),
      row(5, 'F', 'department', 'K'),
      row(6, 'A', 'division', 'SAKNAS'),
      row(7, 'B', 'division', null),
      row(8, 'E', 'team', 'F'),
      row(9, 'E2', 'team', 'E'),
      row(10, 'X', 'division', 'Y'),
      row(11, 'Y', 'team', 'X'),
      row(12, 'Z', 'municipality', 'K'),
    ];
    expect(problems(rows).map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
      '2 typ det kan bara finnas en kommun, och K2 är det',
      '3 typ det kan bara finnas en kommun, och K är det',
      '5 kod F finns redan på rad 4',
      '6 overordnad enheten SAKNAS finns varken i filen eller i organisationen',
      '7 overordnad saknas: bara en kommun ligger överst',
      '9 overordnad enhet E2 kan inte ligga under enhet E',
      '10 overordnad X ligger i en cirkel och når aldrig upp till kommunen',
      '11 overordnad Y ligger i en cirkel och når aldrig upp till kommunen',
      '12 overordnad en kommun ligger överst och har ingen överordnad',
    ]);
  });

  test('are refused without a municipality, or with another one than before', () => {
    expect(problems(file.slice(1)).map(({ reason }) => reason)).toContain('ingen rad har typ kommun');
    expect(problems([row(2, 'K9', 'municipality', null)], tree)).toMatchObject([{ line: 2, column: 'typ' }]);
  });

  test('are refused where the kind of a unit no longer fits those that stay below it', () => {
    expect(problems([row(2, 'A', 'team', 'F')], tree)).toEqual([
      { line: 2, column: 'typ', reason: 'enhet E kan inte ligga under enhet A' },
    ]);
  });

  test('are refused where a change would come before one that is known', () => {
    const later = { ...tree, later: new Map([['E', '2025-01-01']]) };
    expect(problems([row(2, 'E', 'team', 'A', 'Ny')], later)).toMatchObject([{ line: 2, column: 'kod' }]);
    expect(problems([row(2, 'E', 'team', 'A')], later)).toEqual([]);
  });

  test('do not get the blame for a row that could not be read', () => {
    expect(problems([row(3, 'F', 'department', 'K')], nothing, { unreadable: new Set(['K']) })).toEqual([]);
  });
});

describe('staff', () => {
  let line = 1;
  const row = (anstnr: string, more: Partial<StaffRow> = {}): StaffRow => ({
    line: (line += 1),
    anstnr,
    namn: `Person ${anstnr}`,
    epost: `${anstnr}@demo.test`,
    enhet: 'A',
    befattning: 'lärare',
    fran: '2020-01-01',
    till: null,
    chef: false,
    skyddad: false,
    ...more,
  });
  const person = (employeeNumber: string, more: Partial<StoredPerson> = {}): StoredPerson => ({
    id: `id-${employeeNumber}`,
    employeeNumber,
    name: `Person ${employeeNumber}`,
    email: `${employeeNumber}@demo.test`,
    isProtected: false,
    employments: [
      {
        id: Number(employeeNumber),
        unitCode: 'A',
        title: 'lärare',
        isManager: false,
        from: '2020-01-01',
        until: null,
      },
    ],
    ...more,
  });
  const units = new Set(['A', 'B']);
  const plan = (people: StoredPerson[], rows: StaffRow[], full = true) => {
    const current = { people, openUnits: units, knownUnits: new Set([...units, 'GAMMAL']) };
    return planStaff(current, rows, { asOf: AS_OF, full, newId: () => 'ny' });
  };
  const done = (...args: Parameters<typeof plan>) => {
    const result = plan(...args);
    if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
    return result;
  };
  const problems = (...args: Parameters<typeof plan>) => {
    const result = plan(...args);
    return result.kind === 'refused'
      ? result.problems.map(({ column, reason }) => `${column} ${reason}`)
      : [];
  };

  test('are counted once each as new, moved, changed, ended or unchanged, with examples by number', () => {
    const people = ['1', '2', '3', '4', '5'].map((number) => person(number));
    const { difference, employed, leaving } = done(people, [
      row('1'),
      row('2', { enhet: 'B', fran: AS_OF }),
      row('3', { befattning: 'rektor' }),
      row('6', { fran: '2024-05-20' }),
      row('5', { till: '2024-05-31' }),
    ]);
    expect(difference.counts).toEqual({ new: 1, moved: 1, changed: 1, ended: 2, unchanged: 1 });
    expect(difference.examples).toEqual([
      { kind: 'new', text: '6 i A' },
      { kind: 'moved', text: '2 från A till B, från och med 2024-06-01' },
      { kind: 'changed', text: '3: anställning i A' },
      { kind: 'ended', text: '5 i A, sista dag 2024-05-31' },
      { kind: 'ended', text: '4 i A, sista dag 2024-05-31' },
    ]);
    expect({ employed, leaving }).toEqual({ employed: 5, leaving: 2 });
  });

  test('with protected identity, before or after, are counted and never named or numbered', () => {
    const secret = person('7', { isProtected: true });
    const { difference } = done(
      [secret, person('8')],
      [row('8', { skyddad: true }), row('9', { skyddad: true })],
    );
    expect(difference.counts).toEqual({ new: 1, moved: 0, changed: 1, ended: 1, unchanged: 0 });
    expect(difference.examples).toEqual([]);
  });

  test('who only made an account before become the person of the file', () => {
    const { changes } = done(
      [person('0', { employeeNumber: null, email: 'Ada@Demo.Test', employments: [] })],
      [row('1', { epost: 'ada@demo.test' })],
    );
    expect(changes.newPeople).toEqual([]);
    expect(changes.changedPeople).toMatchObject([{ id: 'id-0', employeeNumber: '1' }]);
    expect(changes.newEmployments).toMatchObject([{ personId: 'id-0', unitCode: 'A' }]);
  });

  test('who have left give their e-mail to who has it now', () => {
    const { changes } = done([person('1')], [row('2', { epost: '1@demo.test' })]);
    expect(changes.changedPeople).toMatchObject([{ id: 'id-1', email: null }]);
    expect(changes.newPeople).toMatchObject([{ employeeNumber: '2', email: '1@demo.test' }]);
  });

  test('may exchange e-mails with each other', () => {
    const { difference } = done(
      [person('1'), person('2')],
      [row('1', { epost: '2@demo.test' }), row('2', { epost: '1@demo.test' })],
    );
    expect(difference.counts.changed).toBe(2);
  });

  test.each([
    ['an unknown unit', [row('1', { enhet: 'X' })], 'enhet enheten X finns inte; importera den först'],
    [
      'a unit that is closed',
      [row('1', { enhet: 'GAMMAL' })],
      'enhet enheten GAMMAL finns inte i organisationen den 2024-06-01',
    ],
    [
      'another name for the same number',
      [row('1'), row('1', { enhet: 'B', namn: 'X' })],
      /^namn skiljer sig från rad \d+, som har samma anstnr$/,
    ],
    [
      'another e-mail for the same number',
      [row('1'), row('1', { enhet: 'B', epost: null })],
      /^epost skiljer sig/,
    ],
    [
      'another protection for the same number',
      [row('1'), row('1', { enhet: 'B', skyddad: true })],
      /^skyddad skiljer sig/,
    ],
    [
      'employments in one unit that overlap',
      [row('1'), row('1', { fran: '2022-01-01' })],
      /^fran överlappar anställningen i samma enhet på rad \d+$/,
    ],
    [
      'one e-mail for two people',
      [row('1', { epost: 'x@y.se' }), row('2', { epost: 'x@y.se' })],
      /^epost har redan personen på rad \d+$/,
    ],
  ])('are refused with %s', (_, rows, problem) => {
    expect(problems([], rows)).toEqual([
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    ]);
  });

  test('are refused with the e-mail of somebody who stays though the file does not mention them', () => {
    expect(problems([person('1')], [row('2', { epost: '1@demo.test' })], false)).toEqual([
      'epost tillhör redan en annan person',
    ]);
  });

  test('may have one employment after the other in a unit', () => {
    expect(problems([], [row('1', { till: '2021-12-31' }), row('1', { fran: '2022-01-01' })])).toEqual([]);
  });

  test('of a closed unit may be told about the time it was open', () => {
    expect(problems([], [row('1', { enhet: 'GAMMAL', till: '2023-12-31' })])).toEqual([]);
  });
});
