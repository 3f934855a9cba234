import { calculateOutcome, differenceFromTarget, type IndicatorRow } from './indicator.ts';

export const SORTS = ['namn', 'utfall', 'mal', 'skillnad'] as const;
export type IndicatorSort = (typeof SORTS)[number];
export type SortOrder = 'stigande' | 'fallande';

export interface TableOrder {
  sort: IndicatorSort;
  order: SortOrder;
}

/** The order a table starts in, and each column when it is chosen: names from A, figures from the highest. */
export function defaultOrder(sort: IndicatorSort): SortOrder {
  return sort === 'namn' ? 'stigande' : 'fallande';
}

/** Reads the order from an address; what is not understood gives the order by name. */
export function parseOrder(search: URLSearchParams): TableOrder {
  const sort = SORTS.find((name) => name === search.get('sortera')) ?? 'namn';
  const given = search.get('ordning');
  return { sort, order: given === 'stigande' || given === 'fallande' ? given : defaultOrder(sort) };
}

/** What choosing a column does: sorts by it, and the other way round when it already does. */
export function chooseColumn(now: TableOrder, sort: IndicatorSort): TableOrder {
  if (now.sort !== sort) return { sort, order: defaultOrder(sort) };
  return { sort, order: now.order === 'stigande' ? 'fallande' : 'stigande' };
}

/**
 * Rows in the chosen order; they come by name. Those without the figure, and hidden ones whatever they
 * are sorted by, stand last by name: their place must not tell what is hidden (rule 7).
 */
export function sortRows(rows: readonly IndicatorRow[], { sort, order }: TableOrder): IndicatorRow[] {
  const sign = order === 'stigande' ? 1 : -1;
  const place = new Map(rows.map((row, index) => [row.code, index]));
  const valueOf = (row: IndicatorRow): number | null => {
    if (row.hidden) return null;
    if (sort === 'namn') return place.get(row.code) ?? 0;
    if (sort === 'skillnad') return differenceFromTarget(row);
    return sort === 'mal' ? row.target : row.outcome;
  };
  return [...rows].sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}

/** What the rows that are shown add up to. */
export interface ShownTotal {
  employed: number;
  completed: number;
  /** Per cent with one decimal; null where nobody is employed, or every row is hidden. */
  outcome: number | null;
  shown: number;
  hidden: number;
}

/**
 * Adds up only what anyone can add up from the rows as they are shown: a total of all would tell what the
 * hidden ones are (rule 7). Whoever is counted in two rows is counted twice.
 */
export function totalOfShown(rows: readonly IndicatorRow[]): ShownTotal {
  const shown = rows.filter(({ hidden }) => !hidden);
  const sum = (key: 'employed' | 'completed') => shown.reduce((total, row) => total + (row[key] ?? 0), 0);
  const [employed, completed] = [sum('employed'), sum('completed')];
  return {
    employed,
    completed,
    outcome: calculateOutcome(completed, employed),
    shown: shown.length,
    hidden: rows.length - shown.length,
  };
}

/** The query of an indicator page: what is kept, day, where it is not today, and order, where it is not the default. */
export function pageQuery(
  asOf: string | null,
  { sort, order }: TableOrder = { sort: 'namn', order: 'stigande' },
  keep: Record<string, string> = {},
) {
  const search = new URLSearchParams(keep);
  if (asOf !== null) search.set('datum', asOf);
  if (sort !== 'namn') search.set('sortera', sort);
  if (order !== defaultOrder(sort)) search.set('ordning', order);
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
