import type { Database, Transaction } from '#db/client.ts';
import { findLatestVersion, insertNextVersion, lockPublication, upsertModule } from '#db/queries/modules.ts';
import {
  findCurrentRelease,
  findFactsVersion,
  findLatestFacts,
  insertFacts,
  listReleaseModules,
  listShippedHashes,
  type Release,
} from '#db/queries/releases.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { factKinds } from '#src/features/documents/parts.ts';
import { positionOf, toVersion } from '#src/features/documents/to-version.ts';
import { readPictures } from '#src/features/pictures/picture-files.server.ts';
import { AppError } from '#src/lib/errors.ts';
import { activateRelease } from './activate-release.server.ts';
import { missingFacts } from './fact-references.ts';
import type { ReleaseMember } from './release.ts';
import { readShippedContent, readShippedHashes, type ShippedHashes } from './shipped.server.ts';
import { readReleaseContent } from './release-content.server.ts';

/** A module that got a new version, for the log. */
export interface PublishedModule {
  slug: string;
  version: number;
}

/**
 * Publishes the content files that came with the software: each module whose files have changed since its
 * latest shipped version gets its next version, and all of it is a new release. What has been written here
 * stays as it is. One transaction; safe to run at every start and on several nodes.
 *
 * @throws AppError `content-invalid` when the files cannot be read, with nothing changed.
 */
export async function publishShippedContent(
  db: Database,
  contentRoot = 'content',
): Promise<PublishedModule[]> {
  if (await isPublished(db, await readShippedHashes(contentRoot))) return [];
  const shipped = await readShippedContent(contentRoot);
  try {
    return await db.transaction(async (tx) => {
      await lockPublication(tx);
      const [broken] = await readPictures(tx, contentRoot);
      if (broken)
        throw new AppError('content-invalid', `${contentRoot}/bilder/${broken} är ingen bild härifrån`);
      const current = await findCurrentRelease(tx);
      const facts = await provideFacts(tx, current, shipped.facts);
      const { members, published, isChanged } = await provideVersions(tx, current, shipped.modules);
      if (!isChanged && current?.factsVersionId === facts.id) return [];
      if (!(await fitsTogether(tx, members, facts.id))) throw new DoesNotFit();
      await activateRelease(tx, { members, factsVersionId: facts.id, reason: null });
      return published;
    });
  } catch (error) {
    // What readers meet stays; editors see the news as a task.
    if (error instanceof DoesNotFit) return [];
    throw error;
  }
}

/** Whether nothing has changed since the last start: then the files need not be read. */
async function isPublished(db: Database, { modules, facts }: ShippedHashes): Promise<boolean> {
  const current = await findCurrentRelease(db);
  if (!current || (await findLatestFacts(db, 'shipped'))?.contentHash !== facts) return false;
  const known = await listShippedHashes(db);
  if (modules.some(({ slug, contentHash }) => known.get(slug) !== contentHash)) return false;
  const members = await listReleaseModules(db, current.id);
  const isShipped = (slug: string) => modules.some((module) => module.slug === slug);
  return members.every(
    ({ slug, kind, origin }) => kind === 'course' || origin === 'editor' || isShipped(slug),
  );
}

/** What came with the software and what was written here cannot be shown together. */
class DoesNotFit extends Error {}

/** A fact that only one of the two sides has or lacks can make a page impossible. */
async function fitsTogether(
  tx: Transaction,
  members: readonly ReleaseMember[],
  factsVersionId: number,
): Promise<boolean> {
  const { documents, facts } = await readReleaseContent(tx, members, factsVersionId);
  return documents.every((document) => missingFacts(document, facts).length === 0);
}

async function provideVersions(tx: Transaction, current: Release | null, documents: ModuleDocument[]) {
  const before = current ? await listReleaseModules(tx, current.id) : [];
  const members = new Map<string, ReleaseMember>(before.map((member) => [member.slug, member]));
  const known = await listShippedHashes(tx);
  const published: PublishedModule[] = [];
  let isChanged = current === null;
  for (const document of documents) {
    const member = before.find(({ slug }) => slug === document.slug);
    const hash = hashDocument(document);
    const isKnown = known.get(document.slug) === hash;
    if (member?.origin === 'editor' || (isKnown && current)) continue;
    const version = await provideVersion(tx, document, isKnown);
    members.set(document.slug, { ...version, kind: document.kind, title: document.meta.title });
    if (version.isNew) published.push({ slug: document.slug, version: version.version });
    isChanged = true;
  }
  for (const { slug, kind, origin } of before) {
    const isGone = !documents.some((document) => document.slug === slug);
    if (kind === 'course' || origin === 'editor' || !isGone) continue;
    members.delete(slug);
    isChanged = true;
  }
  return { members: [...members.values()], published, isChanged };
}

async function provideVersion(tx: Transaction, document: ModuleDocument, isKnown: boolean) {
  const content = { ...toVersion(document), origin: 'shipped' as const };
  await upsertModule(tx, { slug: document.slug, kind: document.kind, position: positionOf(document) });
  const latest = isKnown ? await findLatestVersion(tx, document.slug) : null;
  const isThere = latest?.contentHash === content.contentHash && latest.document !== null;
  const { id, version } = isThere ? latest : await insertNextVersion(tx, content);
  const { contentHash, origin } = content;
  return { slug: document.slug, versionId: id, version, contentHash, origin, isNew: !isThere };
}

/** The facts of the release: the shipped ones, or those written here with what has been added to the shipped. */
async function provideFacts(
  tx: Transaction,
  current: Release | null,
  shipped: Facts,
): Promise<{ id: number }> {
  const contentHash = hashFacts(shipped);
  const latest = await findLatestFacts(tx, 'shipped');
  const used = current && (await findFactsVersion(tx, current.factsVersionId));
  if (used?.origin === 'editor') {
    const joined = addNew(used.facts as Facts, shipped, (latest?.facts ?? shipped) as Facts);
    if (!joined) return used;
    return { id: await insertFacts(tx, { contentHash: hashFacts(joined), facts: joined, origin: 'editor' }) };
  }
  if (latest?.contentHash === contentHash) return used ?? latest;
  return { id: await insertFacts(tx, { contentHash, facts: shipped, origin: 'shipped' }) };
}

/** Our facts with those that shipped modules may need and that are new in the software; null: none are. */
function addNew(ours: Facts, shipped: Facts, before: Facts): Facts | null {
  let isNew = false;
  const lists = factKinds.map((kind) => {
    const known = new Set([...ours[kind], ...before[kind]].map(({ id }) => id));
    const added = (shipped[kind] as { id: string }[]).filter(({ id }) => !known.has(id));
    isNew ||= added.length > 0;
    return [kind, [...ours[kind], ...added]];
  });
  return isNew ? (Object.fromEntries(lists) as unknown as Facts) : null;
}
