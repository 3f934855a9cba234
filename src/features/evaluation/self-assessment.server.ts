import { countAnswers, findAssessmentStanding, insertAsked, type Moment } from '#db/queries/evaluation.ts';
import { requireActor, type Actor } from '#src/features/auth/auth.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, typedText, type FieldErrors } from '#src/lib/form-errors.ts';
import { momentToAsk } from './evaluation.ts';
import { answersSchema, momentSchema } from './evaluation.schema.ts';

/** Which self-assessment the person may be offered now, or null. */
export async function findAssessmentToOffer(actor: Actor): Promise<Moment | null> {
  const today = stockholmToday();
  return momentToAsk(await findAssessmentStanding(getDb(), actor.personId, today), today);
}

export type AssessmentOutcome =
  | { kind: 'answered' | 'declined'; moment: Moment }
  /** Answered or declined before, or not asked at all. */
  | { kind: 'not-asked' }
  | { kind: 'refused'; moment: Moment; errors: FieldErrors; typed: Record<string, string> };

/**
 * Takes in a self-assessment, or that the person would rather not. That she has been asked is committed
 * before anything is counted, in a transaction of its own: no transaction holds both who and what, and
 * answers that are sent twice count once. What is counted is one more of each answer in her department,
 * never that it was she.
 *
 * @throws AppError `not-signed-in`.
 */
export async function takeAssessment(
  actor: Actor | null,
  form: Record<string, unknown>,
): Promise<AssessmentOutcome> {
  const { personId } = requireActor(actor);
  const db = getDb();
  const today = stockholmToday();
  const standing = await findAssessmentStanding(db, personId, today);
  const moment = momentToAsk(standing, today);
  const { departmentId } = standing;
  const sent = momentSchema.safeParse(form['tillfalle']);
  if (moment === null || departmentId === null || sent.data !== moment) return { kind: 'not-asked' };
  if ('nej' in form) {
    await insertAsked(db, personId, moment);
    return { kind: 'declined', moment };
  }
  const answers = answersSchema.safeParse(form);
  if (!answers.success) {
    return { kind: 'refused', moment, errors: errorsByField(answers.error), typed: typedText(form) };
  }
  if (!(await insertAsked(db, personId, moment))) return { kind: 'not-asked' };
  const place = { departmentId, year: Number(today.slice(0, 4)), moment };
  await db.transaction((tx) => countAnswers(tx, place, answers.data));
  return { kind: 'answered', moment };
}
