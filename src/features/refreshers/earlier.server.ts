import {
  findCompletionOfVersion,
  findVersionPeriod,
  listPartsOfVersion,
  type CompletionOfVersion,
  type PartOfVersion,
  type VersionPeriod,
} from '#db/queries/earlier-versions.ts';
import { findVersionNumber, type ModuleVersion } from '#db/queries/modules.ts';
import { requireActor, type Actor } from '#src/features/auth/auth.ts';
import { canReadFordjupning } from '#src/features/completions/access.server.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { quizSchema, type Quiz } from '#src/features/quiz/quiz.schema.ts';
import { toPublicQuiz, type PublicQuiz } from '#src/features/quiz/quiz.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { readFactsOf } from './facts-then.server.ts';
import { readDocument } from './refreshers.server.ts';

/** A version of a module as it was. */
export interface EarlierVersion {
  kind: 'version';
  version: Pick<ModuleVersion, 'moduleSlug' | 'version' | 'title'>;
  period: VersionPeriod;
  /** The reader's own completion of it. */
  own: CompletionOfVersion | null;
  /** Null: only title and questions were kept, or it is the grundkurs. */
  document: ModuleDocument | null;
  facts: Facts;
  /** Without key for who has completed it; null for the grundkurs. */
  questions: { kind: 'open'; quiz: PublicQuiz } | { kind: 'with-key'; quiz: Quiz } | null;
  /** Of the grundkurs; empty for any other. */
  parts: PartOfVersion[];
}

/** Who looks back at what others completed: they see the answer key too. */
const AUDITORS: readonly Actor['role'][] = ['samordnare', 'redaktor', 'admin'];

/**
 * A version of a module as it was, with the facts of that time: for who has completed it, counted or
 * voided, and for samordnare, redaktor and admin. `locked`: she may not read fördjupning.
 *
 * @throws AppError `not-signed-in`; `not-found` for anyone else, and for what there is not.
 */
export async function showEarlierVersion(
  actor: Actor | null,
  slug: string,
  number: string,
): Promise<EarlierVersion | { kind: 'locked' }> {
  const { personId, role } = requireActor(actor);
  const db = getDb();
  const version = /^(0|[1-9]\d{0,8})$/.test(number)
    ? await findVersionNumber(db, slug, Number(number))
    : null;
  const own = version && (await findCompletionOfVersion(db, personId, version));
  const isAuditor = AUDITORS.includes(role);
  if (!version || !(own || isAuditor)) throw new AppError('not-found', 'no such version for this person');
  const isOpen = isPart(slug) || slug === GRUNDKURS || isAuditor;
  if (!isOpen && !(await canReadFordjupning(actor, slug))) return { kind: 'locked' };
  const period = await findVersionPeriod(db, version, own?.completedAt ?? null);
  return {
    kind: 'version',
    version,
    period,
    own,
    document: readDocument(version),
    facts: await readFactsOf(db, period.releaseId),
    questions: readQuestions(version, isAuditor),
    parts: slug === GRUNDKURS ? await listPartsOfVersion(db, version.id) : [],
  };
}

function readQuestions({ quiz }: ModuleVersion, isAuditor: boolean): EarlierVersion['questions'] {
  if (quiz === null) return null;
  const whole = quizSchema.parse(quiz);
  return isAuditor ? { kind: 'with-key', quiz: whole } : { kind: 'open', quiz: toPublicQuiz(whole) };
}
