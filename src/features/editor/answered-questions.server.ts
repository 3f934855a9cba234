import { findCurrentVersion } from '#db/queries/modules.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import { getDb } from '#src/lib/database.ts';

/**
 * The questions that readers meet in a module's knowledge check, by id: answers to them are counted.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function listAnsweredQuestions(actor: Actor | null, slug: string): Promise<string[]> {
  requireRole(actor, 'redaktor', 'admin');
  const version = await findCurrentVersion(getDb(), slug);
  return ((version?.quiz as Quiz | null)?.questions ?? []).map(({ id }) => id);
}
