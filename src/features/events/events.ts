import { addDays, now, startOfDayStockholm, stockholmDate } from '#src/lib/clock.ts';
import type { EventStanding, SessionEvent } from '#db/queries/events.ts';

/** Attendance can be noted and taken back for so many days after the day of the occasion. */
export const ATTENDANCE_DAYS = 30;
/** Occasions that may wait at the same time. */
export const MOST_COMING = 500;
/** Occasions on one page. */
export const MOST_SHOWN = 200;

/** Where an occasion is in its life: what can be done with it follows from this alone. */
export type Phase = 'cancelled' | 'coming' | 'open' | 'closed';

/**
 * `coming`: one can sign up, and it can be changed; `open`: it has begun, and attendance can be noted;
 * `closed`: nothing more can be done.
 */
export function phaseOf(
  event: Pick<SessionEvent, 'startsAt' | 'endsAt' | 'cancelledAt'>,
  moment: Date = now(),
): Phase {
  if (event.cancelledAt) return 'cancelled';
  if (moment < event.startsAt) return 'coming';
  return moment < attendanceClosesAt(event) ? 'open' : 'closed';
}

/** The moment at which attendance is closed: the end of the thirtieth day after the occasion. */
export function attendanceClosesAt(event: Pick<SessionEvent, 'endsAt'>): Date {
  return startOfDayStockholm(addDays(stockholmDate(event.endsAt), ATTENDANCE_DAYS + 1));
}

/** Where somebody stands: not signed up, with a place, or as number `queue` of those who wait. */
export type OwnPlace = { kind: 'none' } | { kind: 'place' } | { kind: 'queue'; queue: number };

/** Who has a place and who waits follows from the order: the first `places` have one. */
export function placeOf(position: number, places: number | null): OwnPlace {
  if (position === 0) return { kind: 'none' };
  return places === null || position <= places
    ? { kind: 'place' }
    : { kind: 'queue', queue: position - places };
}

/** Places nobody has; null where there is no limit. */
export function placesLeft({ signedUp, event }: Pick<EventStanding, 'signedUp' | 'event'>): number | null {
  return event.places === null ? null : Math.max(0, event.places - signedUp);
}

/**
 * Those who get a place when some withdraw or there are more places: who has one afterwards and had
 * none before. `before` and `after` are ids in order.
 */
export function movedUp(
  before: { ids: readonly string[]; places: number | null },
  after: { ids: readonly string[]; places: number | null },
): string[] {
  if (before.places === null) return [];
  const had = new Set(before.ids.slice(0, before.places));
  const waited = new Set(before.ids.slice(before.places));
  const have = after.places === null ? after.ids : after.ids.slice(0, after.places);
  return have.filter((id) => waited.has(id) && !had.has(id));
}

/** The rule under which presence gives a completion. */
export const SESSION_RULE = 'session-1';
