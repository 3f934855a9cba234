import { annualReport } from '#src/i18n/annual-report.ts';
import { howCounted, indicator } from '#src/i18n/indicator.ts';
import { differenceFromTarget } from '#src/features/indicator/indicator.ts';
import {
  hasRecomputed,
  type AnnualReport,
  type ReportLine,
  type ReportPoint,
  type ReportSection,
} from './annual-report.ts';

/** How the year stands, `title` and sentences. */
export function describeStatus(report: AnnualReport): { title: string; texts: string[] } {
  const { year, asOf, isRunning, fixed } = report;
  if (isRunning) return { title: annualReport.runningTitle, texts: [annualReport.running(year, asOf)] };
  if (!fixed) return { title: annualReport.unfixedTitle, texts: [annualReport.unfixed(year)] };
  const texts = [annualReport.fixed(year, fixed.fixedAt, fixed.revision)];
  if (fixed.reason) texts.push(annualReport.fixedReason(fixed.reason));
  texts.push(hasRecomputed(report.lines) ? annualReport.fixedDiffers : annualReport.fixedSame);
  return { title: annualReport.fixedTitle, texts };
}

/** The sentences below a unit's figures. */
export function describeUnit({ row, recomputed }: ReportLine): string[] {
  const texts: string[] = [];
  const difference = differenceFromTarget(row);
  if (row.hidden) texts.push(annualReport.hiddenHere);
  else if (row.outcome === null) texts.push(annualReport.nobodyHere);
  else {
    texts.push(annualReport.counts(row.completed ?? 0, row.employed ?? 0));
    if (row.target !== null && difference !== null) texts.push(annualReport.verdict(row.target, difference));
  }
  if (!recomputed) return texts;
  if (recomputed.outcome !== null && recomputed.outcome !== row.outcome) {
    const { outcome, completed, employed } = recomputed;
    texts.push(annualReport.recomputedHere(outcome, completed ?? 0, employed ?? 0));
  }
  if (recomputed.target !== row.target) texts.push(annualReport.recomputedTarget(recomputed.target));
  return texts;
}

/** What stands over the table of a page. */
export function tableTitle({ below }: ReportSection): string {
  const [first] = below;
  if (!first) return '';
  return annualReport.tableOf(
    first.row.kind,
    below.some(({ row }) => row.depth !== first.row.depth),
  );
}

/** What the line of the years shows, for those who do not see it. */
export function describeTrend(name: string, trend: readonly ReportPoint[]): string {
  const points = trend.flatMap(({ year, row }) =>
    row
      ? [
          indicator.trendPoint({
            label: String(year),
            outcome: row.outcome,
            target: row.target,
            isHidden: row.hidden,
          }),
        ]
      : [],
  );
  return `${annualReport.trendOf(name)}. ${points.join('. ')}.`;
}

/** How the figures are counted, where they come from and what is hidden: `[term, explanation]`. */
export const method: readonly (readonly [string, string])[] = [
  ...howCounted,
  [annualReport.hiddenTitle, annualReport.hidden],
  [annualReport.fixedTerm, annualReport.fixedMeaning],
  [annualReport.sourcesTitle, annualReport.sources],
];
