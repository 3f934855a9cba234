import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTable } from '#src/features/organisation/import-file.ts';
import {
  checkRows,
  STAFF_COLUMNS,
  staffRow,
  UNIT_COLUMNS,
  unitRow,
} from '#src/features/organisation/import.schema.ts';

const COLUMNS = ['kod', 'namn'] as const;
const utf8 = (text: string) => new TextEncoder().encode(text);
const windows1252 = (text: string) =>
  Uint8Array.from(text, (letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0)));
const isUtf8 = (bytes: Uint8Array) => !new TextDecoder().decode(bytes).includes('\uFFFD');
const read = (text: string) => readTable(utf8(text), COLUMNS);
const cellsOf = (table: ReturnType<typeof readTable<'kod' | 'namn'>>) =>
  table.kind === 'ok' ? table.rows.map(({ cells }) => cells) : table;
const problemsOf = (table: ReturnType<typeof read>) => (table.kind === 'refused' ? table.problems : []);

describe('a file is read', () => {
  const encodings = {
    'UTF-8': utf8,
    'UTF-8 with BOM': (text: string) => utf8(`\uFEFF${text}`),
    'Windows-1252': windows1252,
  };
  const cases = Object.entries(encodings).flatMap(([encoding, encode]) =>
    [';', ',', '\t'].flatMap((delimiter) =>
      ['\n', '\r\n', '\r'].map((lineEnd) => ({ encoding, encode, delimiter, lineEnd })),
    ),
  );

  test.each(cases)('in $encoding with $delimiter and $lineEnd', ({ encode, delimiter, lineEnd }) => {
    const lines = [
      ['KOD', ' Namn '],
      ['A1', 'Förskolan Örtagården'],
      ['A2', '"Bad; kök, 5 €\tmed ""citat"""'],
    ];
    const bytes = encode(lines.map((line) => line.join(delimiter)).join(lineEnd) + lineEnd);
    expect(cellsOf(readTable(bytes, COLUMNS))).toEqual([
      { kod: 'A1', namn: 'Förskolan Örtagården' },
      { kod: 'A2', namn: 'Bad; kök, 5 € med "citat"' },
    ]);
  });

  test('with columns in any order, others left out, and cells trimmed', () => {
    expect(cellsOf(read('extra;NAMN;kod\nx;  Bad   och kök ; A1\n'))).toEqual([
      { kod: 'A1', namn: 'Bad och kök' },
    ]);
  });

  test('with letters put together: å as one sign', () => {
    expect(cellsOf(read('kod;namn\nA;A\u030A\n'))).toEqual([{ kod: 'A', namn: 'Å' }]);
  });

  test('without empty lines and lines of empty cells', () => {
    expect(cellsOf(read('kod;namn\n\nA;B\n;;\n \n'))).toEqual([{ kod: 'A', namn: 'B' }]);
  });

  test('with the line of each row as an editor counts it', () => {
    const table = read('kod;namn\r\n\r\nA;"två\r\nrader"\r\nB;x\r\n');
    expect(table.kind === 'ok' && table.rows.map(({ line }) => line)).toEqual([3, 5]);
  });
});

test('A row with another number of cells is marked, and the others are read all the same', () => {
  const table = read('kod;namn\nA\nB;b\nC;c;d\n');
  expect(table.kind === 'ok' && table.rows.map(({ line, misfit }) => [line, misfit])).toEqual([
    [2, { column: 'namn', reason: 'raden har 1 fält, rubriken har 2' }],
    [3, undefined],
    [4, { column: 'namn', reason: 'raden har 3 fält, rubriken har 2' }],
  ]);
});

describe('a file is refused', () => {
  test.each([
    ['', 'filen är tom'],
    ['kod;namn\n', 'filen har ingen rad under rubriken'],
    ['kod;namn\nA;"B\n', 'ett citattecken som öppnas här eller tidigare stängs aldrig'],
    [
      'kod;namn\nA;x"B"\n',
      'citattecken mitt i ett fält: sätt hela fältet inom citattecken och dubblera dem inuti',
    ],
    ['kod;namn\nA;"B"x\n', 'text efter ett avslutande citattecken: dubblera citattecken som hör till texten'],
    ['k\0o\0d\0', 'filen är inte text i UTF-8 eller Windows-1252; spara den som CSV UTF-8'],
  ])('%j: %s', (text, reason) => {
    expect(problemsOf(read(text)).map((problem) => problem.reason)).toEqual([reason]);
  });

  test('naming every column that is missing or there twice', () => {
    expect(problemsOf(read('namn;Namn\nA;B\n'))).toEqual([
      { line: 1, column: 'kod', reason: 'kolumnen saknas i rubriken' },
      { line: 1, column: 'namn', reason: 'kolumnen finns flera gånger i rubriken' },
    ]);
  });
});

