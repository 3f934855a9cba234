import type { Actor } from '#src/features/auth/auth.ts';
import { isPart } from '#src/features/courses/courses.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { completedIn, isCourseOpen } from './completions.ts';
import { readTrainingRecord } from './training-record.server.ts';

/** What the static pages may know of their reader: her own completions, and nothing without a session. */
export interface Progress {
  signedIn: boolean;
  /** Slugs of parts, fördjupningar and the grundkurs; in an open renewal of the grundkurs the parts completed in it. */
  completed: string[];
  /** Only while a completed grundkurs is to be renewed, or no longer counts. */
  renewing?: true;
}

/** The actor's own progress. */
export async function findProgress(actor: Actor | null): Promise<Progress> {
  if (!actor) return { signedIn: false, completed: [] };
  const today = stockholmToday();
  const record = await readTrainingRecord(getDb(), actor.personId, today);
  const progress = { signedIn: true, completed: completedIn(record, isPart, today) };
  return isCourseOpen(record, today) ? { ...progress, renewing: true } : progress;
}
