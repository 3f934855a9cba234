import { z } from 'zod';
import { isCalendarDay } from '#src/lib/clock.ts';

export const COMPLETION_COLUMNS = ['anstnr', 'modul', 'datum', 'kalla'] as const;

/** Nothing of this kind existed before; an earlier date is a slip of the pen. */
export const EARLIEST_DAY = '2015-01-01';

const filled = z.string().min(1, 'saknas').max(200, 'är längre än 200 tecken');

/** A row of `completions.csv`: training that was completed before, or elsewhere. */
export const completionRow = z.object({
  anstnr: filled,
  modul: filled,
  datum: filled
    .refine((day) => day === '' || isCalendarDay(day), {
      message: 'är inte ett datum som ÅÅÅÅ-MM-DD',
      abort: true,
    })
    .refine((day) => day === '' || day >= EARLIEST_DAY, `ligger före ${EARLIEST_DAY}`),
  kalla: filled,
});
export type CompletionRow = z.infer<typeof completionRow> & { line: number };
