import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IndicatorRow } from '#src/features/indicator/indicator.ts';
import {
  chooseColumn,
  pageQuery,
  parseOrder,
  SORTS,
  sortRows,
} from '#src/features/indicator/indicator-table.ts';
import { layoutTargets } from '#src/features/indicator/target-table.ts';

function row(code: string, figures: Partial<IndicatorRow> = {}): IndicatorRow {
  const place = { code, name: code, kind: 'department' as const, parentCode: 'M', depth: 1 };
  return { ...place, target: 50, hidden: false, employed: 100, completed: 10, outcome: 10, ...figures };
}

const hidden = { hidden: true, employed: null, completed: null, outcome: null };

describe('The order of the table', () => {
  const rows = [
    row('A', { outcome: 20, target: 60 }),
    row('B', { ...hidden, target: 99 }),
    row('C', { outcome: 40, target: 90 }),
    row('D', { outcome: null, employed: 0, completed: 0 }),
    row('E', { outcome: 30, target: 30 }),
  ];
  const codes = (query: string) =>
    sortRows(rows, parseOrder(new URLSearchParams(query))).map(({ code }) => code);

  test('is by name until another column is chosen; hidden rows stand last', () => {
    expect(codes('')).toEqual(['A', 'C', 'D', 'E', 'B']);
    expect(codes('sortera=namn&ordning=fallande')).toEqual(['E', 'D', 'C', 'A', 'B']);
  });

  test('puts the highest first, and what has no figure last whichever way it is sorted', () => {
    expect(codes('sortera=utfall')).toEqual(['C', 'E', 'A', 'B', 'D']);
    expect(codes('sortera=utfall&ordning=stigande')).toEqual(['A', 'E', 'C', 'B', 'D']);
    expect(codes('sortera=skillnad')).toEqual(['E', 'A', 'C', 'B', 'D']);
    expect(codes('sortera=mal')).toEqual(['C', 'A', 'D', 'E', 'B']);
  });

  test('is by name when the address is not understood', () => {
    expect(codes('sortera=lon&ordning=uppat')).toEqual(['A', 'C', 'D', 'E', 'B']);
  });

  test('tells nothing of what is hidden: the same place whatever the target or the name', () => {
    const anyRow = fc.record({
      outcome: fc.integer({ min: 0, max: 100 }),
      target: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 }),
        fc.constantFrom(...SORTS),
        fc.constantFrom('stigande' as const, 'fallande' as const),
        (shown, targets, sort, order) => {
          const all = [
            ...targets.map((target, index) => row(`h${index}`, { ...hidden, target })),
            ...shown.map((figures, index) => row(`s${index}`, figures)),
          ];
          const sorted = sortRows(all, { sort, order }).map(({ code }) => code);
          expect(sorted.slice(shown.length)).toEqual(targets.map((_, index) => `h${index}`));
        },
      ),
    );
  });

  test('turns round when the same column is chosen again, and keeps the day in the address', () => {
    const byOutcome = chooseColumn({ sort: 'namn', order: 'stigande' }, 'utfall');
    expect(pageQuery('2025-12-31', byOutcome)).toBe('?datum=2025-12-31&sortera=utfall');
    expect(pageQuery(null, chooseColumn(byOutcome, 'utfall'))).toBe('?sortera=utfall&ordning=stigande');
    expect(pageQuery(null, chooseColumn(byOutcome, 'namn'))).toBe('');
  });
});

describe('The table of targets', () => {
  const unit = (code: string, parentCode: string | null, depth: number) => ({
    code,
    name: code,
    kind: 'team' as const,
    parentCode,
    depth,
    target: null,
  });
  const units = [
    unit('M', null, 0),
    unit('A', 'M', 1),
    unit('A1', 'A', 2),
    unit('A2', 'A', 2),
    unit('B', 'M', 1),
  ];

  test('shows a unit its own target, else that of the nearest unit above, else none', () => {
    const { years, rows } = layoutTargets(units, [
      { code: 'M', year: 2025, percent: 40 },
      { code: 'A', year: 2026, percent: 80 },
      { code: 'A1', year: 2026, percent: 90 },
    ]);
    expect(years).toEqual([2026, 2025]);
    const own = (percent: number) => ({ percent, isInherited: false });
    const inherited = (percent: number) => ({ percent, isInherited: true });
    const none = { percent: null, isInherited: false };
    expect(Object.fromEntries(rows.map((line) => [line.unit.code, line.cells]))).toEqual({
      M: [none, own(40)],
      A: [own(80), inherited(40)],
      A1: [own(90), inherited(40)],
      B: [none, inherited(40)],
    });
  });
});
