const ZONE = 'Europe/Stockholm';
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

const dayOf = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const timeOf = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const offsetOf = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'longOffset' });

let readClock = (): Date => new Date();

/** The present moment: the one place the program reads the clock. */
export function now(): Date {
  return readClock();
}

/** Lets a test decide what time it is; null gives the real clock back. */
export function setClock(read: (() => Date) | null): void {
  readClock = read ?? (() => new Date());
}

/** The calendar day in Stockholm at a moment, as `YYYY-MM-DD`. */
export function stockholmDate(moment: Date): string {
  return dayOf.format(moment);
}

/** Today in Stockholm, as `YYYY-MM-DD`. */
export function stockholmToday(): string {
  return stockholmDate(now());
}

/** Whether the text is a real calendar day written `YYYY-MM-DD`, between the years 1900 and 2199. */
export function isCalendarDay(text: string): boolean {
  const parts = DAY.exec(text);
  if (!parts || text < '1900-01-01' || text > '2199-12-31') return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** The day `days` after a day (before, when negative). */
export function addDays(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** The same day of the month `months` later, or the last of that month where it is shorter: as PostgreSQL adds months. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The first moment of a day in Stockholm. */
export function startOfDayStockholm(day: string): Date {
  const guess = new Date(`${day}T00:00:00${stockholmOffset(new Date(`${day}T00:00:00Z`))}`);
  return new Date(`${day}T00:00:00${stockholmOffset(guess)}`);
}

/** The moment at a time of day, `HH:MM`, of a day in Stockholm. */
export function momentInStockholm(day: string, time: string): Date {
  const guess = new Date(`${day}T${time}:00${stockholmOffset(new Date(`${day}T${time}:00Z`))}`);
  return new Date(`${day}T${time}:00${stockholmOffset(guess)}`);
}

/** The time of day in Stockholm at a moment, as `HH:MM`. */
export function stockholmTime(moment: Date): string {
  return timeOf.format(moment);
}

/** `+01:00` or `+02:00`. */
function stockholmOffset(moment: Date): string {
  return /GMT([+-]\d{2}:\d{2})/.exec(offsetOf.format(moment))?.[1] ?? '+00:00';
}
