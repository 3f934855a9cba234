import type { UnitPlace } from './indicator.ts';

export interface OwnTarget {
  code: string;
  year: number;
  percent: number;
}

/** A unit's target of a year: set for the unit itself or inherited from the nearest one above; null: none. */
export interface TargetCell {
  percent: number | null;
  isInherited: boolean;
}

export interface TargetTable {
  /** The latest first. */
  years: number[];
  rows: { unit: UnitPlace; cells: TargetCell[] }[];
}

/**
 * The targets of every year that has one, for the municipality, its departments and whatever unit below
 * them that has one of its own. `units` is the tree, parents before children.
 */
export function layoutTargets(units: readonly UnitPlace[], targets: readonly OwnTarget[]): TargetTable {
  const years = [...new Set(targets.map(({ year }) => year))].sort((a, b) => b - a);
  const own = new Map(targets.map(({ code, year, percent }) => [`${year} ${code}`, percent]));
  const effective = new Map<string, number>();
  const rows: TargetTable['rows'] = [];
  for (const unit of units) {
    const cells = years.map((year): TargetCell => {
      const set = own.get(`${year} ${unit.code}`);
      const percent = set ?? effective.get(`${year} ${unit.parentCode}`);
      if (percent !== undefined) effective.set(`${year} ${unit.code}`, percent);
      return { percent: percent ?? null, isInherited: set === undefined && percent !== undefined };
    });
    const hasOwn = cells.some(({ percent, isInherited }) => percent !== null && !isInherited);
    if (unit.depth <= 1 || hasOwn) rows.push({ unit, cells });
  }
  return { years, rows };
}
