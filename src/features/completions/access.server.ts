import { findFirstCompletions } from '#db/queries/completions.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { GRUNDKURS } from '#src/features/courses/courses.ts';
import { getDb } from '#src/lib/database.ts';

/**
 * Whether the fördjupning may be read and its knowledge check taken: by whoever has completed the
 * grundkurs and by no one else, whatever the role. All fördjupningar have the same condition.
 */
export async function canReadFordjupning(actor: Actor | null, _slug: string): Promise<boolean> {
  if (!actor) return false;
  return (await findFirstCompletions(getDb(), actor.personId)).has(GRUNDKURS);
}
