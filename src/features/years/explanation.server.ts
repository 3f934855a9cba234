import { listFactChanges, type FactChangeKind } from '#db/queries/fact-changes.ts';
import { listTargets } from '#db/queries/targets.ts';
import { listRulesOn, type RuleOnDay } from '#db/queries/years.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import type { IndicatorRow, UnitPlace } from '#src/features/indicator/indicator.ts';
import { getIndicator } from '#src/features/indicator/indicator.server.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { yearOfLastDay } from './years.ts';
import { findFixedYear } from './years.server.ts';

/** What stands behind one figure of the indicator. */
export interface Explanation {
  asOf: string;
  today: string;
  unit: IndicatorRow;
  /** The units above, from the municipality down. */
  ancestors: UnitPlace[];
  /** Where the target was set: the unit itself or the nearest above; null: no target. */
  targetFrom: { code: string; name: string } | null;
  rules: RuleOnDay[];
  /** When the day is the last of a fixed year. */
  fixed: {
    year: number;
    revision: number;
    fixedAt: Date;
    reason: string | null;
    row: IndicatorRow | null;
    /** What has changed since, in the whole municipality, by kind. */
    changes: { kind: FactChangeKind; changes: number }[];
  } | null;
}

/**
 * Explains one cell of the indicator to anyone: definition, day, counts, rules, and what has changed since
 * the year was fixed. Hidden figures stay hidden, and changes are told for the whole municipality
 * only: in one small unit they could be somebody's. Null for a day that cannot be shown.
 *
 * @throws AppError `not-found` for a unit that did not exist that day.
 */
export async function explainFigure(
  actor: Actor | null,
  unitCode: string,
  search: URLSearchParams,
): Promise<Explanation | null> {
  const today = stockholmToday();
  const asOf = search.get('datum') || today;
  const found = await getIndicator(actor, { asOf, unitCode });
  if (found.kind === 'unknown-unit') throw new AppError('not-found', 'no such unit on the day');
  if (found.kind !== 'ok') return null;
  const [unit] = found.rows;
  if (!unit) throw new AppError('not-found', 'no organisation is known for the day');
  const db = getDb();
  const [targets, rules, fixed] = await Promise.all([
    listTargets(db),
    listRulesOn(db, asOf),
    describeFixedYear(unit.code, asOf),
  ]);
  const withTarget = new Set(
    targets.filter(({ year }) => year === Number(asOf.slice(0, 4))).map(({ code }) => code),
  );
  const targetFrom = [...found.ancestors, unit].findLast(({ code }) => withTarget.has(code)) ?? null;
  return { asOf, today, unit, ancestors: found.ancestors, targetFrom, rules, fixed };
}

async function describeFixedYear(unitCode: string, asOf: string): Promise<Explanation['fixed']> {
  const year = yearOfLastDay(asOf);
  const fixed = year === null ? null : await findFixedYear(year);
  if (!fixed) return null;
  const counted = new Map<FactChangeKind, number>();
  for (const { kind, changes } of await listFactChanges(getDb(), asOf, fixed.fixedAt)) {
    counted.set(kind, (counted.get(kind) ?? 0) + changes);
  }
  return {
    year: fixed.year,
    revision: fixed.revision,
    fixedAt: fixed.fixedAt,
    reason: fixed.reason,
    row: fixed.rows.find(({ code }) => code === unitCode) ?? null,
    changes: [...counted].map(([kind, changes]) => ({ kind, changes })),
  };
}
