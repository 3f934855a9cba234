/**
 * Answers that are not handed in yet, kept in the browser tab through a reload. They go when the result
 * page has shown that they arrived, never before: a lost network costs nothing.
 */
import { storageKey } from './quiz-form.ts';
import type { Answers } from './quiz.ts';

export interface AnswersInBrowser {
  /** The version the questions are from; answers to another are of no use. */
  version: number;
  /** Kept too, so that sending again is the same submission. */
  submission: string;
  answers: Answers;
  step: number;
}

/** What this tab keeps for the module and version, or null. */
export function readFromBrowser(moduleSlug: string, version: number): AnswersInBrowser | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey(moduleSlug)) ?? 'null') as unknown;
    return isAnswersInBrowser(kept) && kept.version === version ? kept : null;
  } catch {
    // Storage is turned off, or holds something else.
    return null;
  }
}

/** Keeps the answers; where storage is turned off they live on in the page only. */
export function keepInBrowser(moduleSlug: string, kept: AnswersInBrowser): void {
  try {
    sessionStorage.setItem(storageKey(moduleSlug), JSON.stringify(kept));
  } catch {
    // Nothing to do: the form works without.
  }
}

/** Forgets them. */
export function forgetInBrowser(moduleSlug: string): void {
  try {
    sessionStorage.removeItem(storageKey(moduleSlug));
  } catch {
    // Nothing was kept.
  }
}

function isAnswersInBrowser(value: unknown): value is AnswersInBrowser {
  if (typeof value !== 'object' || value === null) return false;
  const { version, submission, answers, step } = value as Record<string, unknown>;
  return (
    typeof version === 'number' &&
    typeof submission === 'string' &&
    Number.isInteger(step) &&
    typeof answers === 'object' &&
    answers !== null &&
    Object.values(answers).every((chosen) => Array.isArray(chosen))
  );
}
