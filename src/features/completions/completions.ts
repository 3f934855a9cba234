/** Rules of what is completed when, for how long it counts, and when it can be completed again. */
import { addDays, addMonths, startOfDayStockholm } from '#src/lib/clock.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';

/** The rules under which completions are given; a changed rule gets a new name, old completions keep theirs. */
export const RULES = {
  /** A knowledge check with at least its pass mark right. */
  module: 'quiz-1',
  /**
   * Every part of the grundkurs completed, whichever version and however; once the renewal of a completion
   * is open, every part completed anew since then. `grundkurs-1` knew no renewal.
   */
  course: 'grundkurs-2',
} as const;

/** A completion can be renewed from so many days before it no longer counts. */
export const RENEWAL_DAYS = 90;

/** What the rules need to know of a completion that has not been voided. */
export interface DatedCompletion {
  completedAt: Date;
  /** The day of `completedAt` in Stockholm. */
  completedOn: string;
  /** Null: not known, older than every version. */
  version: number | null;
}

/** How long completions of a module count, for one person. */
export interface CountingRule {
  /** Null: for ever. */
  validityMonths: number | null;
  /** Versions that became a new requirement; older ones count to the end of `olderCountUntil`. */
  newRequirements: readonly NewRequirement[];
}

export interface NewRequirement {
  version: number;
  publishedAt: Date;
  olderCountUntil: string;
}

/** What one person has completed, by module, and how long it counts; a module without a rule counts for ever. */
export interface TrainingRecord {
  completions: ReadonlyMap<string, readonly DatedCompletion[]>;
  rules: ReadonlyMap<string, CountingRule>;
}

/** The completion of a module that counts longest, and the first day it no longer does; null: for ever. */
export interface Standing {
  completion: DatedCompletion;
  expiresOn: string | null;
}

/** An open renewal: what is completed at `since` or later belongs to it. */
export interface Renewal {
  since: Date;
  /** The first day that the completion so far no longer counts. */
  expiresOn: string;
}

/** The first day that a completion no longer counts; null: it counts for ever. */
export function expiryOf(completion: DatedCompletion, rule: CountingRule | undefined): string | null {
  if (!rule) return null;
  const days = overtaking(completion, rule).map(({ olderCountUntil }) => addDays(olderCountUntil, 1));
  if (rule.validityMonths !== null) days.push(addMonths(completion.completedOn, rule.validityMonths));
  return days.toSorted()[0] ?? null;
}

/** The completion of a module that counts longest, the latest of equals; null without any. It may have expired. */
export function standingOf(record: TrainingRecord, slug: string): Standing | null {
  let best: Standing | null = null;
  for (const completion of record.completions.get(slug) ?? []) {
    const standing = { completion, expiresOn: expiryOf(completion, record.rules.get(slug)) };
    if (!best || isLonger(standing, best)) best = standing;
  }
  return best;
}

/**
 * The renewal of a module that is open on a day, or null. It opens `RENEWAL_DAYS` before the completion
 * that counts longest expires, stays open until there is a new one, and never opens before the day after
 * it: what was completed with it is not its renewal. Where a new version is what ends it, only what was
 * completed after that version came out belongs to the renewal.
 */
export function renewalOf(record: TrainingRecord, slug: string, day: string): Renewal | null {
  const standing = standingOf(record, slug);
  if (!standing?.expiresOn) return null;
  const { completion, expiresOn } = standing;
  const opensOn = laterDay(addDays(expiresOn, -RENEWAL_DAYS), addDays(completion.completedOn, 1));
  if (day < opensOn) return null;
  const rule = record.rules.get(slug);
  const published = rule ? overtaking(completion, rule).map(({ publishedAt }) => Number(publishedAt)) : [];
  return { since: new Date(Math.max(Number(startOfDayStockholm(opensOn)), ...published)), expiresOn };
}

