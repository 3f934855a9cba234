import type { Executor, Transaction } from '#db/client.ts';
import { insertParts, listParts, type PartRow } from '#db/queries/draft-parts.ts';
import {
  cancelWaiting,
  closeDraft,
  countOpenDrafts,
  findDraft,
  insertDraft,
  isBeingPublished,
  lockDraft,
  lockDrafts,
  withdrawReviews,
  type Draft,
} from '#db/queries/drafts.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import {
  findCurrentRelease,
  findFactsVersion,
  findLatestFacts,
  type FactsVersion,
} from '#db/queries/releases.ts';
import { findOpenDraftOf } from '#db/queries/reviews.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import {
  assembleFacts,
  assembleModule,
  factParts,
  partsOf,
  type DraftPart,
} from '#src/features/documents/parts.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { FACTS, MOST_DRAFTS } from './drafts.ts';

export type OpenedDraft =
  | { kind: 'opened'; draftId: number }
  /** So many drafts are open that no more fit; `message` says what to do. */
  | { kind: 'refused'; message: string };

/**
 * Opens a draft of a module, or of the facts (`fakta`), from what is published. There is one open draft of a
 * subject: opening it again gives the same.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` for a
 *   subject that is neither published nor being written.
 */
export async function openDraft(actor: Actor | null, subject: string): Promise<OpenedDraft> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction(async (tx) => {
    await lockDrafts(tx);
    const open = await findOpenDraftOf(tx, subject);
    if (open) return { kind: 'opened', draftId: open.id };
    if (await isFull(tx)) return { kind: 'refused', message: draftWords.tooManyDrafts };
    const published = subject === FACTS ? await publishedFacts(tx) : await publishedModule(tx, subject);
    // What the opening stores is nobody's writing: whoever opened may approve what another has written.
    const draftId = await storeDraft(tx, { ...published, subject, createdBy: personId }, null);
    return { kind: 'opened', draftId };
  });
}

async function publishedModule(tx: Transaction, slug: string) {
  const version = await findCurrentVersion(tx, slug);
  if (!version?.document) throw new AppError('not-found', 'no module with a document by this name');
  return { baseVersionId: version.id, parts: partsOf(version.document as ModuleDocument) };
}

async function publishedFacts(tx: Transaction) {
  const version = await findCurrentFacts(tx);
  if (!version) throw new AppError('not-found', 'no facts are published');
  return { baseFactsId: version.id, parts: factParts(version.facts as Facts) };
}

/** The facts that readers meet now; null before there are any. */
export async function findCurrentFacts(db: Executor): Promise<FactsVersion | null> {
  const release = await findCurrentRelease(db);
  return release ? findFactsVersion(db, release.factsVersionId) : findLatestFacts(db);
}

interface NewDraft {
  subject: string;
  baseVersionId?: number;
  baseFactsId?: number;
  createdBy: string;
  parts: readonly DraftPart[];
}

/** Stores a draft with its parts. The transaction must hold all drafts (`lockDrafts`). Returns its id. */
export async function storeDraft(
  tx: Transaction,
  { parts, ...row }: NewDraft,
  savedBy: string | null,
): Promise<number> {
  const at = now();
  const draftId = await insertDraft(tx, { ...row, createdAt: at });
  await insertParts(tx, draftId, parts, { savedBy, savedAt: at });
  return draftId;
}

/** Whether so many drafts are open that no more may be begun. */
export async function isFull(tx: Transaction): Promise<boolean> {
  return (await countOpenDrafts(tx)) >= MOST_DRAFTS;
}

export type DiscardResult = { kind: 'discarded' } | { kind: 'refused'; message: string };

/**
 * Ends a draft without publishing it. What is published stays as it is; the draft's revisions stay in the
 * database.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` when the
 *   draft is not open.
 */
export async function discardDraft(actor: Actor | null, draftId: number): Promise<DiscardResult> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId);
    if (!draft || draft.closedAt) throw new AppError('not-found', 'the draft is not open');
    const at = now();
    if (await isBeingPublished(tx, draftId)) return { kind: 'refused', message: draftWords.beingPublished };
    await cancelWaiting(tx, draftId, at, draftWords.cancelledByDiscard);
    await withdrawReviews(tx, draftId, { decidedBy: personId, decidedAt: at });
    await closeDraft(tx, draftId, at);
    return { kind: 'discarded' };
  });
}

/** A draft as a whole, as it is now. */
export interface WholeDraft {
  draft: Draft;
  parts: PartRow[];
  /** What the parts make together; null in a draft of the facts. It may be unfinished. */
  document: ModuleDocument | null;
  /** The same for a draft of the facts; null in one of a module. */
  facts: Facts | null;
}

/** A draft with its parts and what they make together; null when there is none with this id. */
export async function readDraft(db: Executor, draftId: number): Promise<WholeDraft | null> {
  const draft = await findDraft(db, draftId);
  if (!draft) return null;
  const parts = await listParts(db, draftId);
  const isFacts = draft.subject === FACTS;
  return {
    draft,
    parts,
    document: isFacts ? null : assembleModule(draft.subject, parts),
    facts: isFacts ? assembleFacts(parts) : null,
  };
}

/** The open draft of a subject, or null. */
export async function readOpenDraft(db: Executor, subject: string): Promise<WholeDraft | null> {
  const draft = await findOpenDraftOf(db, subject);
  return draft && readDraft(db, draft.id);
}
