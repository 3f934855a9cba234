import { measureReadability, readableText, type Readability } from '#src/features/courses/readability.ts';
import { isStale, whyNotShown, type CheckedFact } from '#src/features/facts/facts.ts';

/** A page of a module as an editor follows it. */
export interface PageMeasure extends Pick<Readability, 'words' | 'lix'> {
  title: string;
  href: string;
  isHard: boolean;
}

/** Text with a higher LIX is too hard to read: the course promises less. */
export const HIGHEST_LIX = 44;

/** Words and LIX of a page's running text. */
export function measurePage(page: { title: string; href: string; mdx: string }): PageMeasure {
  const { words, lix } = measureReadability(readableText(page.mdx));
  return { title: page.title, href: page.href, words, lix, isHard: lix > HIGHEST_LIX };
}

/** Whether a fact can stand on a page today. */
export type FactState =
  | { kind: 'current' }
  /** Shown, but its last check is more than six months old. */
  | { kind: 'stale' }
  /** The build refuses it; `reason` completes the sentence "it …". */
  | { kind: 'unusable'; reason: string };

/** The state of a fact on a day (YYYY-MM-DD). */
export function stateOf(fact: CheckedFact, today: string): FactState {
  const reason = whyNotShown(fact);
  if (reason !== null) return { kind: 'unusable', reason };
  return { kind: isStale(fact, today) ? 'stale' : 'current' };
}

/** The day of a fact's latest check or confirmation. */
export function lastCheck(fact: CheckedFact): string {
  return fact.confirmed && fact.confirmed.on > fact.checked ? fact.confirmed.on : fact.checked;
}
