import { findCurrentVersion, findVersion, type ModuleVersion } from '#db/queries/modules.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { canReadFordjupning } from '#src/features/completions/access.server.ts';
import { isPart } from '#src/features/courses/courses.ts';
import { getDb } from '#src/lib/database.ts';
import { quizSchema, type Quiz } from './quiz.schema.ts';

/** The knowledge check of one published version, key included: for the server only. */
export interface PublishedQuiz {
  version: ModuleVersion;
  quiz: Quiz;
}

/**
 * The knowledge check of a module as published: of the version asked for, else of the current one. Null
 * when the module has none or the version is not one of its own.
 */
export async function findPublishedQuiz(
  slug: string,
  versionId: number | null,
): Promise<PublishedQuiz | null> {
  const db = getDb();
  const version = versionId === null ? await findCurrentVersion(db, slug) : await findVersion(db, versionId);
  if (!version || version.moduleSlug !== slug || version.quiz === null) return null;
  return { version, quiz: quizSchema.parse(version.quiz) };
}

/** Whether the actor may read and answer the check: everyone those of the grundkurs, the entitled those of a fördjupning. */
export async function mayAnswer(actor: Actor | null, slug: string): Promise<boolean> {
  return isPart(slug) || canReadFordjupning(actor, slug);
}
