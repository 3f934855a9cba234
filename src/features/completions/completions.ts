/** Rules of what is completed when, for how long it counts, and when it can be completed again. */
import { addDays, addMonths, startOfDayStockholm } from '#src/lib/clock.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';

/** The rules under which completions are given; a changed rule gets a new name, old completions keep theirs. */
export const RULES = {
  /** A knowledge check with at least its pass mark right. */
  module: 'quiz-1',
  /** After an earlier version: the questions on what has changed since, with at least the pass mark right. */
  refresher: 'repetition-1',
  /**
   * Every part of the grundkurs completed, however; once the renewal of a completion is open, every part
   * completed anew since then. Where parts have become new requirements: those parts in the new version, and
   * after a completion of the grundkurs nothing else. `grundkurs-1` knew no renewal, `grundkurs-2` no new
   * requirement on a part.
   */
  course: 'grundkurs-3',
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
  /** Of the grundkurs: the only part that is to be done anew; none: all of them are. */
  part?: string | undefined;
}

/** A part of the grundkurs of which a version is a new requirement. */
export interface PartDemand {
  slug: string;
  /** The part's version: it or a later one meets the demand. */
  version: number;
  /** The version of the grundkurs that it came with. */
  courseVersion: number;
  /** The last day that older versions of the part count. */
  olderCountUntil: string;
}

