import type { Transaction } from '#db/client.ts';
import {
  countOnlineCompletions,
  insertOnlineCompletion,
  insertOnlineCompletions,
  lockCompletionsOf,
} from '#db/queries/completions.ts';
import { findCurrentVersion, findVersionNumber, type ModuleVersion } from '#db/queries/modules.ts';
import { issueCertificates } from '#src/features/certificates/certificates.server.ts';
import { GRUNDKURS } from '#src/features/courses/courses.ts';
import { publishedSectionsSchema } from '#src/features/courses/courses.schema.ts';
import { stockholmDate } from '#src/lib/clock.ts';
import { AppError } from '#src/lib/errors.ts';
import { courseToRecord, renewsModule, RULES } from './completions.ts';
import { readTrainingRecord, readTrainingRecords } from './training-record.server.ts';

/** People whose records are in memory at once. */
const BATCH = 5000;

export interface PassedQuiz {
  personId: string;
  attemptId: string;
  version: ModuleVersion;
  at: Date;
  /** Which of `RULES` it was passed under. */
  rule: string;
}

/**
 * Records what a passed knowledge check gives: the module, and with the last part the grundkurs and its
 * intyg. Passing again changes nothing, unless what was completed has been voided or is being renewed.
 * The caller's transaction holds `lockCompletionsOf` the person.
 */
export async function recordPassedQuiz(tx: Transaction, passed: PassedQuiz): Promise<void> {
  const { personId, version, at } = passed;
  const day = stockholmDate(at);
  const before = await countOnlineCompletions(tx, personId, version.id);
  const record = before.valid > 0 ? await readTrainingRecord(tx, personId, day) : null;
  if (!record || renewsModule(record, version.moduleSlug, day)) {
    await insertOnlineCompletion(tx, {
      personId,
      moduleSlug: version.moduleSlug,
      moduleVersionId: version.id,
      rule: passed.rule,
      completedAt: at,
      completedOn: day,
      attemptId: passed.attemptId,
      repeat: before.all,
    });
  }
  await awardCourse(tx, personId, at);
}

/**
 * Completes the grundkurs, and issues the intyg, for a person whose parts are all completed and who has
 * no valid completion of it, who has renewed all of them, or who has done anew those that became new
 * requirements. Does nothing otherwise. To be called, in the
 * same transaction, by whatever adds a completion of a part.
 *
 * @throws AppError `invariant-broken` when no version of the grundkurs is published.
 */
export async function awardCourse(tx: Transaction, personId: string, now: Date): Promise<void> {
  await lockCompletionsOf(tx, personId);
  await awardCourses(tx, [personId], now);
}

/**
 * The same for many at once. The caller's transaction holds `lockCompletionsOf` each or
 * `lockAllCompletions`.
 */
export async function awardCourses(tx: Transaction, personIds: readonly string[], now: Date): Promise<void> {
  if (personIds.length === 0) return;
  const course = await findCurrentVersion(tx, GRUNDKURS);
  if (!course) throw new AppError('invariant-broken', 'no version of the grundkurs is published');
  const parts = publishedSectionsSchema.parse(course.sections).map((part) => part.slug);
  const day = stockholmDate(now);
  for (let start = 0; start < personIds.length; start += BATCH) {
    const records = await readTrainingRecords(tx, personIds.slice(start, start + BATCH), day);
    const rows = [...records].flatMap(([personId, record]) => {
      const done = courseToRecord(parts, course.version, record, day);
      return done ? [{ personId, ...done, completedOn: stockholmDate(done.completedAt) }] : [];
    });
    for (const [number, people] of Map.groupBy(rows, ({ version }) => version)) {
      const version = await findVersionNumber(tx, GRUNDKURS, number);
      if (!version) throw new AppError('invariant-broken', `the grundkurs has no version ${number}`);
      const given = { moduleSlug: GRUNDKURS, moduleVersionId: version.id, rule: RULES.course };
      await issueCertificates(tx, await insertOnlineCompletions(tx, people, given), now);
    }
  }
}
