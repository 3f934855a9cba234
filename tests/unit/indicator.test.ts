import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ancestorsOf,
  branchOf,
  calculateOutcome,
  differenceFromTarget,
  formatPercent,
  type IndicatorRow,
} from '#src/features/indicator/indicator.ts';
import { toCsv, toJson } from '#src/features/indicator/indicator-files.ts';

function row(
  code: string,
  parentCode: string | null,
  outcome: number | null,
  more: Partial<IndicatorRow> = {},
) {
  const shown: IndicatorRow = {
    code,
    name: `Enhet ${code}`,
    kind: 'team',
    parentCode,
    depth: parentCode === null ? 0 : 1,
    target: null,
    hidden: false,
    employed: 20,
    completed: 10,
    outcome,
  };
  return { ...shown, ...more };
}

const HIDDEN = { hidden: true, employed: null, completed: null } as const;

describe('outcome', () => {
  test('is rounded half up to one decimal', () => {
    expect(calculateOutcome(1, 16)).toBe(6.3);
    expect(calculateOutcome(1, 3)).toBe(33.3);
    expect(calculateOutcome(2, 3)).toBe(66.7);
    expect(calculateOutcome(0, 7)).toBe(0);
    expect(calculateOutcome(7, 7)).toBe(100);
    expect(calculateOutcome(1, 2000)).toBe(0.1);
    expect(calculateOutcome(1999, 2000)).toBe(100);
  });

  test('is empty where nobody is employed', () => {
    expect(calculateOutcome(0, 0)).toBeNull();
  });

  test('is never further from the true share than half a tenth, and only a tie is rounded up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), fc.nat(40_000), (employed, some) => {
        const completed = some % (employed + 1);
        const tenths = Math.round((calculateOutcome(completed, employed) ?? 0) * 10);
        const [numerator, denominator] = [BigInt(completed) * 1000n, BigInt(employed)];
        const twice = 2n * (numerator - BigInt(tenths) * denominator);
        expect(twice >= -denominator && twice < denominator).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('is written with decimal comma and one decimal', () => {
    expect(formatPercent(100)).toBe('100,0');
    expect(formatPercent(6.3)).toBe('6,3');
    expect(formatPercent(null)).toBe('');
  });

  test('is compared with the target in whole tenths', () => {
    expect(differenceFromTarget(row('A', null, 50.1, { target: 50 }))).toBe(0.1);
    expect(differenceFromTarget(row('A', null, 0.3, { target: 0.1 }))).toBe(0.2);
    expect(differenceFromTarget(row('A', null, null, { target: 50 }))).toBeNull();
    expect(differenceFromTarget(row('A', null, 50))).toBeNull();
  });
});

describe('order and parts of the tree', () => {
  const rows = [
    row('K', null, 40),
    row('A', 'K', 20),
    row('A1', 'A', 30),
    row('A2', 'A', null, HIDDEN),
    row('A3', 'A', 70),
    row('B', 'K', 60),
    row('C', 'K', null, HIDDEN),
    row('D', 'K', null, { employed: 0, completed: 0 }),
  ];
  const codes = (list: readonly IndicatorRow[]) => list.map(({ code }) => code).join(' ');

  test('a branch is a unit and everything below it', () => {
    expect(codes(branchOf(rows, 'A'))).toBe('A A1 A2 A3');
    expect(codes(branchOf(rows, 'K'))).toBe(codes(rows));
    expect(branchOf(rows, 'X')).toEqual([]);
  });

  test('ancestors are listed from the top', () => {
    expect(codes(ancestorsOf(rows, 'A1'))).toBe('K A');
    expect(ancestorsOf(rows, 'K')).toEqual([]);
    expect(ancestorsOf(rows, 'X')).toEqual([]);
  });
});

describe('files', () => {
  const rows = [
    row('K', null, 6.3, {
      kind: 'municipality',
      name: 'Kommun; "Å"',
      target: 100,
      employed: 16,
      completed: 1,
    }),
    row('A', 'K', null, { ...HIDDEN, kind: 'department', target: 62.5 }),
    row('B', 'K', null, { kind: 'division', employed: 0, completed: 0 }),
  ];

  test('the CSV has the columns, the decimal comma and the BOM of the contract', () => {
    expect(toCsv(rows, '2024-12-31')).toBe(
      '\uFEFFdatum;enhetskod;enhet;typ;mal;utfall;antal_genomfort;antal_anstallda;dold\r\n' +
        '2024-12-31;K;"Kommun; ""Å""";kommun;100,0;6,3;1;16;false\r\n' +
        '2024-12-31;A;Enhet A;forvaltning;62,5;;;;true\r\n' +
        '2024-12-31;B;Enhet B;avdelning;;;0;0;false\r\n',
    );
  });

  test('the JSON has the same rows with numbers and null', () => {
    expect(toJson(rows, '2024-12-31')).toEqual({
      datum: '2024-12-31',
      rows: [
        {
          datum: '2024-12-31',
          enhetskod: 'K',
          enhet: 'Kommun; "Å"',
          typ: 'kommun',
          mal: 100,
          utfall: 6.3,
          antal_genomfort: 1,
          antal_anstallda: 16,
          dold: false,
        },
        {
          datum: '2024-12-31',
          enhetskod: 'A',
          enhet: 'Enhet A',
          typ: 'forvaltning',
          mal: 62.5,
          utfall: null,
          antal_genomfort: null,
          antal_anstallda: null,
          dold: true,
        },
        {
          datum: '2024-12-31',
          enhetskod: 'B',
          enhet: 'Enhet B',
          typ: 'avdelning',
          mal: null,
          utfall: null,
          antal_genomfort: 0,
          antal_anstallda: 0,
          dold: false,
        },
      ],
    });
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x";"y")'])(
    'a name such as %j is text in a spreadsheet, not a formula',
    (name) => {
      const [, line = ''] = toCsv([row('K', null, 1, { name })], '2024-12-31').split('\r\n');
      const cell = line.split(';')[2] ?? '';
      expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );
});
