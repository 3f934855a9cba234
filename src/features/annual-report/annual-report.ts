import { childrenOf, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import type { FigurePair } from '#src/features/years/years.ts';

/** A unit's figures of the year as they stand: the fixed ones where the year is fixed. */
export interface ReportLine {
  row: IndicatorRow;
  /** What the facts give now, where that differs from what was fixed. */
  recomputed: IndicatorRow | null;
}

/** A year of a unit's trend. */
export interface ReportPoint {
  year: number;
  asOf: string;
  /** Null when the unit did not exist that day. */
  row: IndicatorRow | null;
  isFixed: boolean;
}

/** The page of one unit in the report. */
export interface ReportSection {
  unit: ReportLine;
  /** In tree order. */
  below: ReportLine[];
  /** Whether there are more units under those below, which the unit's own report has. */
  hasMore: boolean;
}

/** When the figures of the year were fixed; `reason` for a later revision. */
export interface FixedInfo {
  fixedAt: Date;
  revision: number;
  reason: string | null;
}

export interface AnnualReport {
  year: number;
  /** 31 December; of the running year today. */
  asOf: string;
  isRunning: boolean;
  fixed: FixedInfo | null;
  /** Chosen with `?enhet=`; undefined: the whole municipality. */
  unitCode: string | undefined;
  sections: (ReportSection & { trend: ReportPoint[] })[];
  /** Every unit of the report, also those that only the CSV file has room for. */
  lines: ReportLine[];
}

/** A year written `YYYY`; null for anything else. */
export function parseYear(text: string): number | null {
  return /^(19|20|21)\d{2}$/.test(text) ? Number(text) : null;
}

/** Lays what stands beside what is counted now: in a fixed year the fixed figures, otherwise the present ones. */
export function toLines(pairs: readonly FigurePair[]): ReportLine[] {
  return pairs.flatMap(({ fixed, now, differs }) =>
    fixed ? [{ row: fixed, recomputed: differs ? now : null }] : [],
  );
}

/**
 * The pages of a report over a unit and everything below it, the unit first. A municipality has one of
 * its own and one per förvaltning, with the units right below each; any other unit has one, with everything below.
 */
export function planSections(lines: readonly ReportLine[]): ReportSection[] {
  const [top] = lines;
  if (!top) return [];
  if (top.row.kind !== 'municipality') return [{ unit: top, below: lines.slice(1), hasMore: false }];
  const lineOf = new Map(lines.map((line) => [line.row.code, line]));
  const rowsBelow = childrenOf(lines.map(({ row }) => row));
  const linesBelow = (code: string) =>
    (rowsBelow.get(code) ?? []).flatMap((row) => lineOf.get(row.code) ?? []);
  const toSection = (unit: ReportLine): ReportSection => {
    const below = linesBelow(unit.row.code);
    return { unit, below, hasMore: below.some(({ row }) => rowsBelow.has(row.code)) };
  };
  const departments = linesBelow(top.row.code).filter(({ row }) => row.kind === 'department');
  return [{ ...toSection(top), hasMore: false }, ...departments.map(toSection)];
}

/** Whether anything in these lines was counted otherwise when the year was fixed. */
export function hasRecomputed(lines: readonly ReportLine[]): boolean {
  return lines.some(({ recomputed }) => recomputed !== null);
}
