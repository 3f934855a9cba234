import type { UnitKind } from '#src/features/organisation/organisation.ts';

/** The words of files and commands for the kinds of unit. */
export const UNIT_KIND_WORDS: Record<UnitKind, 'kommun' | 'forvaltning' | 'avdelning' | 'enhet'> = {
  municipality: 'kommun',
  department: 'forvaltning',
  division: 'avdelning',
  team: 'enhet',
};

/** A unit's place in the tree and its target in per cent, which are never hidden. */
export interface UnitPlace {
  code: string;
  name: string;
  kind: UnitKind;
  parentCode: string | null;
  depth: number;
  target: number | null;
}

/** One row as it may be shown: a hidden one carries no figure at all. */
export interface IndicatorRow extends UnitPlace {
  hidden: boolean;
  employed: number | null;
  completed: number | null;
  /** Per cent with one decimal; null where hidden or nobody is employed. */
  outcome: number | null;
}

/**
 * *Utfall*: completed of employed in per cent, rounded half up to one decimal. Counted in whole numbers,
 * because a fraction such as 1/16 = 6.25 % is not exact in floating point. Null where nobody is employed.
 */
export function calculateOutcome(completed: number, employed: number): number | null {
  if (employed === 0) return null;
  return Math.floor((completed * 2000 + employed) / (employed * 2)) / 10;
}

/** A percentage as people read it, with decimal comma and one decimal: `6,3`. Empty for null. */
export function formatPercent(percent: number | null): string {
  return percent === null ? '' : percent.toFixed(1).replace('.', ',');
}

/** How far the outcome is above (or, negative, below) the target, in percentage points; null where either is missing. */
export function differenceFromTarget({ outcome, target }: IndicatorRow): number | null {
  return outcome === null || target === null
    ? null
    : (Math.round(outcome * 10) - Math.round(target * 10)) / 10;
}

/** The unit with this code and everything below it, in the order given; empty when it is not there. */
export function branchOf<Row extends UnitPlace>(rows: readonly Row[], unitCode: string): Row[] {
  const codes = new Set([unitCode]);
  return rows.filter(({ code, parentCode }) => {
    const belongs = code === unitCode || (parentCode !== null && codes.has(parentCode));
    if (belongs) codes.add(code);
    return belongs;
  });
}

/** The units above this one, from the top. */
export function ancestorsOf<Row extends UnitPlace>(rows: readonly Row[], unitCode: string): Row[] {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const above: Row[] = [];
  let parent = byCode.get(unitCode)?.parentCode ?? null;
  for (let row = parent === null ? undefined : byCode.get(parent); row;) {
    above.unshift(row);
    parent = row.parentCode;
    row = parent === null ? undefined : byCode.get(parent);
  }
  return above;
}

/** Rows by the code of the unit above them. */
export function childrenOf<Row extends UnitPlace>(rows: readonly Row[]): Map<string, Row[]> {
  const below = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.parentCode === null) continue;
    const siblings = below.get(row.parentCode);
    if (siblings) siblings.push(row);
    else below.set(row.parentCode, [row]);
  }
  return below;
}

/** Rows whose parent is not among them. */
export function topOf<Row extends UnitPlace>(rows: readonly Row[]): Row[] {
  const codes = new Set(rows.map(({ code }) => code));
  return rows.filter(({ parentCode }) => parentCode === null || !codes.has(parentCode));
}
