import { annualReport } from '#src/i18n/annual-report.ts';
import { disarm } from '#src/lib/csv.ts';
import { formatPercent, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { lastDayOf } from '#src/features/years/years.ts';

export const MEASURES = ['utfall', 'mal'] as const;
export type Measure = (typeof MEASURES)[number];

const HEADER = ['enhet', 'period', 'matt', 'varde'];
const NAMES: Record<Measure, string> = {
  utfall: annualReport.stratsys.outcome,
  mal: annualReport.stratsys.target,
};

/**
 * The figures of a year in the shape that Stratsys imports: text with tabs, a unit by its name, a day in
 * the period, a measure by its name, and the value with decimal comma. Stratsys knows units by name, so
 * those that share one get their code behind it. What is hidden or missing has no row: an empty value would
 * take the place of one that is there.
 */
export function toStratsys(
  rows: readonly IndicatorRow[],
  year: number,
  measures: readonly Measure[] = MEASURES,
): string {
  const times = new Map<string, number>();
  for (const { name } of rows) times.set(name, (times.get(name) ?? 0) + 1);
  const lines = rows.flatMap((row) => {
    const unit = times.get(row.name) === 1 ? row.name : `${row.name} (${row.code})`;
    return measures.flatMap((measure) => {
      const value = measure === 'mal' ? row.target : row.outcome;
      return value === null ? [] : [[unit, lastDayOf(year), NAMES[measure], formatPercent(value)]];
    });
  });
  return [HEADER, ...lines].map((cells) => `${cells.map(toCell).join('\t')}\r\n`).join('');
}

function toCell(text: string): string {
  return disarm(text.replace(/\s+/g, ' '));
}
