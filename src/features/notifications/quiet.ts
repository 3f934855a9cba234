import { addDays, stockholmDate } from '#src/lib/clock.ts';

/** Days from `from` to `until`, both included, on which nothing is sent. */
export interface QuietPeriod {
  from: string;
  until: string;
}

/** The hours between which mails are sent. */
const OPENS = 7;
const CLOSES = 18;

const hourOf = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** Whether mails are sent on the day: a weekday outside every quiet period. */
export function isMailDay(day: string, periods: readonly QuietPeriod[]): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !periods.some(({ from, until }) => from <= day && day <= until);
}

/** Whether mails are sent at the moment: 07–18 in Stockholm on a day when they are. */
export function isMailTime(moment: Date, periods: readonly QuietPeriod[]): boolean {
  const hour = Number(hourOf.format(moment));
  return hour >= OPENS && hour < CLOSES && isMailDay(stockholmDate(moment), periods);
}

/** The first day from `day` on which mails are sent; null: not within two years. */
export function nextMailDay(day: string, periods: readonly QuietPeriod[]): string | null {
  let next = day;
  for (let tries = 0; tries < 800; tries += 1, next = addDays(next, 1)) {
    if (isMailDay(next, periods)) return next;
  }
  return null;
}
