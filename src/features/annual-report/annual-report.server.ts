import type { Actor } from '#src/features/auth/auth.ts';
import { branchOf, topOf, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import {
  getIndicator,
  getUnitTrends,
  listIndicatorYears,
  type TrendPoint,
} from '#src/features/indicator/indicator.server.ts';
import { lastDayOf, pairFigures } from '#src/features/years/years.ts';
import { findFixedYear, type FixedYear } from '#src/features/years/years.server.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import {
  parseYear,
  planSections,
  toLines,
  type AnnualReport,
  type FixedInfo,
  type ReportLine,
  type ReportPoint,
} from './annual-report.ts';

export interface YearFigures {
  kind: 'ok';
  year: number;
  asOf: string;
  isRunning: boolean;
  fixed: FixedInfo | null;
  /** In tree order, hidden as for everyone. */
  lines: ReportLine[];
}

export type YearRefusal =
  /** Not a year. */
  | { kind: 'bad-year' }
  /** Nobody knows what will be completed. */
  | { kind: 'future-year'; year: number }
  /** No organisation is known for it, or not this unit. */
  | { kind: 'no-figures'; year: number }
  | { kind: 'unknown-unit'; year: number };

export type ReportResult =
  | { kind: 'ok'; report: AnnualReport }
  /** Several municipalities: one has to be chosen. */
  | { kind: 'choose'; year: number; municipalities: IndicatorRow[] }
  | YearRefusal;

/**
 * The figures of a year as they stand (design section 5): those of 31 December, fixed where the year
 * is fixed, and of the running year those of today. Hidden as in `getIndicator`, whoever asks.
 */
export async function readYearFigures(
  actor: Actor | null,
  yearText: string,
  unitCode?: string,
): Promise<YearFigures | YearRefusal> {
  const year = parseYear(yearText);
  if (year === null) return { kind: 'bad-year' };
  const today = stockholmToday();
  const thisYear = Number(today.slice(0, 4));
  if (year > thisYear) return { kind: 'future-year', year };
  const isRunning = year === thisYear;
  const asOf = isRunning ? today : lastDayOf(year);
  const [fixed, found] = await Promise.all([findFixedYear(year), getIndicator(actor, { asOf, unitCode })]);
  const now = found.kind === 'ok' ? found.rows : [];
  const standing = fixed && (unitCode === undefined ? fixed.rows : branchOf(fixed.rows, unitCode));
  const lines: ReportLine[] = standing
    ? toLines(pairFigures(standing, now))
    : now.map((row) => ({ row, recomputed: null }));
  if (lines.length === 0) return { kind: unitCode === undefined ? 'no-figures' : 'unknown-unit', year };
  return { kind: 'ok', year, asOf, isRunning, fixed: fixed && describe(fixed), lines };
}

/** The annual report of a municipality, or of one unit of it. The same for everyone. */
export async function loadAnnualReport(
  actor: Actor | null,
  yearText: string,
  unitCode?: string,
): Promise<ReportResult> {
  const found = await readYearFigures(actor, yearText, unitCode);
  if (found.kind !== 'ok') return found;
  const { year, lines } = found;
  const tops = topOf(lines.map(({ row }) => row));
  if (tops.length > 1) return { kind: 'choose', year, municipalities: tops };
  const planned = planSections(lines);
  const trends = await readTrends(
    actor,
    planned.map(({ unit }) => unit.row.code),
    year,
  );
  const sections = planned.map((section) => ({ ...section, trend: trends.get(section.unit.row.code) ?? [] }));
  const { kind: _kind, ...figures } = found;
  return { kind: 'ok', report: { ...figures, unitCode, sections } };
}

/** The years that can have a report, the latest first. */
export async function listReportYears(): Promise<number[]> {
  return (await listIndicatorYears()).map(({ year }) => year).toReversed();
}

/** The years up to that of the report, each with the figures that stand: a later report says the same of them. */
async function readTrends(
  actor: Actor | null,
  codes: readonly string[],
  lastYear: number,
): Promise<Map<string, ReportPoint[]>> {
  const trends = await getUnitTrends(actor, codes);
  const years = (trends.values().next().value ?? [])
    .map(({ year }) => year)
    .filter((year) => year <= lastYear);
  const fixed = new Map<number, Map<string, IndicatorRow>>();
  for (const found of await Promise.all(years.map((year) => findFixedYear(year)))) {
    if (found) fixed.set(found.year, new Map(found.rows.map((row) => [row.code, row])));
  }
  const standing = (code: string, point: TrendPoint): ReportPoint => {
    const rows = fixed.get(point.year);
    return { ...point, row: rows ? (rows.get(code) ?? null) : point.row, isFixed: rows !== undefined };
  };
  return new Map(
    [...trends].map(([code, points]) => [
      code,
      points.filter(({ year }) => year <= lastYear).map((point) => standing(code, point)),
    ]),
  );
}

function describe({ fixedAt, revision, reason }: FixedYear): FixedInfo {
  return { fixedAt, revision, reason };
}
