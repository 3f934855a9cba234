import { countProtected, countProtectedByUnit } from '#db/queries/protected-people.ts';
import type { ManagedUnit } from '#db/queries/managed-units.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { calculateOutcome, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { getIndicator, getUnitTrend, type TrendPoint } from '#src/features/indicator/indicator.server.ts';
import { getDb } from '#src/lib/database.ts';
import { withoutProtected, type StaffTotals } from './manager.ts';

/** A unit of the manager's, and the day. */
interface OwnUnit {
  unit: ManagedUnit;
  day: string;
}

/** How the units right below stand today. */
export async function readBelow(actor: Actor | null, { unit, day }: OwnUnit): Promise<IndicatorRow[]> {
  const found = await getIndicator(actor, { asOf: day, unitCode: unit.code, ownUnitsInFull: true });
  if (found.kind !== 'ok') return [];
  const rows = found.rows.filter(({ parentCode }) => parentCode === unit.code);
  if (rows.length === 0) return [];
  const unitCodes = rows.map(({ code }) => code);
  const hidden = await countProtectedByUnit(getDb(), { unitCodes, day });
  return rows.map((row) => withoutProtected(row, hidden.get(row.code)));
}

/** The indicator's years for the unit. Today's is that of the list, which was read in one moment. */
export async function readTrend(
  actor: Actor | null,
  { unit, day }: OwnUnit,
  totals: StaffTotals,
): Promise<TrendPoint[]> {
  const trend = await getUnitTrend(actor, unit.code, { ownUnitsInFull: true });
  const past = trend.filter(({ asOf, row }) => row !== null && asOf !== day).map(({ asOf }) => asOf);
  const hidden = await countProtected(getDb(), { unitId: unit.id, days: past });
  return trend.map((point) => {
    if (!point.row) return point;
    if (point.asOf !== day) return { ...point, row: withoutProtected(point.row, hidden.get(point.asOf)) };
    const { people: employed, completed } = totals;
    const outcome = calculateOutcome(completed, employed);
    return { ...point, row: { ...point.row, employed, completed, outcome } };
  });
}
