import { z } from 'zod';
import { isCalendarDay } from '#src/lib/clock.ts';
import type { FileRow, RowProblem } from './import-file.ts';

const text = (most: number) => z.string().max(most, `är längre än ${most} tecken`);
const filled = (most: number) => text(most).min(1, 'saknas');
/** Part of addresses (`/indikator/<kod>`) and of files: nothing that means something there. */
const unitCode = filled(40)
  .regex(/^[^\s/\\?#%"'<>;,]*$/u, 'får inte innehålla mellanslag eller något av / \\ ? # % " \' < > ; ,')
  .regex(/[^.]|^$/, 'får inte bara vara punkter');
const employeeNumber = filled(40).regex(/^\S*$/u, 'får inte innehålla mellanslag');
const day = z
  .string()
  .min(1, 'saknas')
  .refine((value) => value === '' || isCalendarDay(value), 'är inte ett datum som ÅÅÅÅ-MM-DD');
/** Many HR systems write an open end as a day that nobody will see, such as 9999-12-31. */
const untilFurtherNotice = z.string().regex(/^(2[2-9]|[3-9]\d)\d\d-\d\d-\d\d$/);
const yesOrNo = z
  .string()
  .toLowerCase()
  .transform((value, context) => {
    if (value === 'ja') return true;
    if (value === 'nej') return false;
    context.addIssue({ code: 'custom', message: 'ska vara ja eller nej' });
    return z.NEVER;
  });

const KINDS = {
  kommun: 'municipality',
  forvaltning: 'department',
  förvaltning: 'department',
  avdelning: 'division',
  enhet: 'team',
} as const;

export const UNIT_COLUMNS = ['kod', 'namn', 'typ', 'overordnad'] as const;
/** A row of `units.csv`. */
export const unitRow = z.object({
  kod: unitCode,
  namn: filled(200),
  typ: z
    .string()
    .toLowerCase()
    .transform((value, context) => {
      if (Object.hasOwn(KINDS, value)) return KINDS[value as keyof typeof KINDS];
      context.addIssue({ code: 'custom', message: 'ska vara kommun, forvaltning, avdelning eller enhet' });
      return z.NEVER;
    }),
  overordnad: text(40).transform((value) => (value === '' ? null : value)),
});
export type UnitRow = z.infer<typeof unitRow> & { line: number };

export const STAFF_COLUMNS = [
  'anstnr',
  'namn',
  'epost',
  'enhet',
  'befattning',
  'fran',
  'till',
  'chef',
  'skyddad',
] as const;
/** A row of `staff.csv`: one employment. `till` is the last day included. */
export const staffRow = z
  .object({
    anstnr: employeeNumber,
    namn: filled(200),
    epost: z.union([
      z.literal('').transform(() => null),
      text(254).toLowerCase().pipe(z.email('är inte en e-postadress')),
    ]),
    enhet: filled(40),
    befattning: text(200),
    fran: day,
    till: z.union([z.literal('').transform(() => null), untilFurtherNotice.transform(() => null), day]),
    chef: z.preprocess((value) => (value === '' ? 'nej' : value), yesOrNo),
    skyddad: z.preprocess((value, context) => {
      if (value !== '') return value;
      const message = 'saknas: utan ja eller nej vet ingen om personen har skyddade uppgifter';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }, yesOrNo),
  })
  .refine(({ fran, till }) => till === null || till >= fran, { path: ['till'], message: 'ligger före fran' });
export type StaffRow = z.infer<typeof staffRow> & { line: number };

/** Checks each row by itself: the good ones, every problem of every bad one, and the bad ones as they came. */
export function checkRows<Column extends string, Schema extends z.ZodType<object>>(
  rows: readonly FileRow<Column>[],
  schema: Schema,
): { rows: (z.infer<Schema> & { line: number })[]; problems: RowProblem[]; unreadable: FileRow<Column>[] } {
  const problems: RowProblem[] = [];
  const unreadable: FileRow<Column>[] = [];
  const checked = rows.flatMap((row) => {
    const result = schema.safeParse(row.cells);
    if (result.success && !row.misfit) return [{ ...result.data, line: row.line }];
    const found = row.misfit ? [row.misfit] : (result.error?.issues.map(describe) ?? []);
    problems.push(...found.map((problem) => ({ line: row.line, ...problem })));
    unreadable.push(row);
    return [];
  });
  return { rows: checked, problems, unreadable };
}

function describe(issue: z.core.$ZodIssue): Omit<RowProblem, 'line'> {
  const column = issue.path[0] === undefined ? null : String(issue.path[0]);
  if (issue.code !== 'invalid_union') return { column, reason: issue.message };
  // Of a cell that may be empty or something, the something is what it failed to be.
  const reason = issue.errors.at(-1)?.at(-1)?.message ?? issue.message;
  return { column, reason };
}
