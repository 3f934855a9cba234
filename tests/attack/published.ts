import { parse } from 'csv-parse/sync';
import type { Database } from '#db/client.ts';
import { queryIndicator } from '#db/queries/indicator.ts';
import { toCsv } from '#src/features/indicator/indicator-files.ts';
import { getIndicator } from '#src/features/indicator/indicator.server.ts';
import { calculateOutcome, UNIT_KIND_WORDS } from '#src/features/indicator/indicator.ts';
import type { UnitKind } from '#src/features/organisation/organisation.ts';
import type { Guess, PublishedDay } from './attack.ts';

const kinds = new Map(
  Object.entries(UNIT_KIND_WORDS).map(([kind, word]) => [word as string, kind as UnitKind]),
);

/** What everyone can fetch of a day: the CSV of the whole tree, and from the pages what stands below what. */
export async function fetchPublished(asOf: string): Promise<PublishedDay> {
  const found = await getIndicator(null, { asOf });
  if (found.kind !== 'ok') throw new Error(`${asOf}: ${found.kind}`);
  const parents = new Map(found.rows.map(({ code, parentCode }) => [code, parentCode]));
  const records: Record<string, string>[] = parse(toCsv(found.rows, asOf), {
    ...{ bom: true, delimiter: ';', columns: true },
  });
  const number = (text: string | undefined) => (text ? Number(text) : null);
  const rows = records.map((row) => ({
    code: row['enhetskod'] ?? '',
    kind: kinds.get(row['typ'] ?? '') ?? 'team',
    parentCode: parents.get(row['enhetskod'] ?? '') ?? null,
    hidden: row['dold'] === 'true',
    employed: number(row['antal_anstallda']),
    completed: number(row['antal_genomfort']),
  }));
  return { asOf, rows };
}

/** How many hidden figures there were, and which guesses are right. A unit without people has none to protect. */
export async function judge(
  db: Database,
  day: PublishedDay,
  guesses: readonly Guess[],
): Promise<{ hidden: number; right: Guess[] }> {
  const truth = new Map((await queryIndicator(db, { asOf: day.asOf })).map((row) => [row.code, row]));
  const valueOf = (code: string, key: Guess['key']) => {
    const row = truth.get(code);
    if (!row) return undefined;
    return key === 'outcome' ? calculateOutcome(row.completed, row.employed) : row[key];
  };
  const protects = (code: string) => (truth.get(code)?.employed ?? 0) > 0;
  return {
    hidden: day.rows.filter(({ hidden, code }) => hidden && protects(code)).length * 2,
    right: guesses.filter(
      ({ asOf, code, key, value }) => asOf === day.asOf && protects(code) && valueOf(code, key) === value,
    ),
  };
}
