import type { ReminderCandidate } from '#db/queries/reminders.ts';
import { addDays } from '#src/lib/clock.ts';

/** Nobody is reminded twice within so many days, whoever wants to. */
const DAYS_BETWEEN_REMINDERS = 14;
/** So many people are shown, and reminded, at a time. */
export const MOST_REMINDED = 500;

/** Whether a person gets a reminder, or why not. */
export type Reminder =
  | { kind: 'ready' }
  | { kind: 'waived'; until: string }
  | { kind: 'reminded'; on: string }
  | { kind: 'unreachable' };

/** What would come of reminding a person now. */
export function judgeReminder({ waivedUntil, remindedOn, hasAddress }: ReminderCandidate): Reminder {
  if (waivedUntil !== null) return { kind: 'waived', until: waivedUntil };
  if (remindedOn !== null) return { kind: 'reminded', on: remindedOn };
  return hasAddress ? { kind: 'ready' } : { kind: 'unreachable' };
}

/** The first day on which a reminder is too recent, on a day, for another. */
export function recentFrom(day: string): string {
  return addDays(day, 1 - DAYS_BETWEEN_REMINDERS);
}
