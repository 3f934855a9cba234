import { lockDraft } from '#db/queries/drafts.ts';
import { findOpenPublication } from '#db/queries/publications.ts';
import { findOpenDraftOf, findReview, type Draft } from '#db/queries/reviews.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { withdrawReview } from '#src/features/editorial/withdraw-review.server.ts';
import type { Finding, GateReport } from '#src/features/gate/findings.ts';
import { runGate } from '#src/features/gate/gate.server.ts';
import { addMonths, now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { isDatabaseUnavailable } from '#src/lib/failure.ts';
import type { PublicationStep } from '#src/features/releases/build-release.server.ts';
import { PATIENT } from './check-content.server.ts';
import { findPublishedHash } from './published-hash.server.ts';
import { canRequire, storePublication } from '#src/features/publishing/publication.server.ts';
import type { Change } from '#src/features/publishing/publication.ts';
import { publishNow } from '#src/features/publishing/publish-due.server.ts';
import { storeDecision, storeReview } from '#src/features/publishing/review.server.ts';
import type { DecisionObstacle } from '#src/features/publishing/review.ts';

export interface DraftToPublish {
  subject: string;
  /** Who hands it in and publishes it, and who approves it. */
  by: Actor;
  approver: Actor;
  change: Change;
  reason: string;
  /** How long completions of older versions count, from today; null unless it is a requirement. */
  months: number | null;
}

export type PublishDraftResult =
  /** `findings`: what the gate warns of. */
  | { kind: 'published'; releaseId: number; findings: Finding[] }
  | { kind: 'stopped'; findings: Finding[] }
  | { kind: 'obstacle'; obstacle: DecisionObstacle }
  /** In words for an editor; the site is as it was, and the draft can be written in. */
  | { kind: 'failed'; reason: string }
  /** The database went away. A node that runs takes the publication up when it is back. */
  | { kind: 'broken-off' }
  /** `unchanged`: readers meet what the draft says. */
  | { kind: 'no-draft' | 'unchanged' | 'changed' | 'already-waiting' | 'not-required' };

/** Carries a refusal out of the transaction that is rolled back. */
class Refused extends Error {
  readonly result: PublishDraftResult;

  constructor(result: PublishDraftResult) {
    super(result.kind);
    this.result = result;
  }
}

/**
 * Takes the open draft of a subject all the way, for the command line: gate, review, approval by another
 * person, publication. What is refused leaves nothing behind; the same rules hold as on the pages.
 *
 * @throws AppError `not-allowed` when one of the two is neither redaktor nor admin.
 */
export async function publishDraft(
  wanted: DraftToPublish,
  onStep: (step: PublicationStep) => void,
): Promise<PublishDraftResult> {
  requireRole(wanted.by, 'redaktor', 'admin');
  requireRole(wanted.approver, 'redaktor', 'admin');
  const draft = await findOpenDraftOf(getDb(), wanted.subject);
  const report = draft && (await runGate(wanted.by, draft.id, PATIENT));
  if (!report) return { kind: 'no-draft' };
  if (report.documentHash === (await findPublishedHash(getDb(), wanted.subject)))
    return { kind: 'unchanged' };
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { kind: 'stopped', findings: errors };
  const asked = await ask(wanted, draft, report);
  if (typeof asked !== 'number') return asked;
  const outcome = await publishNow(asked, { onStep }).catch((error: unknown) => {
    if (isDatabaseUnavailable(error)) return { kind: 'broken-off' } as const;
    throw error;
  });
  if (outcome.kind === 'broken-off') return outcome;
  if (outcome.kind === 'published') {
    return { kind: 'published', releaseId: outcome.releaseId, findings: report.findings };
  }
  await letWrite(draft.id);
  return { kind: 'failed', reason: outcome.kind === 'failed' ? outcome.reason : '' };
}

/** Review, approval and publication in one transaction. The publication's id, or why there is none. */
async function ask(
  { subject, by, approver, change, reason, months }: DraftToPublish,
  { id }: Draft,
  report: GateReport,
): Promise<number | PublishDraftResult> {
  try {
    return await getDb().transaction(async (tx) => {
      const draft = await lockDraft(tx, id);
      if (!draft || draft.closedAt) throw new Refused({ kind: 'no-draft' });
      if (change === 'requirement' && !(await canRequire(tx, subject)))
        throw new Refused({ kind: 'not-required' });
      if (await findOpenPublication(tx, subject)) throw new Refused({ kind: 'already-waiting' });
      await withdrawReview(tx, draft, by.personId);
      const submitted = await storeReview(tx, { draft, report, note: null, submittedBy: by.personId });
      if (submitted.kind !== 'submitted') throw new Refused({ kind: 'changed' });
      const { reviewId } = submitted;
      const decision = {
        reviewId,
        decision: 'approved',
        comment: null,
        decidedBy: approver.personId,
      } as const;
      const decided = await storeDecision(tx, decision);
      if (decided.kind === 'obstacle') throw new Refused(decided);
      const review = decided.kind === 'decided' ? await findReview(tx, reviewId) : null;
      if (!review) throw new Refused({ kind: 'changed' });
      const until = months === null ? null : addMonths(stockholmToday(), months);
      const asked = await storePublication(tx, {
        review,
        subject,
        wanted: { change, reason, until, dueAt: now() },
        requestedBy: by.personId,
      });
      if (asked.kind !== 'requested') throw new Refused({ kind: 'already-waiting' });
      return asked.id;
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

/** What could not be published can be mended at once. */
async function letWrite(draftId: number): Promise<void> {
  await getDb().transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId);
    if (draft && !draft.closedAt) await withdrawReview(tx, draft);
  });
}
