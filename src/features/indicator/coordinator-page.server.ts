import {
  listMunicipalities,
  listMunicipalityCodesOf,
  type Municipality,
} from '#db/queries/municipalities.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { getIndicator, getUnitTrends, type TrendPoint } from './indicator.server.ts';
import { parseOrder, sortRows } from './indicator-table.ts';
import type { IndicatorFigures } from './indicator-page.server.ts';

export interface CoordinatorPage {
  today: string;
  /** Null before any organisation is imported. */
  figures: IndicatorFigures | null;
  /** More than one: the page is about one of them at a time. */
  municipalities: Municipality[];
  /** The municipality and its departments, in tree order, with their years. */
  years: { code: string; name: string; trend: TrendPoint[] }[];
}

/**
 * The coordinator's overview: today's figures per department, and their years. Small groups
 * are hidden as for everyone. Where there are several municipalities: of the one in `?enhet=`, else of the
 * one that the coordinator works in, else of the first.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showCoordinator(
  actor: Actor | null,
  search: URLSearchParams,
): Promise<CoordinatorPage> {
  requireRole(actor, 'samordnare', 'admin');
  const today = stockholmToday();
  const municipalities = await listMunicipalities(getDb(), today);
  const unitCode = await chooseMunicipality(actor, municipalities, search.get('enhet'), today);
  const found = await getIndicator(actor, { asOf: today, unitCode });
  const rows = found.kind === 'ok' ? found.rows : [];
  const top = rows.filter(({ depth }) => depth <= 1);
  const trends = await getUnitTrends(
    actor,
    top.map(({ code }) => code),
  );
  const years = top.map(({ code, name }) => ({ code, name, trend: trends.get(code) ?? [] }));
  const [unit, ...below] = top;
  if (!unit) return { today, figures: null, municipalities, years };
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
      isOneOfSeveral: municipalities.length > 1,
    },
    municipalities,
    years,
  };
}

async function chooseMunicipality(
  actor: Actor | null,
  municipalities: readonly Municipality[],
  asked: string | null,
  today: string,
): Promise<string | undefined> {
  const isOne = (code: string) => municipalities.some((one) => one.code === code);
  if (asked !== null && isOne(asked)) return asked;
  if (municipalities.length <= 1) return undefined;
  const own = actor ? await listMunicipalityCodesOf(getDb(), actor.personId, today) : [];
  return own.find(isOne) ?? municipalities[0]?.code;
}
