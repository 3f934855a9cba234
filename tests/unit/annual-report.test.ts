import { describe, expect, test } from 'vitest';
import {
  parseYear,
  planSections,
  toLines,
  type AnnualReport,
  type ReportLine,
} from '#src/features/annual-report/annual-report.ts';
import { toCells } from '#src/features/annual-report/report-cells.ts';
import { describeStatus, describeUnit } from '#src/features/annual-report/report-words.ts';
import { toStratsys } from '#src/features/annual-report/stratsys.ts';
import type { IndicatorRow } from '#src/features/indicator/indicator.ts';
import type { UnitKind } from '#src/features/organisation/organisation.ts';
import { pairFigures } from '#src/features/years/years.ts';

const row = (
  code: string,
  kind: UnitKind,
  parentCode: string | null,
  figures: Partial<IndicatorRow> = {},
): IndicatorRow => ({
  code,
  name: `Enhet ${code}`,
  kind,
  parentCode,
  depth: ['municipality', 'department', 'division', 'team'].indexOf(kind),
  target: 60,
  hidden: false,
  employed: 100,
  completed: 50,
  outcome: 50,
  ...figures,
});
const HIDDEN = { hidden: true, employed: null, completed: null, outcome: null };
const line = (one: IndicatorRow): ReportLine => ({ row: one, recomputed: null });
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('The pages of a report', () => {
  const tree = [
    row('K', 'municipality', null),
    row('A', 'department', 'K'),
    row('A1', 'division', 'A'),
    row('A11', 'team', 'A1'),
    row('B', 'department', 'K'),
    row('C', 'team', 'K'),
  ].map(line);
  const show = (lines: ReportLine[]) =>
    planSections(lines).map(({ unit, below, hasMore }) => [
      unit.row.code,
      below.map((one) => one.row.code).join(' '),
      hasMore,
    ]);

  test('are one for the municipality and one per förvaltning, also one without units below', () => {
    expect(show(tree)).toEqual([
      ['K', 'A B C', false],
      ['A', 'A1', true],
      ['B', '', false],
    ]);
  });

  test('are one with everything below for any other unit', () => {
    expect(show(tree.slice(1, 4))).toEqual([['A', 'A1 A11', false]]);
    expect(show([])).toEqual([]);
  });
});

describe('A year', () => {
  test('is four digits that can be one', () => {
    expect(['2025', '1999', '2199'].map(parseYear)).toEqual([2025, 1999, 2199]);
    expect(['', '25', '20255', '2025-12-31', '0001', 'abcd', ' 2025', '٢٠٢٥'].map(parseYear)).toEqual(
      Array(8).fill(null),
    );
  });
});

describe('What was fixed', () => {
  test('stands, with what is counted now beside it only where that differs; units that came later are left out', () => {
    const fixed = [row('K', 'municipality', null), row('A', 'department', 'K')];
    const now = [
      fixed[0]!,
      row('A', 'department', 'K', { completed: 51, outcome: 51 }),
      row('N', 'team', 'A'),
    ];
    expect(toLines(pairFigures(fixed, now))).toEqual([
      { row: fixed[0], recomputed: null },
      { row: fixed[1], recomputed: now[1] },
    ]);
  });
});

describe('The words of a report', () => {
  test('never tell a hidden figure', () => {
    const hidden = row('A', 'team', 'K', HIDDEN);
    expect(toCells(hidden)).toMatchObject({
      outcome: 'dold',
      difference: 'dold',
      completed: 'dold',
      employed: 'dold',
    });
    expect(describeUnit(line(hidden))).toEqual([
      'Utfallet är dolt, för att ingen enskild ska gå att urskilja.',
    ]);
    const recomputed = { row: row('A', 'team', 'K'), recomputed: hidden };
    expect(describeUnit(recomputed).join(' ')).not.toContain('Omräknat');
  });

  test('tell how far it is to the target', () => {
    const say = (figures: Partial<IndicatorRow>) =>
      describeUnit(line(row('A', 'team', 'K', figures))).map(plain);
    expect(say({})[1]).toBe('Det fattas 10,0 procentenheter till målet, 60 %.');
    expect(say({ target: 50 })[1]).toBe('Målet, 50 %, är nått.');
    expect(say({ target: 49 })[1]).toBe('Målet, 49 %, är nått med 1,0 procentenhet till godo.');
    expect(say({ target: null })).toHaveLength(1);
    expect(say({ employed: 0, completed: 0, outcome: null })).toEqual(['Ingen var anställd här den dagen.']);
  });

  test('tell how the year stands', () => {
    const report = (given: Partial<AnnualReport>): AnnualReport => ({
      year: 2025,
      asOf: '2025-12-31',
      isRunning: false,
      fixed: null,
      unitCode: undefined,
      sections: [],
      lines: [],
      ...given,
    });
    const fixed = { fixedAt: new Date('2026-01-14T10:00:00Z'), revision: 2, reason: 'Fel i filen' };
    expect(describeStatus(report({})).title).toBe('Inte fastställt');
    expect(describeStatus(report({ isRunning: true, asOf: '2025-06-01' })).texts[0]).toContain('1 juni 2025');
    expect(describeStatus(report({ fixed })).texts).toEqual([
      'Siffrorna för 2025 fastställdes den 14 januari 2026 (version 2). De ändras inte av senare rättelser.',
      'Skäl till att de fastställdes på nytt: Fel i filen.',
      'Räknas de om med dagens uppgifter blir de desamma.',
    ]);
  });
});

describe('A line for Stratsys', () => {
  test('keeps to four columns whatever a unit is called, and is no formula', () => {
    const names = ['Tabb\toch\r\nrad', '=SUMMA(A1)', 'Å, ä & ö'];
    const text = toStratsys(
      names.map((name, index) => row(String(index), 'team', null, { name })),
      2025,
      ['utfall'],
    );
    const units = text
      .trimEnd()
      .split('\r\n')
      .map((one) => one.split('\t'));
    expect(units.map((cells) => cells.length)).toEqual([4, 4, 4, 4]);
    expect(units.map(([unit]) => unit)).toEqual(['enhet', 'Tabb och rad', "'=SUMMA(A1)", 'Å, ä & ö']);
  });
});
