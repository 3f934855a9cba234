import { addDays, addMonths, isCalendarDay } from '#src/lib/clock.ts';
import type { DeputyForm } from './deputies.schema.ts';

/** Somebody stands in for at most so long at a time, and is named at most so long before. */
export const MOST_MONTHS = 12;

/** Why a field was refused. */
export type DeputyFault =
  | 'no-unit'
  | 'nobody'
  | 'unknown'
  | 'self'
  | 'manages'
  | 'already'
  | 'full'
  | 'no-day'
  | 'past'
  | 'far'
  | 'backwards'
  | 'long';

export type DeputyFaults = Partial<Record<'enhet' | 'vem' | 'fran' | 'till', DeputyFault>>;

/** What is wrong with the fields by themselves, before anyone is looked for; empty when nothing is. */
export function findFaults({ enhet, vem, fran, till }: DeputyForm, today: string): DeputyFaults {
  const faults: DeputyFaults = {};
  if (enhet === '') faults.enhet = 'no-unit';
  if (vem === '') faults.vem = 'nobody';
  if (!isCalendarDay(fran)) faults.fran = 'no-day';
  else if (fran < today) faults.fran = 'past';
  else if (fran > addMonths(today, MOST_MONTHS)) faults.fran = 'far';
  if (!isCalendarDay(till)) faults.till = 'no-day';
  else if (!faults.fran && till < fran) faults.till = 'backwards';
  else if (!faults.fran && till > addDays(addMonths(fran, MOST_MONTHS), -1)) faults.till = 'long';
  return faults;
}

export interface ByTime<Row> {
  present: Row[];
  coming: Row[];
  past: Row[];
}

/** Those of today, those of later (the next first), and those of before. */
export function groupByTime<Row extends { from: string; to: string }>(
  rows: readonly Row[],
  today: string,
): ByTime<Row> {
  return {
    present: rows.filter(({ from, to }) => from <= today && to >= today),
    coming: rows.filter(({ from }) => from > today).reverse(),
    past: rows.filter(({ to }) => to < today),
  };
}
