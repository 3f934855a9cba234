import type { Executor } from '#db/client.ts';
import { findFirstIndicatorYear, listManagedUnitCodes, queryIndicator } from '#db/queries/indicator.ts';
import { listMunicipalityCodes } from '#db/queries/municipalities.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { isCalendarDay, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { ancestorsOf, branchOf, type IndicatorRow } from './indicator.ts';
import { readFigures } from './remembered-figures.server.ts';
import { showAll, suppress } from './suppression.ts';

export interface IndicatorChoice {
  /** `YYYY-MM-DD` in Stockholm, today at the latest; left out: today. */
  asOf?: string | undefined;
  /** Only this unit and those below it. */
  unitCode?: string | undefined;
  /** Where there are several municipalities: only their own rows, not those of the units below. */
  topOnly?: boolean | undefined;
}

export type Indicator =
  | {
      kind: 'ok';
      asOf: string;
      /** In tree order. Empty when the organisation is not known for so early a day. */
      rows: IndicatorRow[];
      /** The units above the chosen one, from the municipality down; empty for the whole tree. */
      ancestors: IndicatorRow[];
    }
  /** Not a calendar day. */
  | { kind: 'invalid-date' }
  /** Nobody knows what will be completed. */
  | { kind: 'future-date'; today: string }
  /** No such unit on that day. */
  | { kind: 'unknown-unit'; asOf: string };

/** A year's outcome on its 31 December; the running year's as of today. */
export interface TrendPoint {
  year: number;
  asOf: string;
  /** Null when the unit did not exist that day. */
  row: IndicatorRow | null;
}

/**
 * The indicator as it may be shown to everyone, signed in or not: small groups are hidden (rule 7).
 * `ownUnitsInFull`: the units that the actor manages today, and those below, come in full. Never pass
 * it for a file or anything else that is handed on.
 */
export async function getIndicator(
  actor: Actor | null,
  choice: IndicatorChoice & { ownUnitsInFull?: boolean },
): Promise<Indicator> {
  const db = getDb();
  // Of the whole municipality in any case: whether a unit is hidden depends on its siblings.
  const within = choice.unitCode === undefined ? undefined : [choice.unitCode];
  return readIndicator(choice, async (asOf) =>
    suppress(
      (await readFigures(db, [asOf], within, { topOnly: choice.topOnly ?? false })).get(asOf) ?? [],
      choice.ownUnitsInFull ? await listOwnUnits(db, actor) : [],
    ),
  );
}

/**
 * The indicator with every figure, small groups too. For the administrator, on screen or, as `cli`, on
 * the command line of the installation.
 *
 * @throws AppError `not-signed-in`, `not-allowed`.
 */
export async function getUnsuppressedIndicator(
  actor: Actor | 'cli' | null,
  choice: IndicatorChoice,
): Promise<Indicator> {
  if (actor !== 'cli') requireRole(actor, 'admin');
  return readIndicator(choice, async (asOf) => showAll(await queryIndicator(getDb(), { asOf })));
}

/** The outcome of one unit year by year, from the first year with a target or a completion; hidden as in `getIndicator`. */
export async function getUnitTrend(
  actor: Actor | null,
  unitCode: string,
  options: { ownUnitsInFull?: boolean } = {},
): Promise<TrendPoint[]> {
  const trends = await getUnitTrends(actor, [unitCode], options);
  return trends.get(unitCode) ?? [];
}

/** `getUnitTrend` for several units at the price of one. */
export async function getUnitTrends(
  actor: Actor | null,
  unitCodes: readonly string[],
  options: { ownUnitsInFull?: boolean } = {},
): Promise<Map<string, TrendPoint[]>> {
  const db = getDb();
  const ownUnits = options.ownUnitsInFull ? await listOwnUnits(db, actor) : [];
  const ends = yearEnds(await findFirstIndicatorYear(db), stockholmToday());
  const figures = await readFigures(
    db,
    ends.map(({ asOf }) => asOf),
    unitCodes,
  );
  const years = ends.map((year) => {
    const rows = suppress(figures.get(year.asOf) ?? [], ownUnits);
    return { ...year, rows: new Map(rows.map((row) => [row.code, row])) };
  });
  return new Map(
    unitCodes.map((code) => [
      code,
      years.map(({ year, asOf, rows }) => ({ year, asOf, row: rows.get(code) ?? null })),
    ]),
  );
}

/** How many municipalities there are in the tree of a day. */
export async function countMunicipalities(asOf: string): Promise<number> {
  return (await listMunicipalityCodes(getDb(), [asOf])).get(asOf)?.length ?? 0;
}

/** The years that can be looked back on: each with its last day, the running one with today. */
export async function listIndicatorYears(): Promise<{ year: number; asOf: string }[]> {
  return yearEnds(await findFirstIndicatorYear(getDb()), stockholmToday());
}

async function readIndicator(
  { asOf, unitCode }: IndicatorChoice,
  readRows: (asOf: string) => Promise<IndicatorRow[]>,
): Promise<Indicator> {
  const today = stockholmToday();
  const day = asOf ?? today;
  if (!isCalendarDay(day)) return { kind: 'invalid-date' };
  if (day > today) return { kind: 'future-date', today };
  // PostgreSQL takes no null byte, so no unit has one in its code.
  if (unitCode?.includes('\0')) return { kind: 'unknown-unit', asOf: day };
  const rows = await readRows(day);
  if (unitCode === undefined) return { kind: 'ok', asOf: day, rows, ancestors: [] };
  const branch = branchOf(rows, unitCode);
  if (branch.length === 0) return { kind: 'unknown-unit', asOf: day };
  return { kind: 'ok', asOf: day, rows: branch, ancestors: ancestorsOf(rows, unitCode) };
}

async function listOwnUnits(db: Executor, actor: Actor | null): Promise<string[]> {
  return actor?.isManager ? listManagedUnitCodes(db, actor.personId, stockholmToday()) : [];
}

/** 31 December of each year that has passed, and today. */
function yearEnds(firstYear: number | null, today: string): { year: number; asOf: string }[] {
  const thisYear = Number(today.slice(0, 4));
  const first = Math.min(firstYear ?? thisYear, thisYear);
  return Array.from({ length: thisYear - first + 1 }, (_, index) => {
    const year = first + index;
    return { year, asOf: year === thisYear ? today : `${year}-12-31` };
  });
}
