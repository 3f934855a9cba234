import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getIndicator, getUnitTrends, type TrendPoint } from './indicator.server.ts';
import { parseOrder, sortRows } from './indicator-table.ts';
import type { IndicatorFigures } from './indicator-page.server.ts';

export interface CoordinatorPage {
  today: string;
  /** Null before any organisation is imported. */
  figures: IndicatorFigures | null;
  /** The municipality and its departments, in tree order, with their years. */
  years: { code: string; name: string; trend: TrendPoint[] }[];
}

/**
 * The coordinator's overview: today's figures per department, and their years. Small groups
 * are hidden as for everyone.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showCoordinator(
  actor: Actor | null,
  search: URLSearchParams,
): Promise<CoordinatorPage> {
  requireRole(actor, 'samordnare', 'admin');
  const today = stockholmToday();
  const found = await getIndicator(actor, { asOf: today });
  const rows = found.kind === 'ok' ? found.rows : [];
  const top = rows.filter(({ depth }) => depth <= 1);
  const trends = await getUnitTrends(
    actor,
    top.map(({ code }) => code),
  );
  const years = top.map(({ code, name }) => ({ code, name, trend: trends.get(code) ?? [] }));
  const [unit, ...below] = top;
  if (!unit) return { today, figures: null, years };
  const order = parseOrder(search);
  return {
    today,
    figures: {
      kind: 'figures',
      asOf: today,
      today,
      unit,
      ancestors: [],
      children: sortRows(below, order),
      order,
      trend: trends.get(unit.code) ?? [],
    },
    years,
  };
}
