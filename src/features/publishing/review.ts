import type { Finding } from '#src/features/gate/findings.ts';

/** Why somebody may not decide a review. */
export type DecisionObstacle = 'submitted-it' | 'wrote-in-it';

/**
 * Why a person may not decide a review: she handed it in, or has written in the draft since it was opened.
 * Null: she may. Two people have always seen what is published.
 */
export function obstacleToDecide(
  personId: string,
  { submittedBy, authors }: { submittedBy: string | null; authors: readonly (string | null)[] },
): DecisionObstacle | null {
  if (submittedBy === personId) return 'submitted-it';
  return authors.includes(personId) ? 'wrote-in-it' : null;
}

/** What handing in came to. */
export type SubmitResult =
  | { kind: 'submitted'; reviewId: number; warnings: number }
  /** The gate found errors: nothing is handed in. */
  | { kind: 'stopped'; findings: Finding[] }
  /** Somebody wrote in the draft while the gate ran. */
  | { kind: 'changed' }
  /** It is handed in already. */
  | { kind: 'already' }
  /** There is no open draft. */
  | { kind: 'gone' };

/** What deciding came to. */
export type DecideResult =
  | { kind: 'decided' }
  | { kind: 'obstacle'; obstacle: DecisionObstacle }
  | { kind: 'comment-missing' }
  /** The draft has changed since it was handed in, or the review is decided or withdrawn. */
  | { kind: 'stale' };

/** The longest note or comment, in characters. */
export const LONGEST_COMMENT = 2_000;
