import { addDays } from '#src/lib/clock.ts';
import type { StaffRow } from './import.schema.ts';
import type { ClaimedEmployment } from './plan-employments.ts';

/** The rows of each person, in the order of the file. */
export function groupByNumber(rows: readonly StaffRow[]): Map<string, [StaffRow, ...StaffRow[]]> {
  const groups = new Map<string, [StaffRow, ...StaffRow[]]>();
  for (const row of rows) {
    const group = groups.get(row.anstnr);
    if (group) group.push(row);
    else groups.set(row.anstnr, [row]);
  }
  return groups;
}

/** A row as an employment: `till`, the last day included, becomes the first day after it. */
export function claimOf(row: StaffRow): ClaimedEmployment {
  return {
    unitCode: row.enhet,
    title: row.befattning,
    isManager: row.chef,
    from: row.fran,
    until: row.till === null ? null : addDays(row.till, 1),
  };
}
