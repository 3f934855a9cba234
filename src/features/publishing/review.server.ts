import type { Transaction } from '#db/client.ts';
import { lockDraft } from '#db/queries/drafts.ts';
import { findOpenPublication } from '#db/queries/publications.ts';
import {
  decideOpenReview,
  findReview,
  insertReview,
  listAuthors,
  lockDraftOf,
  lockOpenDraft,
  setDraftState,
  type Draft,
} from '#db/queries/reviews.ts';
import { withdrawReview } from '#src/features/editorial/withdraw-review.server.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { runGate } from '#src/features/gate/gate.server.ts';
import type { Finding, GateReport } from '#src/features/gate/findings.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { readSnapshot } from './draft-snapshot.server.ts';
import { obstacleToDecide, type DecideResult, type SubmitResult } from './review.ts';

/**
 * Hands a draft in for review: the gate first, whose errors stop it, then the whole of it is stored as it
 * was checked. Whoever changes the draft afterwards withdraws the review.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function submitForReview(
  actor: Actor | null,
  draftId: number,
  note: string | null,
): Promise<SubmitResult> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const report = await runGate(actor, draftId);
  if (!report) return { kind: 'gone' };
  return getDb().transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId);
    if (!draft || draft.closedAt) return { kind: 'gone' };
    if (draft.state !== 'writing') return { kind: 'already' };
    return storeReview(tx, { draft, report, note, submittedBy: personId });
  });
}

/** Stores what was checked as handed in, when the draft is still what was checked. The draft is held. */
export async function storeReview(
  tx: Transaction,
  handedIn: { draft: Draft; report: GateReport; note: string | null; submittedBy: string },
): Promise<SubmitResult> {
  const { draft, report, note, submittedBy } = handedIn;
  const snapshot = await readSnapshot(tx, draft);
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { kind: 'stopped', findings: errors };
  if (snapshot.hash !== report.documentHash || !snapshot.isFinal) return { kind: 'changed' };
  const warnings: Finding[] = report.findings;
  const reviewId = await insertReview(tx, {
    draftId: draft.id,
    document: snapshot.document,
    documentHash: snapshot.hash,
    findings: warnings,
    note,
    submittedBy,
    submittedAt: now(),
  });
  await setDraftState(tx, draft.id, 'review');
  return { kind: 'submitted', reviewId, warnings: warnings.length };
}

/**
 * Approves what was handed in, or sends it back with a comment. Only somebody who has not written in the
 * draft since it was opened and did not hand it in may do it, and only while the draft is what was handed in.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function decideReview(
  actor: Actor | null,
  reviewId: number,
  decision: 'approved' | 'returned',
  comment: string | null,
): Promise<DecideResult> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction((tx) => storeDecision(tx, { reviewId, decision, comment, decidedBy: personId }));
}

/** The same in a transaction that goes on. */
export async function storeDecision(
  tx: Transaction,
  wanted: {
    reviewId: number;
    decision: 'approved' | 'returned';
    comment: string | null;
    decidedBy: string;
  },
): Promise<DecideResult> {
  const { reviewId, decision, comment, decidedBy } = wanted;
  const draft = await lockDraftOf(tx, reviewId);
  const review = await findReview(tx, reviewId);
  if (!draft || !review || review.decision !== null || draft.state !== 'review') return { kind: 'stale' };
  const authors = (await listAuthors(tx, draft.id)).map((author) => author.personId);
  const obstacle = obstacleToDecide(decidedBy, { submittedBy: review.submittedBy, authors });
  if (obstacle) return { kind: 'obstacle', obstacle };
  if (decision === 'returned' && !comment) return { kind: 'comment-missing' };
  if ((await readSnapshot(tx, draft)).hash !== review.documentHash) return { kind: 'stale' };
  await decideOpenReview(tx, reviewId, { decision, comment, decidedBy, decidedAt: now() });
  await setDraftState(tx, draft.id, decision === 'approved' ? 'approved' : 'writing');
  return { kind: 'decided' };
}

/**
 * Takes a draft back from review, or an approved one from publication, so that it can be written in.
 * Anybody who may write in it may do it. `waiting`: it is set to be published; that is called off first.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function takeBack(
  actor: Actor | null,
  subject: string,
): Promise<{ kind: 'taken-back' | 'waiting' | 'stale' }> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction(async (tx) => {
    const draft = await lockOpenDraft(tx, subject);
    if (!draft || draft.state === 'writing') return { kind: 'stale' };
    if (await findOpenPublication(tx, subject)) return { kind: 'waiting' };
    await withdrawReview(tx, draft, personId);
    return { kind: 'taken-back' };
  });
}
