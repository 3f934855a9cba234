import type { Executor } from '#db/client.ts';
import { readFactsVersions } from '#db/queries/facts-version.ts';
import { queryIndicator, type UnitFigures } from '#db/queries/indicator.ts';
import { listMunicipalityCodes } from '#db/queries/municipalities.ts';

type Figures = readonly UnitFigures[];

/** Rows kept, of all days together: some tens of megabytes. A page with its trend needs ten years of a municipality. */
const MOST_ROWS = 200_000;

/** By day, municipality and version of the facts, the longest unused first. */
const remembered = new Map<string, Figures>();
let rowsRemembered = 0;

/**
 * The indicator of some days before anything is hidden, as `queryIndicator` counts it: of the whole tree,
 * or of the municipalities that some units belong to, each with its whole tree. A unit that is not in the
 * tree of a day gives no rows for that day. `topOnly`: where there are several municipalities, only their
 * own rows.
 *
 * What was counted before is given again only while the database says that none of the facts behind it
 * has changed, so no answer is ever older than the facts; nothing is kept by time.
 */
export async function readFigures(
  db: Executor,
  days: readonly string[],
  unitCodes?: readonly string[],
  { topOnly = false } = {},
): Promise<Map<string, Figures>> {
  const versions = await readFactsVersions(db, days);
  const municipalities = await listMunicipalityCodes(db, days, unitCodes);
  const counted: Part[] = [];
  const read = async (part: Part): Promise<Figures> => {
    const known = recall(keyOf(part, versions));
    if (known) return known;
    part.figures = await count(db, part, keyOf(part, versions));
    counted.push(part);
    return part.figures;
  };
  const figures = await Promise.all(
    days.map(async (day): Promise<[string, Figures]> => {
      const parts = partsOf(day, municipalities.get(day) ?? [], {
        isWhole: unitCodes === undefined,
        topOnly,
      });
      const [first = [], ...others] = await Promise.all(parts.map(read));
      return [day, others.length === 0 ? first : [first, ...others].flat()];
    }),
  );
  await rememberUnchanged(db, counted, versions);
  return new Map(figures);
}

/** The whole tree of a day, or that of one municipality. */
interface Part {
  asOf: string;
  unitCode?: string;
  topOnly?: boolean;
  figures?: Figures;
}

/** What each is counting right now: those who ask it for the same wait for one answer. */
const counting = new WeakMap<Executor, Map<string, Promise<Figures>>>();

function count(db: Executor, part: Part, key: string): Promise<Figures> {
  const own = counting.get(db) ?? new Map<string, Promise<Figures>>();
  counting.set(db, own);
  const running = own.get(key) ?? queryIndicator(db, part).finally(() => own.delete(key));
  own.set(key, running);
  return running;
}

/** Where there is one municipality it is the whole, however it is asked for. */
function partsOf(
  asOf: string,
  municipalities: readonly string[],
  { isWhole, topOnly }: { isWhole: boolean; topOnly: boolean },
): Part[] {
  if (isWhole && municipalities.length > 1) return [{ asOf, topOnly }];
  return municipalities.map((unitCode) => ({ asOf, unitCode }));
}

/** Facts that changed meanwhile may or may not be in what was counted: that is shown, but not kept. */
async function rememberUnchanged(
  db: Executor,
  counted: readonly Part[],
  before: ReadonlyMap<string, string>,
): Promise<void> {
  if (counted.length === 0) return;
  const after = await readFactsVersions(db, [...new Set(counted.map(({ asOf }) => asOf))]);
  for (const part of counted) {
    const key = keyOf(part, after);
    if (key === keyOf(part, before)) remember(key, part.figures ?? []);
  }
}

function keyOf({ asOf, unitCode, topOnly }: Part, versions: ReadonlyMap<string, string>): string {
  return JSON.stringify([asOf, unitCode ?? null, topOnly ?? false, versions.get(asOf)]);
}

function recall(key: string): Figures | undefined {
  const known = remembered.get(key);
  if (known) remember(key, known);
  return known;
}

function remember(key: string, figures: Figures): void {
  forget(key);
  remembered.set(key, figures);
  rowsRemembered += figures.length;
  for (const oldest of remembered.keys()) {
    if (rowsRemembered <= MOST_ROWS) break;
    forget(oldest);
  }
}

function forget(key: string): void {
  rowsRemembered -= remembered.get(key)?.length ?? 0;
  remembered.delete(key);
}
