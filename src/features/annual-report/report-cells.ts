import { wholeNumber } from '#src/i18n/common.ts';
import { percent, shortPercent, signed } from '#src/i18n/figures.ts';
import { indicator } from '#src/i18n/indicator.ts';
import { differenceFromTarget, type IndicatorRow } from '#src/features/indicator/indicator.ts';

/** What one unit's cells say, the same on the page and in the PDF file. */
export interface ReportCells {
  outcome: string;
  target: string;
  difference: string;
  completed: string;
  employed: string;
}

/** The cells of a row in words; a hidden figure is the word for it. */
export function toCells(row: IndicatorRow): ReportCells {
  const difference = differenceFromTarget(row);
  const shown = (text: string) => (row.hidden ? indicator.hidden : text);
  return {
    outcome: shown(row.outcome === null ? indicator.nobody : percent(row.outcome)),
    target: row.target === null ? '–' : shortPercent(row.target),
    difference: shown(difference === null ? '–' : signed(difference)),
    completed: shown(wholeNumber(row.completed ?? 0)),
    employed: shown(wholeNumber(row.employed ?? 0)),
  };
}

/** What the recomputed column says of a unit; empty where nothing differs. */
export function recomputedText(recomputed: IndicatorRow | null): string {
  return recomputed ? toCells(recomputed).outcome : '';
}
