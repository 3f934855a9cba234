import type { Transaction } from '#db/client.ts';
import { deletePart, insertParts, listParts, storePart } from '#db/queries/draft-parts.ts';
import { countRevisions, insertRevision } from '#db/queries/draft-revisions.ts';
import { insertDraft, isBeingPublished, lockDraft, lockDrafts } from '#db/queries/drafts.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { findOpenDraftOf, type Draft } from '#db/queries/reviews.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { factParts, partsOf, type DraftPart } from '#src/features/documents/parts.ts';
import { findCurrentFacts, isFull } from '#src/features/editorial/drafts.server.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { isSame } from '#src/features/editorial/merge.ts';
import { withdrawReview } from '#src/features/editorial/withdraw-review.server.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { readSnapshot } from '#src/features/publishing/draft-snapshot.server.ts';
import { now } from '#src/lib/clock.ts';
import { findPublishedHash } from './published-hash.server.ts';
import { NotImported, type Imported, type ImportOptions } from './imported.ts';

/**
 * Writes modules and facts into their open drafts, and opens those that are missing. Gives the subjects
 * whose drafts differ now. Throws `NotImported` when a draft may not be written over.
 */
export async function storeImport(
  tx: Transaction,
  changed: readonly Imported[],
  options: ImportOptions,
): Promise<string[]> {
  await lockDrafts(tx);
  const stored: string[] = [];
  const occupied: string[] = [];
  for (const imported of changed) {
    const draft = await holdDraft(tx, imported.subject, options.by);
    const parts = imported.kind === 'facts' ? factParts(imported.document) : partsOf(imported.document);
    const before = draft.isNew ? null : await readSnapshot(tx, draft);
    const wanted = imported.kind === 'facts' ? hashFacts(imported.document) : hashDocument(imported.document);
    if (before?.hash === wanted) continue;
    const isWrittenIn = before && before.hash !== (await findPublishedHash(tx, imported.subject));
    if (isWrittenIn && !options.replace) {
      occupied.push(imported.subject);
      continue;
    }
    if (await isBeingPublished(tx, draft.id))
      throw new NotImported({ kind: 'being-published', subject: imported.subject });
    await storeParts(tx, draft, parts, options.by);
    stored.push(imported.subject);
  }
  if (occupied.length > 0) throw new NotImported({ kind: 'has-drafts', subjects: occupied });
  return stored;
}

/** The open draft of a subject, held; opened from what is published when there is none. */
async function holdDraft(
  tx: Transaction,
  subject: string,
  by: string | null,
): Promise<Draft & { isNew: boolean }> {
  const open = await findOpenDraftOf(tx, subject);
  if (!open && (await isFull(tx))) throw new NotImported({ kind: 'too-many' });
  const id = open?.id ?? (await openFromPublished(tx, subject, by));
  const draft = await lockDraft(tx, id);
  if (!draft) throw new Error('a draft that was just found or opened is there');
  return { ...draft, isNew: !open };
}

async function openFromPublished(
  tx: Transaction,
  subject: string,
  createdBy: string | null,
): Promise<number> {
  const createdAt = now();
  const open = async (
    base: { baseFactsId?: number; baseVersionId?: number },
    parts: readonly DraftPart[],
  ) => {
    const id = await insertDraft(tx, { subject, createdBy, createdAt, ...base });
    await insertParts(tx, id, parts, { savedBy: null, savedAt: createdAt });
    return id;
  };
  if (subject === FACTS) {
    const version = await findCurrentFacts(tx);
    return version ? open({ baseFactsId: version.id }, factParts(version.facts as Facts)) : open({}, []);
  }
  const version = await findCurrentVersion(tx, subject);
  if (!version) return open({}, []);
  const parts = version.document ? partsOf(version.document as ModuleDocument) : [];
  return open({ baseVersionId: version.id }, parts);
}

/** Puts the parts in the place of those that the draft has, each that differs as a revision of its own. */
async function storeParts(
  tx: Transaction,
  draft: Draft,
  parts: readonly DraftPart[],
  savedBy: string | null,
): Promise<void> {
  const savedAt = now();
  const before = new Map((await listParts(tx, draft.id)).map((one) => [one.part, one]));
  for (const { part, position, content } of parts) {
    const old = before.get(part);
    if (old && isSame(old.content, content) && old.position === position) continue;
    const number = (await countRevisions(tx, draft.id, part)).last + 1;
    const row = { draftId: draft.id, part, content };
    await insertRevision(tx, { ...row, number, cause: 'import', savedBy, savedAt });
    await storePart(tx, { ...row, position, revision: number });
  }
  const kept = new Set(parts.map(({ part }) => part));
  for (const part of [...before.keys()].filter((name) => !kept.has(name))) {
    const number = (await countRevisions(tx, draft.id, part)).last + 1;
    const row = { draftId: draft.id, part, number, content: null };
    await insertRevision(tx, { ...row, cause: 'remove', savedBy, savedAt });
    await deletePart(tx, draft.id, part);
  }
  await withdrawReview(tx, draft, savedBy);
}
