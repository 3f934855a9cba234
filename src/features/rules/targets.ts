import { ancestorsOf, type UnitPlace } from '#src/features/indicator/indicator.ts';
import type { OwnTarget } from '#src/features/indicator/target-table.ts';

export interface InheritedTarget {
  percent: number;
  /** The name of the unit it comes from. */
  unit: string;
}

/** The target that a unit has of a year without its own: that of the nearest unit above with one. */
export function inheritedTarget(
  units: readonly UnitPlace[],
  targets: readonly OwnTarget[],
  unitCode: string,
  year: number,
): InheritedTarget | null {
  for (const { code, name } of ancestorsOf(units, unitCode).toReversed()) {
    const own = targets.find((target) => target.year === year && target.code === code);
    if (own) return { percent: own.percent, unit: name };
  }
  return null;
}
