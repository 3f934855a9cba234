import { createHash } from 'node:crypto';
import type { Executor, Transaction } from '#db/client.ts';
import { findCurrentVersion, findLatestVersion } from '#db/queries/modules.ts';
import {
  cancelWaitingPublication,
  findOpenPublication,
  findPublicationListed,
  insertPublication,
} from '#db/queries/publications.ts';
import {
  findOpenDraftOf,
  findStandingReview,
  listAuthors,
  lockOpenDraft,
  type Draft,
  type Review,
} from '#db/queries/reviews.ts';
import { readRulesVersion } from '#db/queries/rules.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { refresherProblem } from '#src/features/refreshers/changes.ts';
import { publicationWords } from '#src/i18n/publishing.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, type FieldErrors } from '#src/lib/form-errors.ts';
import { readSnapshot } from './draft-snapshot.server.ts';
import { measureEffect, type Effect } from './publication-effect.server.ts';
import { publicationFormSchema } from './publication.schema.ts';
import type { WantedPublication } from './publication.ts';
import { obstacleToDecide } from './review.ts';

/** Why an approved draft cannot be published. */
export type PublicationObstacle = keyof typeof publicationWords.refused;

type Refused = { kind: 'refused'; errors: FieldErrors };
type Hindered = { kind: 'hindered'; obstacle: PublicationObstacle };

/** What publishing would mean, for the editor to confirm. */
export interface PublicationPreview extends WantedPublication {
  kind: 'preview';
  title: string;
  /** Null: nobody can have completed it. */
  effect: Effect | null;
  /** Of a new requirement: why those who have completed the module cannot do with a refresher; null: they can. */
  noRefresher: string | null;
  /** What it was counted on. When it has changed, the preview is shown again. */
  basis: string;
}

/**
 * Shows what it would mean to publish the approved draft of a subject as the form says.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function previewPublication(
  actor: Actor | null,
  subject: string,
  form: URLSearchParams,
): Promise<PublicationPreview | Refused | Hindered> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const draft = await findOpenDraftOf(db, subject);
  const ready = await findReady(db, draft);
  if (ready.kind !== 'ready') return ready;
  const read = await readForm(db, subject, form);
  if (read.kind === 'refused') return read;
  const title = titleOfReview(ready.review, subject);
  const effect = await measureEffect({ slug: subject, title }, read.wanted, personId);
  const basis = await readBasis(db, ready.review, subject, read.wanted);
  const noRefresher =
    read.wanted.change === 'requirement' ? await findRefresherProblem(db, subject, ready.review) : null;
  return { kind: 'preview', ...read.wanted, title, effect, noRefresher, basis };
}

async function findRefresherProblem(
  db: Executor,
  subject: string,
  { document }: Review,
): Promise<string | null> {
  const current = await findCurrentVersion(db, subject);
  if (!current?.document) return null;
  return refresherProblem(current.document as ModuleDocument, document as ModuleDocument);
}

/**
 * Asks for the publication of the approved draft of a subject, now or later, when what its effect was
 * counted on is still so. `stale`: it is not, and nothing is published.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function requestPublication(
  actor: Actor | null,
  subject: string,
  form: URLSearchParams,
): Promise<{ kind: 'requested'; id: number } | { kind: 'stale' } | Refused | Hindered> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction(async (tx) => {
    const ready = await findReady(tx, await lockOpenDraft(tx, subject));
    if (ready.kind !== 'ready') return ready;
    const read = await readForm(tx, subject, form);
    if (read.kind === 'refused') return read;
    if ((await readBasis(tx, ready.review, subject, read.wanted)) !== form.get('underlag'))
      return { kind: 'stale' };
    return storePublication(tx, {
      review: ready.review,
      subject,
      wanted: read.wanted,
      requestedBy: personId,
    });
  });
}

/** Stores a publication of an approved review whose draft is held. */
export async function storePublication(
  tx: Transaction,
  asked: { review: Review; subject: string; wanted: WantedPublication; requestedBy: string },
): Promise<{ kind: 'requested'; id: number } | Hindered> {
  const { review, subject, wanted, requestedBy } = asked;
  const requestedAt = now();
  const id = await insertPublication(tx, {
    reviewId: review.id,
    subject,
    change: wanted.change,
    reason: wanted.reason,
    olderCountUntil: wanted.until,
    requestedBy,
    requestedAt,
    dueAt: wanted.dueAt ?? requestedAt,
  });
  return id === null ? { kind: 'hindered', obstacle: 'already' } : { kind: 'requested', id };
}

/**
 * Calls a publication off that has not begun. The draft stays approved. Returns whether it could be.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function cancelPublication(
  actor: Actor | null,
  id: number,
): Promise<{ kind: 'cancelled' | 'too-late'; subject: string | null }> {
  requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction(async (tx) => {
    const isCancelled = await cancelWaitingPublication(tx, id, now());
    const subject = (await findPublicationListed(tx, id))?.subject ?? null;
    return { kind: isCancelled ? 'cancelled' : 'too-late', subject };
  });
}

/**
 * The approved review of a draft that can be published: the draft is still what was approved, and who
 * approved has written nothing in it. The last is tested anew, whatever has happened since.
 */
export async function findReady(
  db: Executor,
  draft: Draft | null,
): Promise<{ kind: 'ready'; review: Review } | Hindered> {
  const hindered = (obstacle: PublicationObstacle): Hindered => ({ kind: 'hindered', obstacle });
  if (draft?.state !== 'approved') return hindered('not-approved');
  const review = await findStandingReview(db, draft.id);
  if (review?.decision !== 'approved' || review.decidedBy === null) return hindered('not-approved');
  if ((await readSnapshot(db, draft)).hash !== review.documentHash) return hindered('not-approved');
  const authors = (await listAuthors(db, draft.id)).map(({ personId }) => personId);
  if (obstacleToDecide(review.decidedBy, { submittedBy: review.submittedBy, authors }))
    return hindered('same-person');
  if (await findOpenPublication(db, draft.subject)) return hindered('already');
  return { kind: 'ready', review };
}

/** Whether completions of a subject can be overtaken: it is a module that has been published. */
export async function canRequire(db: Executor, subject: string): Promise<boolean> {
  return subject !== FACTS && (await findLatestVersion(db, subject)) !== null;
}

async function readForm(
  db: Executor,
  subject: string,
  form: URLSearchParams,
): Promise<{ kind: 'form'; wanted: WantedPublication } | Refused> {
  const schema = publicationFormSchema(now(), await canRequire(db, subject));
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (parsed.success) return { kind: 'form', wanted: parsed.data };
  return { kind: 'refused', errors: errorsByField(parsed.error) };
}

/** A text that changes whenever what the effect was counted on does, or what was asked for. */
async function readBasis(
  db: Executor,
  review: Review,
  subject: string,
  { change, until, dueAt }: WantedPublication,
): Promise<string> {
  const latest = await findLatestVersion(db, subject);
  const basis = JSON.stringify([
    review.id,
    review.documentHash,
    latest?.id ?? null,
    await readRulesVersion(db),
    change,
    until,
    dueAt?.toISOString() ?? null,
  ]);
  return createHash('sha256').update(basis).digest('hex');
}

/** The title in a review's document; of the facts a word for them. */
export function titleOfReview({ document }: Pick<Review, 'document'>, subject: string): string {
  if (subject === FACTS) return publicationWords.facts;
  const { meta } = document as { meta?: { title?: string } };
  return meta?.title || subject;
}
