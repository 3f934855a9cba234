import type { Transaction } from '#db/client.ts';
import { cancelWaiting, findDraft, withdrawReviews, type Draft } from '#db/queries/drafts.ts';
import { setDraftState } from '#db/queries/reviews.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { now } from '#src/lib/clock.ts';

/**
 * Takes a draft in review or approved back to writing: the review that nobody has decided is withdrawn, and
 * a publication that has not begun is called off. Does nothing to a draft in another state. The transaction
 * must hold the draft. Returns whether it was taken back.
 */
export async function withdrawReview(
  tx: Transaction,
  draft: Draft | number,
  personId: string | null = null,
): Promise<boolean> {
  const { id, state } = (typeof draft === 'number' ? await findDraft(tx, draft) : draft) ?? {};
  if (id === undefined || (state !== 'review' && state !== 'approved')) return false;
  const at = now();
  await withdrawReviews(tx, id, { decidedBy: personId, decidedAt: at });
  await cancelWaiting(tx, id, at, draftWords.cancelledByEdit);
  await setDraftState(tx, id, 'writing');
  return true;
}
