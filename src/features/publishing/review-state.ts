import { reviewWords as words } from '#src/i18n/reviews.ts';
import type { ReviewPage } from './review-page.server.ts';

/** Where a draft stands, in a sentence. */
export function stateInWords({ state, standing, reviews, publication }: ReviewPage): string {
  const { states } = words;
  if (publication?.state === 'waiting') return states.waiting(publication.dueAt);
  if (publication?.state === 'building') return states.building;
  if (publication?.state === 'failed') return states.failed;
  if (state === 'review' && standing) return states.review(standing.submitter, standing.submittedAt);
  if (state === 'approved' && standing?.decidedAt)
    return states.approved(standing.decider, standing.decidedAt);
  const [last] = reviews;
  if (last?.decision === 'returned' && last.decidedAt) return states.returned(last.decider, last.decidedAt);
  return last ? states.withdrawn : states.writing;
}