/** What one person has completed, by module, and how long it counts; a module without a rule counts for ever. */
export interface TrainingRecord {
  completions: ReadonlyMap<string, readonly DatedCompletion[]>;
  rules: ReadonlyMap<string, CountingRule>;
  /** Of whomever: what the parts of the grundkurs are asked anew for. */
  demands: readonly PartDemand[];
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
  return rule ? firstDay(completion, rule, overtaking(completion, rule)) : null;
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
 * completed after that version came out belongs to the renewal. A new requirement on a part of the grundkurs
 * opens none: see `owedDemands`.
 */
export function renewalOf(record: TrainingRecord, slug: string, day: string): Renewal | null {
  const completion = standingOf(record, slug)?.completion;
  const rule = record.rules.get(slug);
  if (!completion || !rule) return null;
  const whole = overtaking(completion, rule).filter(({ part }) => part === undefined);
  const expiresOn = firstDay(completion, rule, whole);
  if (expiresOn === null) return null;
  const opensOn = laterDay(addDays(expiresOn, -RENEWAL_DAYS), addDays(completion.completedOn, 1));
  if (day < opensOn) return null;
  const published = whole.map(({ publishedAt }) => Number(publishedAt));
  return { since: new Date(Math.max(Number(startOfDayStockholm(opensOn)), ...published)), expiresOn };
}

/**
 * The renewals that passing a module belongs to on a day: its own and, for a part, that of the grundkurs.
 */
function openRenewals(record: TrainingRecord, slug: string, day: string): Renewal[] {
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

/** The demands that what a person has completed of the parts does not meet. */
function unmetDemands(record: TrainingRecord): PartDemand[] {
  return record.demands.filter((demand) => !firstMeeting(record, demand.slug, demand.version));
}

/**
 * The demands that a person has to meet for her completion of the grundkurs to go on counting: those newer
 * than it that she does not meet. None without a completion.
 */
export function owedDemands(record: TrainingRecord): PartDemand[] {
  const standing = standingOf(record, GRUNDKURS);
  if (!standing) return [];
  return unmetDemands(record).filter(({ courseVersion }) => courseVersion > versionOf(standing));
}

/** Whether a completed grundkurs no longer counts, or is being renewed: there is something to do for it again. */
export function isCourseOpen(record: TrainingRecord, day: string): boolean {
  return (
    renewalOf(record, GRUNDKURS, day) !== null ||
    owedDemands(record).some(({ olderCountUntil }) => olderCountUntil < day)
  );
}

/** When the grundkurs was completed, and in which of its versions. */
export interface CourseRecord {
  completedAt: Date;
  version: number;
}

/**
 * What is to be recorded of the grundkurs, or null. The first time: when each part has been completed, at
 * the time of the last. Later only in an open renewal: when each part has been completed in it; or when
 * parts have become new requirements and she has done those: that is all she needs to do again.
 *
 * A part that she has only in a version that no longer counts is not completed. While the older version
 * counts, so does the grundkurs with it: in its version before that requirement, which ends on the same day.
 */
export function courseToRecord(
  parts: readonly string[],
  currentVersion: number,
  record: TrainingRecord,
  day: string,
): CourseRecord | null {
  const standing = standingOf(record, GRUNDKURS);
  const renewal = renewalOf(record, GRUNDKURS, day);
  const isOverWhole = renewal !== null || standing === null;
  const unmet = isOverWhole ? unmetDemands(record) : owedDemands(record);
  const version = Math.min(currentVersion, ...unmet.map(({ courseVersion }) => courseVersion - 1));
  if (version < 1 || unmet.some(({ olderCountUntil }) => olderCountUntil < day)) return null;
  const met = record.demands.filter(({ courseVersion }) => courseVersion <= version);
  const since = standing ? met.filter(({ courseVersion }) => courseVersion > versionOf(standing)) : [];
  const needed = isOverWhole ? parts : [...new Set(since.map(({ slug }) => slug))];
  if (needed.length === 0) return null;
  const completed = new Map(
    needed.flatMap((slug) => {
      const from = Math.max(
        0,
        ...met.filter((demand) => demand.slug === slug).map((demand) => demand.version),
      );
      const at = firstMeeting(record, slug, from, renewal?.since);
      return at ? [[slug, at] as const] : [];
    }),
  );
  const completedAt = courseCompletedAt(needed, completed);
  return completedAt && { completedAt, version };
}

/** When a module was first completed in a version or a later one, at `since` or later; `from` 0: in any. */
function firstMeeting(record: TrainingRecord, slug: string, from: number, since?: Date): Date | null {
  const times = (record.completions.get(slug) ?? [])
    .filter(({ version }) => (version ?? 0) >= from)
    .map(({ completedAt }) => Number(completedAt))
    .filter((time) => !since || time >= Number(since));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** When each module was first completed, at `since` or later where that is given. */
function firstCompletions(record: TrainingRecord, since?: Date): Map<string, Date> {
  return new Map(
    [...record.completions.keys()].flatMap((slug) => {
      const at = firstMeeting(record, slug, 0, since);
      return at ? [[slug, at] as const] : [];
    }),
  );
}

/**
 * Slugs of what a person has completed; of the parts of the grundkurs not those that no longer count, and in
 * an open renewal of it only those completed in it.
 */
export function completedIn(
  record: TrainingRecord,
  isPartOfCourse: (slug: string) => boolean,
  day: string,
): string[] {
  const renewal = renewalOf(record, GRUNDKURS, day);
  const again = firstCompletions(record, renewal?.since);
  const isWhole = renewal !== null || standingOf(record, GRUNDKURS) === null;
  const over = (isWhole ? unmetDemands(record) : owedDemands(record)).filter(
    ({ olderCountUntil }) => olderCountUntil < day,
  );
  return [...record.completions.keys()]
    .filter((slug) => !isPartOfCourse(slug) || (again.has(slug) && !over.some((one) => one.slug === slug)))
    .sort();
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

function versionOf({ completion }: Standing): number {
  return completion.version ?? 0;
}

/** The first day on which time or one of the new requirements has ended a completion; null: none does. */
function firstDay(
  completion: DatedCompletion,
  { validityMonths }: CountingRule,
  requirements: readonly NewRequirement[],
): string | null {
  const days = requirements.map(({ olderCountUntil }) => addDays(olderCountUntil, 1));
  if (validityMonths !== null) days.push(addMonths(completion.completedOn, validityMonths));
  return days.toSorted()[0] ?? null;
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
