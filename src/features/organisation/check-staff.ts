import type { RowProblem } from './import-file.ts';
import type { StaffRow } from './import.schema.ts';
import type { CurrentStaff, StoredPerson } from './organisation.ts';
import { covers, overlaps } from './plan-employments.ts';
import { claimOf, groupByNumber } from './staff-rows.ts';

interface ImportDay {
  asOf: string;
  full: boolean;
}

/**
 * What no single row shows: rows of one person that contradict each other, employments in one unit that
 * overlap, two people with one e-mail, units that do not exist (or no longer do).
 */
export function checkStaff(current: CurrentStaff, rows: readonly StaffRow[], day: ImportDay): RowProblem[] {
  const groups = groupByNumber(rows);
  const problems = [
    ...rows.flatMap((row) => checkUnit(row, current, day)),
    ...[...groups.values()].flatMap((group) => [...checkSamePerson(group), ...checkOverlaps(group)]),
    ...checkEmails(current, groups, day),
  ];
  return problems.sort((a, b) => a.line - b.line);
}

function checkUnit(
  row: StaffRow,
  { openUnits, knownUnits }: CurrentStaff,
  { asOf }: ImportDay,
): RowProblem[] {
  const say = (reason: string) => [{ line: row.line, column: 'enhet', reason }];
  if (!knownUnits.has(row.enhet)) return say(`enheten ${row.enhet} finns inte; importera den först`);
  if (openUnits.has(row.enhet) || !covers(claimOf(row), asOf)) return [];
  return say(`enheten ${row.enhet} finns inte i organisationen den ${asOf}`);
}

const PERSONAL = ['namn', 'epost', 'skyddad'] as const;

function checkSamePerson([first, ...rest]: [StaffRow, ...StaffRow[]]): RowProblem[] {
  return rest.flatMap((row) =>
    PERSONAL.filter((column) => row[column] !== first[column]).map((column) => ({
      line: row.line,
      column,
      reason: `skiljer sig från rad ${first.line}, som har samma anstnr`,
    })),
  );
}

function checkOverlaps(group: readonly StaffRow[]): RowProblem[] {
  return group.flatMap((row, index) => {
    const earlier = group
      .slice(0, index)
      .find((other) => other.enhet === row.enhet && overlaps(claimOf(other), claimOf(row)));
    if (!earlier) return [];
    const reason = `överlappar anställningen i samma enhet på rad ${earlier.line}`;
    return [{ line: row.line, column: 'fran', reason }];
  });
}

/** An e-mail leads to one person: among those of the file, and those it leaves employed. Who has left gives it up. */
function checkEmails(
  { people }: CurrentStaff,
  groups: ReadonlyMap<string, readonly [StaffRow, ...StaffRow[]]>,
  day: ImportDay,
): RowProblem[] {
  const taken = new Map<string, string>();
  for (const person of people) {
    const { employeeNumber, email } = person;
    if (email === null || employeeNumber === null || groups.has(employeeNumber)) continue;
    if (stays(person, day)) taken.set(email.toLowerCase(), 'tillhör redan en annan person');
  }
  return [...groups.values()].flatMap(([{ epost: email, line }]) => {
    if (email === null) return [];
    const reason = taken.get(email);
    if (reason !== undefined) return [{ line, column: 'epost', reason }];
    taken.set(email, `har redan personen på rad ${line}`);
    return [];
  });
}

/** Whether somebody who is not in the file is employed after the import. */
function stays({ employments }: StoredPerson, { asOf, full }: ImportDay): boolean {
  return employments.some((it) => (it.until === null || it.until > asOf) && !(full && covers(it, asOf)));
}
