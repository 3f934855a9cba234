import type { PublishedSection } from '#src/features/courses/courses.ts';
import { addDays, startOfDayStockholm, stockholmDate } from '#src/lib/clock.ts';

/** A meeting lasts at most so long, and not past midnight. */
const LONGEST_MS = 4 * 60 * 60_000;

/** Where a meeting is: before it, at a section, or at the end, where each does the own knowledge check. */
export type Step =
  { kind: 'start' } | { kind: 'section'; number: number; section: PublishedSection } | { kind: 'check' };

/** When a meeting that starts at a moment ends by itself. */
export function meetingEndsAt(startedAt: Date): Date {
  const midnight = startOfDayStockholm(addDays(stockholmDate(startedAt), 1));
  return new Date(Math.min(startedAt.getTime() + LONGEST_MS, midnight.getTime()));
}

/** The number of the last step of a module with these sections: 0 is before the first section. */
export function lastStep(sections: readonly PublishedSection[]): number {
  return sections.length + 1;
}

/** What a step of a meeting is about. A step that is out of range is the nearest one. */
export function stepAt(sections: readonly PublishedSection[], number: number): Step {
  if (number <= 0) return { kind: 'start' };
  const section = sections[number - 1];
  return section ? { kind: 'section', number, section } : { kind: 'check' };
}

/** The step after pressing a button; never before the first or after the last. */
export function nextMeetingStep(
  sections: readonly PublishedSection[],
  current: number,
  direction: 'forward' | 'back',
): number {
  const next = current + (direction === 'forward' ? 1 : -1);
  return Math.min(lastStep(sections), Math.max(0, next));
}
