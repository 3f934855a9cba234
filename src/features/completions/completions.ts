/** Rules of what is completed when. */

/** The rules under which completions are given; a changed rule gets a new name, old completions keep theirs. */
export const RULES = {
  /** A knowledge check with at least its pass mark right. */
  module: 'quiz-1',
  /** Every part of the grundkurs completed, whichever version and however. */
  course: 'grundkurs-1',
} as const;

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
