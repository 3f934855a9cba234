import { createHash, randomUUID } from 'node:crypto';
import type { Transaction } from '#db/client.ts';
import {
  applyStaffChanges,
  applyUnitChanges,
  hasEmployments,
  insertImportBatch,
  listLaterUnitChanges,
  listStaff,
  listStaffedUnits,
  listUnitCodes,
  listUnits,
  lockImports,
  refreshStatistics,
} from '#db/queries/organisation.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { isCalendarDay, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { readTable, type RowProblem } from './import-file.ts';
import { checkRows, STAFF_COLUMNS, staffRow, UNIT_COLUMNS, unitRow } from './import.schema.ts';
import type { Difference } from './organisation.ts';
import { planStaff } from './plan-staff.ts';
import { planUnits } from './plan-units.ts';

/** More than this share of the staff leaving in one import stops it (`allowLarge` lets it through). */
const LARGEST_LEAVING = 0.05;

export interface ImportInput {
  fileName: string;
  bytes: Uint8Array;
  /** The day the file describes, `YYYY-MM-DD`; today when left out. */
  asOf?: string | undefined;
  /** The file is complete: end what is missing in it. */
  full?: boolean | undefined;
  /** Let more than five per cent of the staff leave. */
  allowLarge?: boolean | undefined;
  /** Only tell what would change. */
  dryRun?: boolean | undefined;
}

export type ImportResult =
  | { kind: 'ok'; isApplied: boolean; rows: number; asOf: string; difference: Difference }
  /** Nothing was changed; every bad row is named. */
  | { kind: 'refused'; problems: RowProblem[] }
  /** Nothing was changed: an incomplete file looks like this. */
  | { kind: 'too-many-leaving'; leaving: number; employed: number; difference: Difference }
  | { kind: 'invalid-date' };

/**
 * Takes in `units.csv` (design section 4), all of it or nothing. Before anyone is employed the tree is
 * being set up: units apply to all time. After that a new or changed unit is so from the day of the file.
 *
 * @throws AppError `not-signed-in`, `not-allowed` for anyone but an administrator.
 */
export async function importUnits(actor: Actor | 'cli' | null, input: ImportInput): Promise<ImportResult> {
  const importedBy = authorise(actor);
  const asOf = input.asOf ?? stockholmToday();
  if (!isCalendarDay(asOf)) return { kind: 'invalid-date' };
  const file = readTable(input.bytes, UNIT_COLUMNS);
  if (file.kind === 'refused') return file;
  const { rows, problems, unreadable } = checkRows(file.rows, unitRow);

  return getDb().transaction(async (tx) => {
    await lockImports(tx);
    const current = {
      units: await listUnits(tx, asOf),
      later: await listLaterUnitChanges(tx, asOf),
      staffed: await listStaffedUnits(tx, asOf),
    };
    const plan = planUnits(current, rows, {
      from: (await hasEmployments(tx)) ? asOf : null,
      full: input.full ?? false,
      unreadable: new Set(unreadable.map(({ cells }) => cells.kod)),
    });
    if (plan.kind === 'refused' || problems.length > 0) return refuse(problems, plan);
    const { difference } = plan;
    const result = { kind: 'ok' as const, rows: rows.length, asOf, difference };
    if (input.dryRun) return { ...result, isApplied: false };
    await applyUnitChanges(tx, plan.changes);
    await record(tx, 'units', input, { asOf, rows: rows.length, summary: difference.counts, importedBy });
    return { ...result, isApplied: true };
  });
}

/**
 * Takes in `staff.csv` (design section 4), all of it or nothing. Safe to run again: the same file then
 * changes nothing. See `planStaff` for what it does.
 *
 * @throws AppError `not-signed-in`, `not-allowed` for anyone but an administrator.
 */
export async function importStaff(actor: Actor | 'cli' | null, input: ImportInput): Promise<ImportResult> {
  const importedBy = authorise(actor);
  const asOf = input.asOf ?? stockholmToday();
  if (!isCalendarDay(asOf)) return { kind: 'invalid-date' };
  const file = readTable(input.bytes, STAFF_COLUMNS);
  if (file.kind === 'refused') return file;
  const { rows, problems } = checkRows(file.rows, staffRow);

  return getDb().transaction(async (tx) => {
    await lockImports(tx);
    const current = {
      people: await listStaff(tx),
      openUnits: new Set((await listUnits(tx, asOf)).map(({ code }) => code)),
      knownUnits: new Set(await listUnitCodes(tx)),
    };
    const plan = planStaff(current, rows, { asOf, full: input.full ?? false, newId: randomUUID });
    if (plan.kind === 'refused' || problems.length > 0) return refuse(problems, plan);
    const { difference, leaving, employed } = plan;
    if (leaving > employed * LARGEST_LEAVING && !input.allowLarge) {
      return { kind: 'too-many-leaving', leaving, employed, difference };
    }
    const result = { kind: 'ok' as const, rows: rows.length, asOf, difference };
    if (input.dryRun) return { ...result, isApplied: false };
    await applyStaffChanges(tx, plan.changes);
    await record(tx, 'staff', input, { asOf, rows: rows.length, summary: difference.counts, importedBy });
    return { ...result, isApplied: true };
  });
}

/** Problems of rows by themselves and with each other, in the order of the file. */
function refuse(problems: RowProblem[], plan: { kind: 'ok' } | { kind: 'refused'; problems: RowProblem[] }) {
  const all = plan.kind === 'refused' ? [...problems, ...plan.problems] : problems;
  return { kind: 'refused' as const, problems: all.toSorted((a, b) => a.line - b.line) };
}

function authorise(actor: Actor | 'cli' | null): string | null {
  return actor === 'cli' ? null : requireRole(actor, 'admin').personId;
}

async function record(
  tx: Transaction,
  kind: 'units' | 'staff',
  { fileName, bytes }: ImportInput,
  batch: { asOf: string; rows: number; summary: Difference['counts']; importedBy: string | null },
): Promise<void> {
  const fileSha256 = createHash('sha256').update(bytes).digest('hex');
  await insertImportBatch(tx, { kind, fileName, fileSha256, ...batch });
  await refreshStatistics(tx);
}
