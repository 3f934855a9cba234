import { manager } from '#src/i18n/manager.ts';
import { addDays } from '#src/lib/clock.ts';
import { toCsvText } from '#src/lib/csv.ts';
import { toXlsx, type SheetColumn } from '#src/lib/spreadsheet.ts';
import type { NamedList, StaffRow } from './manager.server.ts';

interface Column extends SheetColumn<StaffRow> {
  value: (row: StaffRow) => string;
}

/** The list as a file: one line for each person, four columns for each course. Days are `YYYY-MM-DD`. */
export function toStaffCsv(list: NamedList): string {
  const columns = columnsOf(list.courses);
  return toCsvText([
    columns.map(({ header }) => header),
    ...list.people.map((row) => columns.map(({ value }) => value(row))),
  ]);
}

/** The same as an Excel file, cell by cell. */
export function toStaffXlsx(list: NamedList): Promise<Buffer> {
  return toXlsx(manager.file.sheet, columnsOf(list.courses), list.people);
}

function columnsOf(courses: NamedList['courses']): Column[] {
  const words = manager.file;
  return [
    { header: words.name, width: 28, value: ({ name }) => name },
    { header: manager.job, width: 24, value: ({ jobs }) => join(jobs.map(({ title }) => title)) },
    { header: manager.unitColumn, width: 32, value: ({ jobs }) => join(jobs.map(({ unit }) => unit)) },
    ...courses.flatMap(({ title }, index): Column[] => [
      { header: title, width: 18, value: ({ courses: cells }) => manager.status[cells[index]!.status] },
      { header: words.completedOn(title), width: 14, value: (row) => row.courses[index]!.completedOn ?? '' },
      { header: words.validUntil(title), width: 14, value: (row) => lastDay(row.courses[index]!.expiresOn) },
      { header: words.waivedUntil(title), width: 14, value: (row) => row.courses[index]!.waivedUntil ?? '' },
    ]),
  ];
}

function join(parts: readonly string[]): string {
  return parts.join(' / ');
}

function lastDay(expiresOn: string | null): string {
  return expiresOn === null ? '' : addDays(expiresOn, -1);
}
