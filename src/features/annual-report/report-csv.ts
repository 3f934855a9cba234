import { toCsvText } from '#src/lib/csv.ts';
import {
  differenceFromTarget,
  formatPercent,
  UNIT_KIND_WORDS,
  type IndicatorRow,
} from '#src/features/indicator/indicator.ts';
import type { AnnualReport } from './annual-report.ts';

const COLUMNS = [
  'ar',
  'datum',
  'enhetskod',
  'enhet',
  'typ',
  'mal',
  'utfall',
  'skillnad',
  'antal_genomfort',
  'antal_anstallda',
  'dold',
  'faststalld',
  'omraknat_mal',
  'omraknat_utfall',
  'omraknat_antal_genomfort',
  'omraknat_antal_anstallda',
];

/**
 * The figures of a report as a spreadsheet reads them: first every unit in the report's year, then the
 * earlier years of those that have a page, the latest first. `omraknat_…` is filled in where the facts
 * give something else today than what was fixed.
 */
export function toReportCsv({ year, asOf, fixed, lines, sections }: AnnualReport): string {
  const ofYear = lines.map(({ row, recomputed }) => toLine(year, asOf, row, fixed !== null, recomputed));
  const earlier = sections.flatMap(({ trend }) =>
    trend
      .filter((point) => point.year < year)
      .toReversed()
      .flatMap((point) =>
        point.row ? [toLine(point.year, point.asOf, point.row, point.isFixed, null)] : [],
      ),
  );
  return toCsvText([COLUMNS, ...ofYear, ...earlier]);
}

function toLine(
  year: number,
  day: string,
  row: IndicatorRow,
  isFixed: boolean,
  recomputed: IndicatorRow | null,
): string[] {
  return [
    String(year),
    day,
    row.code,
    row.name,
    UNIT_KIND_WORDS[row.kind],
    formatPercent(row.target),
    formatPercent(row.outcome),
    formatPercent(differenceFromTarget(row)),
    whole(row.completed),
    whole(row.employed),
    String(row.hidden),
    String(isFixed),
    formatPercent(recomputed?.target ?? null),
    formatPercent(recomputed?.outcome ?? null),
    whole(recomputed?.completed ?? null),
    whole(recomputed?.employed ?? null),
  ];
}

function whole(count: number | null): string {
  return count === null ? '' : String(count);
}
