import type { Transaction } from '#db/client.ts';
import { storePart, type PartRow } from '#db/queries/draft-parts.ts';
import { countRevisions, insertRevision } from '#db/queries/draft-revisions.ts';
import { isBeingPublished, lockDraft, type Draft } from '#db/queries/drafts.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { slugOfPart } from '#src/features/documents/parts.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import type { FieldErrors } from '#src/lib/form-errors.ts';
import type { RevisionCause } from './drafts.ts';
import { withdrawReview } from './withdraw-review.server.ts';

/** What a change to the parts of a draft came to. */
export type PartChange =
  | { kind: 'done'; part: string }
  | { kind: 'refused'; errors: FieldErrors }
  /** Questions of the knowledge check are about the section: ask before it goes. */
  | { kind: 'referred'; part: string; questions: string[] };

/** A change to an open draft, within the transaction that holds it. */
export interface Changing {
  tx: Transaction;
  draft: Draft;
  personId: string;
}

/** A change that cannot be made, and why; `field` is the field of the form that it is about. */
export const refuse = (message: string, field = 'del'): PartChange => ({
  kind: 'refused',
  errors: { [field]: message },
});

/**
 * Runs a change while holding the draft, when it is open and not on its way to the readers.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function change(
  actor: Actor | null,
  draftId: number,
  run: (changing: Changing) => Promise<PartChange>,
): Promise<PartChange> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId);
    if (!draft || draft.closedAt) return refuse(words.errors.closed);
    if (await isBeingPublished(tx, draftId)) return refuse(draftWords.beingPublished);
    return run({ tx, draft, personId });
  });
}

/** Lets a content stand as the next revision of a part, which may be new. */
export async function put(
  { tx, draft, personId }: Changing,
  {
    part,
    position,
    content,
    cause,
  }: Pick<PartRow, 'part' | 'position' | 'content'> & { cause: RevisionCause },
): Promise<void> {
  const { last } = await countRevisions(tx, draft.id, part);
  const revision = last + 1;
  const saved = { savedBy: personId, savedAt: now() };
  await insertRevision(tx, { ...saved, draftId: draft.id, part, number: revision, content, cause });
  await storePart(tx, { draftId: draft.id, part, position, content, revision });
  await withdrawReview(tx, draft, personId);
}

/** The sections among some parts, in order. */
export function sectionsOf(parts: readonly PartRow[]): PartRow[] {
  return parts.filter(({ part }) => slugOfPart(part) !== null).toSorted((a, b) => a.position - b.position);
}
