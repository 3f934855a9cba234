import type { RowProblem } from '#src/features/organisation/import-file.ts';
import { summarise, type Difference } from '#src/features/organisation/organisation.ts';
import type { CompletionRow } from './import.schema.ts';

/** The rule under which imported completions are given: somebody vouches for them, named as their source. */
export const IMPORT_RULE = 'import-1';

/** What is known about a row: see `lookUpCompletionLines`. */
export interface KnownLine {
  line: number;
  personId: string | null;
  isProtected: boolean;
  isModule: boolean;
  isKnown: boolean;
}

export interface NewCompletion {
  personId: string;
  moduleSlug: string;
  completedOn: string;
  source: string;
}

export type CompletionPlan =
  | { kind: 'ok'; completions: NewCompletion[]; difference: Difference }
  | { kind: 'refused'; problems: RowProblem[] };

/**
 * What checked rows add. Completions are facts, so there is only new and already there. Refused: unknown
 * people and modules, days to come, the same row twice.
 */
export function planCompletions(
  rows: readonly CompletionRow[],
  known: readonly KnownLine[],
  today: string,
): CompletionPlan {
  const byLine = new Map(known.map((line) => [line.line, line]));
  const firstLine = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const { line, anstnr, modul, datum } of rows) {
    const found = byLine.get(line);
    const say = (column: string, reason: string) => problems.push({ line, column, reason });
    if (!found?.personId) say('anstnr', `ingen person har anstnr ${anstnr}`);
    if (!found?.isModule) say('modul', `modulen ${modul} finns inte`);
    if (datum > today) say('datum', 'ligger i framtiden');
    const key = JSON.stringify([anstnr, modul, datum]);
    const first = firstLine.get(key);
    if (first !== undefined) say('anstnr', `samma person, modul och datum finns på rad ${first}`);
    else firstLine.set(key, line);
  }
  if (problems.length > 0) return { kind: 'refused', problems };

  const completions = rows.flatMap(({ line, modul, datum, kalla }): NewCompletion[] => {
    const { personId = null, isKnown } = byLine.get(line) ?? {};
    if (personId === null || isKnown) return [];
    return [{ personId, moduleSlug: modul, completedOn: datum, source: kalla }];
  });
  const lines = rows.map(({ line, anstnr, modul, datum }) => {
    const found = byLine.get(line);
    if (found?.isKnown) return { kind: 'unchanged' as const, text: null };
    return { kind: 'new' as const, text: found?.isProtected ? null : `${anstnr} ${modul} ${datum}` };
  });
  return { kind: 'ok', completions, difference: summarise(lines) };
}
