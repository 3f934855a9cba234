import type { Transaction } from '#db/client.ts';
import { findFirstCompletions, insertOnlineCompletion, lockCompletionsOf } from '#db/queries/completions.ts';
import { findCurrentVersion, type ModuleVersion } from '#db/queries/modules.ts';
import { issueCertificate } from '#src/features/certificates/certificates.server.ts';
import { GRUNDKURS } from '#src/features/courses/courses.ts';
import { publishedSectionsSchema } from '#src/features/courses/courses.schema.ts';
import { stockholmDate } from '#src/lib/clock.ts';
import { AppError } from '#src/lib/errors.ts';
import { courseCompletedAt, RULES } from './completions.ts';

export interface PassedQuiz {
  personId: string;
  attemptId: string;
  version: ModuleVersion;
  at: Date;
}

/**
 * Records what a passed knowledge check gives: the module, and with the last part the grundkurs and its
 * intyg. Passing again changes nothing. The caller's transaction holds `lockCompletionsOf` the person.
 */
export async function recordPassedQuiz(tx: Transaction, passed: PassedQuiz): Promise<void> {
  await insertOnlineCompletion(tx, {
    personId: passed.personId,
    moduleSlug: passed.version.moduleSlug,
    moduleVersionId: passed.version.id,
    rule: RULES.module,
    completedAt: passed.at,
    completedOn: stockholmDate(passed.at),
    attemptId: passed.attemptId,
  });
  await awardCourse(tx, passed.personId, passed.at);
}

/**
 * Completes the grundkurs for a person whose parts are all completed and who has no valid completion of
 * it, and issues the intyg. Does nothing otherwise. To be called, in the same transaction, by whatever
 * adds a completion of a part.
 *
 * @throws AppError `invariant-broken` when no version of the grundkurs is published.
 */
export async function awardCourse(tx: Transaction, personId: string, now: Date): Promise<void> {
  await lockCompletionsOf(tx, personId);
  const course = await findCurrentVersion(tx, GRUNDKURS);
  if (!course) throw new AppError('invariant-broken', 'no version of the grundkurs is published');
  const completed = await findFirstCompletions(tx, personId);
  const parts = publishedSectionsSchema.parse(course.sections).map((part) => part.slug);
  const completedAt = courseCompletedAt(parts, completed);
  if (!completedAt || completed.has(GRUNDKURS)) return;
  const completionId = await insertOnlineCompletion(tx, {
    personId,
    moduleSlug: GRUNDKURS,
    moduleVersionId: course.id,
    rule: RULES.course,
    completedAt,
    completedOn: stockholmDate(completedAt),
  });
  if (completionId) await issueCertificate(tx, completionId, now);
}
