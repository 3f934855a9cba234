import { findFirstCompletions } from '#db/queries/completions.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { getDb } from '#src/lib/database.ts';

/** What the static pages may know of their reader: her own completions, and nothing without a session. */
export interface Progress {
  signedIn: boolean;
  /** Slugs of parts, fördjupningar and the grundkurs. */
  completed: string[];
}

/** The actor's own progress. */
export async function findProgress(actor: Actor | null): Promise<Progress> {
  if (!actor) return { signedIn: false, completed: [] };
  const completed = await findFirstCompletions(getDb(), actor.personId);
  return { signedIn: true, completed: [...completed.keys()].sort() };
}
