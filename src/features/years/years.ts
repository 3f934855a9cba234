import type { IndicatorRow } from '#src/features/indicator/indicator.ts';

/** The last day of a year: what *utfall år Y* is counted on. */
export function lastDayOf(year: number): string {
  return `${year}-12-31`;
}

/** The year of a fixed figure; null for a day that is no year's last. */
export function yearOfLastDay(day: string): number | null {
  return day.endsWith('-12-31') ? Number(day.slice(0, 4)) : null;
}

/** A year can be fixed when its last day has passed; earlier its figures may still grow. */
export function hasEnded(year: number, today: string): boolean {
  return today > lastDayOf(year);
}

/** A unit's figures as they were fixed beside what the facts give now. Null: the unit was or is not there. */
export interface FigurePair {
  code: string;
  name: string;
  depth: number;
  fixed: IndicatorRow | null;
  now: IndicatorRow | null;
  /** Whether anything that may be seen differs. */
  differs: boolean;
}

/** Lays fixed and present rows side by side: in the order of what was fixed, units that came later last. */
export function pairFigures(fixed: readonly IndicatorRow[], now: readonly IndicatorRow[]): FigurePair[] {
  const present = new Map(now.map((row) => [row.code, row]));
  const known = new Set(fixed.map(({ code }) => code));
  const pairs = fixed.map((row) => toPair(row, present.get(row.code) ?? null));
  const added = now.filter(({ code }) => !known.has(code)).map((row) => toPair(null, row));
  return [...pairs, ...added];
}

function toPair(fixed: IndicatorRow | null, now: IndicatorRow | null): FigurePair {
  const { code, name, depth } = (fixed ?? now) as IndicatorRow;
  return { code, name, depth, fixed, now, differs: !fixed || !now || !isSame(fixed, now) };
}

function isSame(a: IndicatorRow, b: IndicatorRow): boolean {
  return (
    a.employed === b.employed && a.completed === b.completed && a.target === b.target && a.hidden === b.hidden
  );
}
