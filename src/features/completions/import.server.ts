import { createHash } from 'node:crypto';
import {
  insertImportedCompletions,
  listPeopleWithAllParts,
  lookUpCompletionLines,
} from '#db/queries/completions-import.ts';
import { lockAllCompletions } from '#db/queries/completions.ts';
import { insertImportBatch, lockImports, refreshStatistics } from '#db/queries/organisation.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { isPart } from '#src/features/courses/courses.ts';
import { readTable } from '#src/features/organisation/import-file.ts';
import { checkRows } from '#src/features/organisation/import.schema.ts';
import type { ImportInput, ImportResult } from '#src/features/organisation/import.server.ts';
import { now, stockholmDate } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { awardCourses } from './award.server.ts';
import { COMPLETION_COLUMNS, completionRow } from './import.schema.ts';
import { IMPORT_RULE, planCompletions } from './import.ts';

/**
 * Takes in `completions.csv` (design section 4), earlier training with its source: all of it or nothing.
 * What was imported before is left as it is; what has been voided since can be imported again. Whoever thereby has all
 * parts of the grundkurs gets the grundkurs, as by the last part on the site.
 *
 * @throws AppError `not-signed-in`, `not-allowed` for anyone but an administrator.
 */
export async function importCompletions(
  actor: Actor | 'cli' | null,
  input: Pick<ImportInput, 'fileName' | 'bytes' | 'dryRun'>,
): Promise<Extract<ImportResult, { kind: 'ok' | 'refused' }>> {
  const importedBy = actor === 'cli' ? null : requireRole(actor, 'admin').personId;
  const moment = now();
  const today = stockholmDate(moment);
  const file = readTable(input.bytes, COMPLETION_COLUMNS);
  if (file.kind === 'refused') return file;
  const { rows, problems } = checkRows(file.rows, completionRow);

  return getDb().transaction(async (tx) => {
    await lockImports(tx);
    const lines = rows.map(({ line, anstnr, modul, datum }) => ({
      line,
      employeeNumber: anstnr,
      moduleSlug: modul,
      completedOn: datum,
    }));
    const plan = planCompletions(rows, await lookUpCompletionLines(tx, lines), today);
    if (plan.kind === 'refused' || problems.length > 0) {
      const all = plan.kind === 'refused' ? [...problems, ...plan.problems] : problems;
      return { kind: 'refused', problems: all.toSorted((a, b) => a.line - b.line) };
    }
    const { difference } = plan;
    const result = { kind: 'ok' as const, rows: rows.length, asOf: today, difference };
    if (input.dryRun) return { ...result, isApplied: false };
    const importId = await insertImportBatch(tx, {
      kind: 'completions',
      fileName: input.fileName,
      fileSha256: createHash('sha256').update(input.bytes).digest('hex'),
      rows: rows.length,
      summary: difference.counts,
      importedBy,
    });
    await insertImportedCompletions(tx, plan.completions, { importId, rule: IMPORT_RULE });
    if (plan.completions.some(({ moduleSlug }) => isPart(moduleSlug))) {
      // Submissions that are under way end first; those that come wait, and then see what was imported.
      await lockAllCompletions(tx);
      await awardCourses(tx, await listPeopleWithAllParts(tx, importId), moment);
    }
    await refreshStatistics(tx);
    return { ...result, isApplied: true };
  });
}
