import { findOpenDraftOf } from '#db/queries/reviews.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { Finding } from '#src/features/gate/findings.ts';
import { reviewWords as words } from '#src/i18n/reviews.ts';
import { getDb } from '#src/lib/database.ts';
import type { FieldErrors } from '#src/lib/form-errors.ts';
import { cancelPublication } from './publication.server.ts';
import { decideReview, submitForReview, takeBack } from './review.server.ts';
import { LONGEST_COMMENT } from './review.ts';

/** What a posted form of the review page came to. */
export type ReviewReply =
  /** A key of `reviewWords.done`. */
  | { kind: 'done'; done: string }
  /** `findings`: what stops it. */
  | { kind: 'refused'; errors: FieldErrors; findings: Finding[] };

/**
 * Does what one of the buttons of the review page asks for: `lamna-in`, `godkann`, `skicka-tillbaka`,
 * `ta-tillbaka` or `avbryt`.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function answerReviewForm(
  actor: Actor | null,
  subject: string,
  form: URLSearchParams,
): Promise<ReviewReply> {
  requireRole(actor, 'redaktor', 'admin');
  const id = readId(form.get('granskning'));
  const comment = readText(form.get('kommentar'));
  const note = readText(form.get('anteckning'));
  const tooLong = { kommentar: comment, anteckning: note };
  for (const [field, text] of Object.entries(tooLong))
    if (text !== null && text.length > LONGEST_COMMENT) return refused({ [field]: words.problems.long });
  switch (form.get('atgard')) {
    case 'lamna-in':
      return submit(actor, subject, note);
    case 'godkann':
      return decide(actor, id, 'approved', comment);
    case 'skicka-tillbaka':
      return decide(actor, id, 'returned', comment);
    case 'ta-tillbaka': {
      const { kind } = await takeBack(actor, subject);
      return kind === 'taken-back' ? done('aterkallat') : refused({ atgard: words.problems[kind] });
    }
    case 'avbryt': {
      const { kind } = await cancelPublication(actor, readId(form.get('publicering')));
      return kind === 'cancelled' ? done('avbrutet') : refused({ atgard: words.problems['too-late'] });
    }
    default:
      return refused({ atgard: words.problems.stale });
  }
}

async function submit(actor: Actor | null, subject: string, note: string | null): Promise<ReviewReply> {
  const draft = await findOpenDraftOf(getDb(), subject);
  if (!draft) return refused({ atgard: words.problems.gone });
  const result = await submitForReview(actor, draft.id, note);
  if (result.kind === 'submitted') return done('inlamnat');
  if (result.kind === 'stopped') {
    return {
      kind: 'refused',
      errors: { stopp: words.stopped(result.findings.length) },
      findings: result.findings,
    };
  }
  return refused({ atgard: words.problems[result.kind] });
}

async function decide(
  actor: Actor | null,
  id: number,
  decision: 'approved' | 'returned',
  comment: string | null,
): Promise<ReviewReply> {
  const result = await decideReview(actor, id, decision, comment);
  if (result.kind === 'decided') return done(decision === 'approved' ? 'godkant' : 'tillbaka');
  if (result.kind === 'obstacle') return refused({ atgard: words.obstacles[result.obstacle] });
  if (result.kind === 'comment-missing') return refused({ kommentar: words.problems['comment-missing'] });
  return refused({ atgard: words.problems.stale });
}

const done = (key: string): ReviewReply => ({ kind: 'done', done: key });
const refused = (errors: FieldErrors): ReviewReply => ({ kind: 'refused', errors, findings: [] });

/** An id in the database; 0, which none has, for anything else. */
export function readId(text: string | null | undefined): number {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** Text of several lines, without what PostgreSQL refuses; null when there is none. */
function readText(text: string | null): string | null {
  return text?.normalize('NFC').replaceAll('\0', '').replaceAll('\r\n', '\n').trim() || null;
}