describe('any file', () => {
  const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1000) };

  test('comes back as it was written, however it is quoted', () => {
    const cell = fc.string({ maxLength: 12, unit: fc.constantFrom(...'aåÖ €";,\t\n\r\'=|') });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(';', ',', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (rows, delimiter, lineEnd, isWindows) => {
          const text = [['kod', 'namn'], ...rows].map((row) => row.map(quote).join(delimiter)).join(lineEnd);
          const tidy = (value: string) => value.replaceAll(/\s+/g, ' ').trim();
          const expected = rows
            .map(([kod, namn]) => ({ kod: tidy(kod), namn: tidy(namn) }))
            .filter(({ kod, namn }) => kod || namn);
          const written = (isWindows ? windows1252 : utf8)(text);
          // A few pairs of Windows letters (Ö€) are one letter in UTF-8: nobody can tell which was meant.
          fc.pre(!isWindows || !isUtf8(written) || utf8(text).length === text.length);
          const table = readTable(written, COLUMNS);
          if (expected.length === 0) expect(table.kind).toBe('refused');
          else expect(cellsOf(table)).toEqual(expected);
        },
      ),
      runs,
    );
  });

  test('of random bytes is read or refused, never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['ok', 'refused']).toContain(readTable(bytes, COLUMNS).kind);
      }),
      runs,
    );
  });

  test('with a good header and random rows is read or refused with line and reason, never an error', () => {
    const junk = fc.string({ unit: fc.constantFrom(...'";\n,ab1- åjneE@.0'), maxLength: 120 });
    fc.assert(
      fc.property(junk, (text) => {
        const table = readTable(utf8(`${STAFF_COLUMNS.join(';')}\n${text}`), STAFF_COLUMNS);
        const problems = table.kind === 'ok' ? checkRows(table.rows, staffRow).problems : table.problems;
        for (const problem of problems) {
          expect(problem.line).toBeGreaterThan(0);
          expect(problem.reason).not.toBe('');
        }
      }),
      runs,
    );
  });
});

describe('each row is checked by itself', () => {
  const person = {
    anstnr: '1001',
    namn: 'Ada Märla',
    epost: 'ada@demo.test',
    enhet: 'A1',
    befattning: 'lärare',
    fran: '2020-01-01',
    till: '',
    chef: '',
    skyddad: 'nej',
  };
  const unit = { kod: 'A1', namn: 'Enheten', typ: 'enhet', overordnad: 'A' };
  const checkStaff = (cells: Partial<typeof person>) =>
    checkRows<(typeof STAFF_COLUMNS)[number], typeof staffRow>(
      [{ line: 7, cells: { ...person, ...cells } }],
      staffRow,
    );
  const checkUnit = (cells: Partial<typeof unit>) =>
    checkRows<(typeof UNIT_COLUMNS)[number], typeof unitRow>(
      [{ line: 7, cells: { ...unit, ...cells } }],
      unitRow,
    );

  test('a whole row of staff is understood', () => {
    expect(checkStaff({ chef: 'JA', till: '2020-01-01', epost: 'Ada@Demo.Test' }).rows).toEqual([
      { ...person, line: 7, chef: true, skyddad: false, till: '2020-01-01', epost: 'ada@demo.test' },
    ]);
  });

  test('an empty e-mail, title and last day are allowed, and no chef means nej', () => {
    expect(checkStaff({ epost: '', befattning: '' }).rows[0]).toMatchObject({
      epost: null,
      till: null,
      chef: false,
    });
  });

  test('a last day that nobody will see means until further notice', () => {
    expect(checkStaff({ till: '9999-12-31' }).rows[0]).toMatchObject({ till: null });
  });

  test.each([
    ['anstnr', '', 'saknas'],
    ['anstnr', '1 001', 'får inte innehålla mellanslag'],
    ['namn', '', 'saknas'],
    ['namn', 'x'.repeat(201), 'är längre än 200 tecken'],
    ['epost', 'ada', 'är inte en e-postadress'],
    ['enhet', '', 'saknas'],
    ['fran', '', 'saknas'],
    ['fran', '2020-02-30', 'är inte ett datum som ÅÅÅÅ-MM-DD'],
    ['fran', '2020-01-01 00:00', 'är inte ett datum som ÅÅÅÅ-MM-DD'],
    ['till', '20211231', 'är inte ett datum som ÅÅÅÅ-MM-DD'],
    ['till', '2019-12-31', 'ligger före fran'],
    ['chef', 'x', 'ska vara ja eller nej'],
    ['skyddad', '', 'saknas: utan ja eller nej vet ingen om personen har skyddade uppgifter'],
    ['skyddad', 'kanske', 'ska vara ja eller nej'],
  ])('staff: %s %j %s', (column, value, reason) => {
    expect(checkStaff({ [column]: value })).toMatchObject({
      rows: [],
      problems: [{ line: 7, column, reason }],
    });
  });

  test.each([
    ['kod', '', 'saknas'],
    ['kod', 'a/b', `får inte innehålla mellanslag eller något av / \\ ? # % " ' < > ; ,`],
    ['kod', '..', 'får inte bara vara punkter'],
    ['namn', '', 'saknas'],
    ['typ', 'team', 'ska vara kommun, forvaltning, avdelning eller enhet'],
    ['typ', 'constructor', 'ska vara kommun, forvaltning, avdelning eller enhet'],
  ])('units: %s %j %s', (column, value, reason) => {
    expect(checkUnit({ [column]: value })).toMatchObject({
      rows: [],
      problems: [{ line: 7, column, reason }],
    });
  });

  test('every fault of a row is named', () => {
    expect(checkStaff({ anstnr: '', fran: 'x', skyddad: '' }).problems.map(({ column }) => column)).toEqual([
      'anstnr',
      'fran',
      'skyddad',
    ]);
  });
});
