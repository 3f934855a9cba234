import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#db/client.ts';
import { loadContent, type ContentFiles } from '#src/features/documents/content-files.ts';
import { readFiles } from '#src/features/documents/content-reader.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { factKinds } from '#src/features/documents/parts.ts';
import { findCurrentFacts } from '#src/features/editorial/drafts.server.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { readPictures } from '#src/features/pictures/picture-files.server.ts';
import { checkContents } from './check-content.server.ts';
import { placeOf } from './finding-place.ts';
import {
  NotImported,
  type Imported,
  type ImportOptions,
  type ImportOutcome,
  type PlacedFinding,
} from './imported.ts';
import { findPublishedHash } from './published-hash.server.ts';
import { storeImport } from './store-import.server.ts';

/**
 * Takes in a content folder: every module and the facts that differ from what readers meet become their
 * open drafts, when all of it can be read and passes the gate. All of it, or nothing.
 */
export async function importContent(
  db: Database,
  folder: string,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const isFolder = await stat(folder).then(
    (one) => one.isDirectory(),
    () => false,
  );
  if (!isFolder) return { kind: 'no-folder' };
  const loaded = loadContent(folder);
  if (loaded.kind === 'refused') return loaded;
  if (loaded.files.size === 0) return { kind: 'empty' };
  const read = readFiles(loaded.files);
  if (read.kind === 'refused') return read;
  const facts = await completeFacts(db, loaded.files, read.facts);
  const { changed, unchanged } = await sortOut(db, read.modules, facts);
  const pictures = await readdir(join(folder, 'bilder')).catch(() => []);
  const incoming = { facts, modules: read.modules, pictures };
  const bySubject = new Map(changed.map((one) => [one.subject, one]));
  const findings = (await checkContents(changed, incoming, options.onCheck)).map(
    (finding): PlacedFinding => ({
      ...finding,
      place: placeOf(finding, bySubject.get(finding.subject)!, loaded.files),
    }),
  );
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  if (errors.length > 0) return { kind: 'stopped', errors, warnings };
  try {
    return await db.transaction(async (tx) => {
      const refused = await readPictures(tx, folder);
      if (refused.length > 0) throw new NotImported({ kind: 'bad-pictures', names: refused });
      const subjects = await storeImport(tx, changed, options);
      const outcome: ImportOutcome = { kind: 'imported', subjects, unchanged, warnings };
      if (options.isDryRun) throw new NotImported(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof NotImported) return error.outcome;
    throw error;
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
  if (hashFacts(facts) === (await findPublishedHash(db, FACTS))) unchanged.push(FACTS);
  else changed.push({ kind: 'facts', subject: FACTS, document: facts });
  for (const document of modules) {
    const published = await findPublishedHash(db, document.slug);
    if (hashDocument(document) === published) unchanged.push(document.slug);
    else changed.push({ kind: 'module', subject: document.slug, document });
  }
  return { changed, unchanged };
}