/**
 * The renewals that passing a module belongs to on a day: its own and, for a part, that of the grundkurs.
 */
export function openRenewals(record: TrainingRecord, slug: string, day: string): Renewal[] {
  const own = renewalOf(record, slug, day);
  const course = isPart(slug) ? renewalOf(record, GRUNDKURS, day) : null;
  return [own, course].filter((renewal) => renewal !== null);
}

/**
 * Whether passing a module today is something new for a person who has completed this version before:
 * a renewal is open in which she has not completed it yet.
 */
export function renewsModule(record: TrainingRecord, slug: string, day: string): boolean {
  const all = record.completions.get(slug) ?? [];
  return openRenewals(record, slug, day).some(
    ({ since }) => !all.some(({ completedAt }) => completedAt >= since),
  );
}

/**
 * When the grundkurs was completed and is to be recorded, or null when there is nothing to record. The
 * first time: when each part has been completed, at the time of the last. Later only in an open renewal:
 * when each part has been completed in it.
 */
export function courseToRecord(parts: readonly string[], record: TrainingRecord, day: string): Date | null {
  const hasCourse = standingOf(record, GRUNDKURS) !== null;
  const renewal = renewalOf(record, GRUNDKURS, day);
  if (hasCourse && !renewal) return null;
  return courseCompletedAt(parts, firstCompletions(record, renewal?.since));
}

/** When each module was first completed, at `since` or later where that is given. */
export function firstCompletions(record: TrainingRecord, since?: Date): Map<string, Date> {
  const first = new Map<string, Date>();
  for (const [slug, all] of record.completions) {
    const times = all.map(({ completedAt }) => Number(completedAt));
    const inTime = since ? times.filter((time) => time >= Number(since)) : times;
    if (inTime.length > 0) first.set(slug, new Date(Math.min(...inTime)));
  }
  return first;
}

/** Slugs of what a person has completed; in an open renewal of the grundkurs, of its parts only those completed in it. */
export function completedIn(
  record: TrainingRecord,
  isPartOfCourse: (slug: string) => boolean,
  day: string,
): string[] {
  const again = firstCompletions(record, renewalOf(record, GRUNDKURS, day)?.since);
  return [...record.completions.keys()].filter((slug) => !isPartOfCourse(slug) || again.has(slug)).sort();
}

/**
 * When a course was completed: at the time of its last part. Null while a part is missing. `completed`
 * tells when each module was first completed.
 */
export function courseCompletedAt(
  parts: readonly string[],
  completed: ReadonlyMap<string, Date>,
): Date | null {
  let last: Date | null = null;
  for (const part of parts) {
    const at = completed.get(part);
    if (!at) return null;
    if (!last || at > last) last = at;
  }
  return last;
}

/** What a person does next: a part of the course, or the course is behind her. */
export type NextStep = { kind: 'part'; slug: string; number: number } | { kind: 'done' };

/** The first part without a completion, unless the whole course has one (it may be credited as a whole). */
export function nextStep(
  parts: readonly string[],
  hasCourse: boolean,
  isCompleted: (part: string) => boolean,
): NextStep {
  const index = hasCourse ? -1 : parts.findIndex((part) => !isCompleted(part));
  const slug = parts[index];
  return slug === undefined ? { kind: 'done' } : { kind: 'part', slug, number: index + 1 };
}

/** The new requirements that a completion is older than. */
function overtaking({ version }: DatedCompletion, rule: CountingRule): NewRequirement[] {
  return rule.newRequirements.filter((one) => version === null || version < one.version);
}

function isLonger(a: Standing, b: Standing): boolean {
  if (a.expiresOn === b.expiresOn) return a.completion.completedAt > b.completion.completedAt;
  if (a.expiresOn === null || b.expiresOn === null) return a.expiresOn === null;
  return a.expiresOn > b.expiresOn;
}

function laterDay(a: string, b: string): string {
  return a > b ? a : b;
}
