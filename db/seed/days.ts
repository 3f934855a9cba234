import type { Random } from './random.ts';

/** The day `count` days after (or, negative, before) a day written `YYYY-MM-DD`. */
export function shiftDay(day: string, count: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + count);
  return moment.toISOString().slice(0, 10);
}

/** A month as far as it has come: its first day and its last, or today. */
export interface Month {
  first: string;
  last: string;
}

/** Every month from January of `firstYear` to the one that `today` is in. */
export function monthsUntil(firstYear: number, today: string): Month[] {
  const months: Month[] = [];
  for (let year = firstYear, month = 1; ; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    if (first > today) return months;
    const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
    months.push({ first, last: last < today ? last : today });
  }
}

/** A day between two, both included. */
export function randomDay(random: Random, first: string, last: string): string {
  const span = (Date.parse(last) - Date.parse(first)) / 86_400_000;
  return shiftDay(first, random.int(0, span));
}
