import { findAttempt } from '#db/queries/attempts.ts';
import { findVersion, type ModuleVersion } from '#db/queries/modules.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { publishedSectionsSchema } from '#src/features/courses/courses.schema.ts';
import type { PublishedSection } from '#src/features/courses/courses.ts';
import { getDb } from '#src/lib/database.ts';
import { answersSchema, quizSchema } from './quiz.schema.ts';
import { explainResult, type QuizResult } from './result.ts';
import { submissionIdSchema } from './submission.schema.ts';

export interface StoredResult extends QuizResult {
  version: ModuleVersion;
  sections: PublishedSection[];
}

/**
 * The result of one of the actor's own submissions to a module's knowledge check. Null for anything
 * else, also when it exists but is somebody else's.
 */
export async function findOwnResult(
  actor: Actor,
  slug: string,
  submissionId: string | null,
): Promise<StoredResult | null> {
  const id = submissionIdSchema.safeParse(submissionId);
  if (!id.success) return null;
  const attempt = await findAttempt(getDb(), id.data);
  if (attempt?.personId !== actor.personId) return null;
  const version = await findVersion(getDb(), attempt.moduleVersionId);
  if (version?.moduleSlug !== slug) return null;
  const quiz = quizSchema.parse(version.quiz);
  const answers = answersSchema.parse(attempt.answers);
  // A refresher asks some of the questions: only those were answered.
  const questions = quiz.questions.filter(({ id: question }) => Object.hasOwn(answers, question));
  const result = explainResult({ ...quiz, questions }, answers);
  return { ...result, version, sections: publishedSectionsSchema.parse(version.sections) };
}
