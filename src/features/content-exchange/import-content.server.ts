import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Transaction } from '#db/client.ts';
import {
  countRevisions,
  deletePart,
  insertDraft,
  insertParts,
  insertRevision,
  isBeingPublished,
  listParts,
  lockDraft,
  lockDrafts,
  storePart,
} from '#db/queries/drafts.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { findOpenDraftOf, type Draft } from '#db/queries/reviews.ts';
import { loadContent, type ContentFiles } from '#src/features/documents/content-files.ts';
import { readFiles } from '#src/features/documents/content-reader.ts';
import type { Facts, ModuleDocument, Problem } from '#src/features/documents/document.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { factKinds, factParts, partsOf, type DraftPart } from '#src/features/documents/parts.ts';
import { findCurrentFacts, isFull } from '#src/features/editorial/drafts.server.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { isSame } from '#src/features/editorial/merge.ts';
import { withdrawReview } from '#src/features/editorial/withdraw-review.server.ts';
import type { Finding } from '#src/features/gate/findings.ts';
import { readPictures } from '#src/features/pictures/picture-files.server.ts';
import { now } from '#src/lib/clock.ts';
import { checkContents } from './check-content.server.ts';
import { readSnapshot } from '#src/features/publishing/draft-snapshot.server.ts';
import { placeOf } from './finding-place.ts';

/** A module or the facts as a folder has them, differing from what readers meet. */
export type Imported = { subject: string } & (
  { kind: 'module'; document: ModuleDocument } | { kind: 'facts'; document: Facts }
);

/** Something that the gate says of an imported file. */
export interface PlacedFinding extends Finding {
  subject: string;
  place: Omit<Problem, 'reason'>;
}

export type ImportOutcome =
  /** `subjects`: what has become drafts. Empty: the folder has what readers meet, or what is drafts already. */
  | { kind: 'imported'; subjects: string[]; unchanged: string[]; warnings: PlacedFinding[] }
  /** The folder cannot be read: everything that is wrong with it. */
  | { kind: 'refused'; problems: Problem[] }
  /** The gate found errors. */
  | { kind: 'stopped'; errors: PlacedFinding[]; warnings: PlacedFinding[] }
  | { kind: 'empty' }
  /** There are drafts with other changes, which would be lost. */
  | { kind: 'has-drafts'; subjects: string[] }
  | { kind: 'being-published'; subject: string }
  | { kind: 'too-many' }
  | { kind: 'bad-pictures'; names: string[] };

export interface ImportOptions {
  /** Whose writing it counts as; null: nobody's by name. */
  by: string | null;
  /** Drafts with other changes may be written over; their revisions stay. */
  replace: boolean;
  isDryRun: boolean;
}

/**
 * Takes in a content folder: every module and the facts that differ from what readers meet become their
 * open drafts, when all of it can be read and passes the gate. All of it, or nothing.
 */
export async function importContent(
  db: Database,
  folder: string,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const loaded = loadContent(folder);
  if (loaded.kind === 'refused') return loaded;
  if (loaded.files.size === 0) return { kind: 'empty' };
  const read = readFiles(loaded.files);
  if (read.kind === 'refused') return read;
  const facts = await completeFacts(db, loaded.files, read.facts);
  const { changed, unchanged } = await sortOut(db, read.modules, facts);
  const pictures = await readdir(join(folder, 'bilder')).catch(() => []);
  const findings = (await checkContents(changed, { facts, modules: read.modules, pictures })).map(
    (finding): PlacedFinding => ({
      ...finding,
      place: placeOf(
        finding,
        changed.find(({ subject }) => subject === finding.subject)!,
        loaded.files,
      ),
    }),
  );
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  if (errors.length > 0) return { kind: 'stopped', errors, warnings };
  try {
    return await db.transaction(async (tx) => {
      const refused = await readPictures(tx, folder);
      if (refused.length > 0) throw new NotImported({ kind: 'bad-pictures', names: refused });
      const subjects = await storeAll(tx, changed, options);
      const outcome: ImportOutcome = { kind: 'imported', subjects, unchanged, warnings };
      if (options.isDryRun) throw new NotImported(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof NotImported) return error.outcome;
    throw error;
  }
}

/** Carries an outcome out of the transaction that is rolled back. */
class NotImported extends Error {
  readonly outcome: ImportOutcome;

  constructor(outcome: ImportOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** The facts of a folder; kinds of which it has no file are as readers meet them. */
async function completeFacts(db: Database, files: ContentFiles, read: Facts): Promise<Facts> {
  const current = (await findCurrentFacts(db))?.facts as Facts | undefined;
  const isThere = (kind: string) =>
    files.has(`fakta/${kind}.yaml`) || (kind === 'contacts' && files.has('fakta/contacts.local.yaml'));
  return Object.fromEntries(
    factKinds.map((kind) => [kind, isThere(kind) || !current ? read[kind] : current[kind]]),
  ) as unknown as Facts;
}

async function sortOut(db: Database, modules: readonly ModuleDocument[], facts: Facts) {
  const changed: Imported[] = [];
  const unchanged: string[] = [];
  const currentFacts = await findCurrentFacts(db);
  if (hashFacts(facts) === currentFacts?.contentHash) unchanged.push(FACTS);
  else changed.push({ kind: 'facts', subject: FACTS, document: facts });
  for (const document of modules) {
    const version = await findCurrentVersion(db, document.slug);
    if (version?.contentHash === hashDocument(document)) unchanged.push(document.slug);
    else changed.push({ kind: 'module', subject: document.slug, document });
  }
  return { changed, unchanged };
}

async function storeAll(
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
    if (before && !options.replace && (await hasChanges(tx, draft, before.hash))) {
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

/** Whether somebody has written in a draft something that readers do not meet. */
async function hasChanges(tx: Transaction, draft: Draft, hash: string): Promise<boolean> {
  const published =
    draft.subject === FACTS
      ? (await findCurrentFacts(tx))?.contentHash
      : (await findCurrentVersion(tx, draft.subject))?.contentHash;
  return hash !== published;
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
