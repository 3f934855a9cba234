import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { lineOfText } from '#src/features/rules/rules.schema.ts';
import { releaseWords as words } from '#src/i18n/publishing.ts';
import type { FieldErrors } from '#src/lib/form-errors.ts';
import { cancelPublication } from './publication.server.ts';
import { readId } from './review-request.server.ts';
import { rollBack } from '#src/features/releases/roll-back.server.ts';

/** `done` is a key of `releaseWords.done`. */
export type ReleasesReply = { kind: 'done'; done: string } | { kind: 'refused'; errors: FieldErrors };

const reason = lineOfText(300, words.errorReason);

/**
 * Does what one of the buttons of the list of releases asks for: `tillbaka` to an earlier one, or `avbryt`
 * a publication that waits.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function answerReleasesForm(actor: Actor | null, form: URLSearchParams): Promise<ReleasesReply> {
  requireRole(actor, 'redaktor', 'admin');
  if (form.get('atgard') === 'avbryt') {
    const { kind } = await cancelPublication(actor, readId(form.get('publicering')));
    return kind === 'cancelled' ? { kind: 'done', done: 'avbrutet' } : refused({ atgard: words.tooLate });
  }
  const why = reason.safeParse(form.get('skal') ?? '');
  if (!why.success || !why.data) return refused({ skal: words.errorReason });
  const result = await rollBack(actor, readId(form.get('tillbaka')), why.data);
  if (result.kind === 'restored') return { kind: 'done', done: 'tillbaka' };
  return refused({ atgard: result.kind === 'failed' ? result.reason : words.goBackRefused[result.kind] });
}

const refused = (errors: FieldErrors): ReleasesReply => ({ kind: 'refused', errors });
