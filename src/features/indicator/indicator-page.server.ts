import type { Actor } from '#src/features/auth/auth.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { AppError } from '#src/lib/errors.ts';
import type { IndicatorRow } from './indicator.ts';
import {
  countMunicipalities,
  getIndicator,
  getUnitTrend,
  listIndicatorYears,
  type TrendPoint,
} from './indicator.server.ts';
import { parseOrder, sortRows, totalOfShown, type ShownTotal, type TableOrder } from './indicator-table.ts';

export interface IndicatorFigures {
  kind: 'figures';
  asOf: string;
  today: string;
  unit: IndicatorRow;
  /** From the municipality down. */
  ancestors: IndicatorRow[];
  /** The units right below, in the chosen order. */
  children: IndicatorRow[];
  order: TableOrder;
  trend: TrendPoint[];
  /** There are other municipalities beside the one that the unit is or belongs to. */
  isOneOfSeveral: boolean;
}

/** Where there is more than one municipality: all of them. */
export interface MunicipalityFigures {
  kind: 'municipalities';
  asOf: string;
  today: string;
  /** The municipalities, in the chosen order. */
  children: IndicatorRow[];
  total: ShownTotal;
  order: TableOrder;
  /** Years with a 31 December that has passed. */
  years: number[];
}

export type IndicatorPage =
  | IndicatorFigures
  | MunicipalityFigures
  | { kind: 'bad-date'; reason: 'malformed' | 'future'; today: string }
  /** No unit at all is known for so early a day. */
  | { kind: 'too-early'; asOf: string; today: string }
  /** The unit exists on other days. */
  | { kind: 'unit-absent'; asOf: string; today: string; name: string };

/**
 * What an indicator page shows: of the whole municipality (all of them, where there are several), or of
 * one unit. The same for everyone, with small groups hidden (rule 7); managers see their own unit in full
 * on their own page.
 *
 * @throws AppError `not-found` for a unit that does not exist on the day and on no year's last day.
 */
export async function loadIndicatorPage(
  actor: Actor | null,
  unitCode: string | undefined,
  search: URLSearchParams,
): Promise<IndicatorPage> {
  const today = stockholmToday();
  const asOf = search.get('datum') || today;
  const found = await getIndicator(actor, { asOf, unitCode, topOnly: true });
  switch (found.kind) {
    case 'invalid-date':
      return { kind: 'bad-date', reason: 'malformed', today };
    case 'future-date':
      return { kind: 'bad-date', reason: 'future', today };
    case 'unknown-unit':
      return describeAbsent(actor, unitCode ?? '', asOf, today);
    case 'ok': {
      const [unit] = found.rows;
      if (!unit) return { kind: 'too-early', asOf, today };
      const order = parseOrder(search);
      const tops = unitCode === undefined ? found.rows.filter(({ depth }) => depth === 0) : [];
      if (tops.length > 1) return describeAll(tops, asOf, today, order);
      const below = found.rows.filter(({ parentCode }) => parentCode === unit.code);
      const trend = await getUnitTrend(actor, unit.code);
      const { ancestors } = found;
      return {
        kind: 'figures',
        asOf,
        today,
        unit,
        ancestors,
        children: sortRows(below, order),
        order,
        trend,
        isOneOfSeveral: unitCode !== undefined && (await countMunicipalities(asOf)) > 1,
      };
    }
  }
}

async function describeAll(
  municipalities: IndicatorRow[],
  asOf: string,
  today: string,
  order: TableOrder,
): Promise<MunicipalityFigures> {
  const ends = await listIndicatorYears();
  return {
    kind: 'municipalities',
    asOf,
    today,
    children: sortRows(municipalities, order),
    total: totalOfShown(municipalities),
    order,
    years: ends.flatMap(({ year, asOf: end }) => (end < today ? [year] : [])),
  };
}

async function describeAbsent(
  actor: Actor | null,
  unitCode: string,
  asOf: string,
  today: string,
): Promise<IndicatorPage> {
  const known = (await getUnitTrend(actor, unitCode)).findLast(({ row }) => row !== null);
  if (!known?.row) throw new AppError('not-found', 'no such unit');
  return { kind: 'unit-absent', asOf, today, name: known.row.name };
}
