import type { Executor } from '#db/client.ts';
import { readFactsVersions } from '#db/queries/facts-version.ts';
import { queryIndicator, type UnitFigures } from '#db/queries/indicator.ts';

type Figures = readonly UnitFigures[];

/** Days kept. A page with its trend needs one for each year. */
const MOST_DAYS = 40;

/** By day and version of the facts, the longest unused first. */
const remembered = new Map<string, Figures>();

/**
 * The indicator of some days before anything is hidden, as `queryIndicator` counts it. What was counted
 * before is given again only while the database says that none of the facts behind it has changed, so
 * no answer is ever older than the facts; nothing is kept by time.
 */
export async function readFigures(db: Executor, days: readonly string[]): Promise<Map<string, Figures>> {
  const versions = await readFactsVersions(db, days);
  const counted: string[] = [];
  const figures = await Promise.all(
    days.map(async (day): Promise<[string, Figures]> => {
      const known = recall(keyOf(day, versions));
      if (known) return [day, known];
      counted.push(day);
      return [day, await queryIndicator(db, { asOf: day })];
    }),
  );
  const result = new Map(figures);
  if (counted.length > 0) {
    // Facts that changed meanwhile may or may not be in what was counted: that is shown, but not kept.
    const after = await readFactsVersions(db, counted);
    for (const day of counted) {
      const key = keyOf(day, after);
      if (key === keyOf(day, versions)) remember(key, result.get(day) ?? []);
    }
  }
  return result;
}

function keyOf(day: string, versions: ReadonlyMap<string, string>): string {
  return `${day} ${versions.get(day) ?? ''}`;
}

function recall(key: string): Figures | undefined {
  const known = remembered.get(key);
  if (known) remember(key, known);
  return known;
}

function remember(key: string, figures: Figures): void {
  remembered.delete(key);
  remembered.set(key, figures);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_DAYS) break;
    remembered.delete(oldest);
  }
}
