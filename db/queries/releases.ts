import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { publication } from '../schema/editorial.ts';
import { factsVersion, release, releaseModule, shippedLeft } from '../schema/releases.ts';
import { module, moduleVersion } from '../schema/training.ts';

export type Release = typeof release.$inferSelect;
export type FactsVersion = typeof factsVersion.$inferSelect;

/** What a node needs to know, and asks for again and again. */
export interface Head {
  /** Of the current release; null before the first. */
  releaseId: number | null;
  contentHash: string | null;
  /** Whether a publication waits for somebody to take it up. */
  isDue: boolean;
}

/** The current release, and whether there is something to publish: one row by two indexes. */
export async function readHead(db: Executor): Promise<Head> {
  const [row] = await db.execute<Head & Record<string, unknown>>(sql`
    select r.id as "releaseId", r.content_hash as "contentHash",
      exists (select from publication where state in ('waiting', 'building') and due_at <= now()) as "isDue"
    from (select 1) one left join (select id, content_hash from release order by id desc limit 1) r on true`);
  return row ?? { releaseId: null, contentHash: null, isDue: false };
}

/** What the readers meet now; null before the first release. */
export async function findCurrentRelease(db: Executor): Promise<Release | null> {
  const [row] = await db.select().from(release).orderBy(desc(release.id)).limit(1);
  return row ?? null;
}

/** One release, current or not, or null. */
export async function findRelease(db: Executor, id: number): Promise<Release | null> {
  const [row] = await db.select().from(release).where(eq(release.id, id));
  return row ?? null;
}

/** The release that a publication made, or null. */
export async function findReleaseOfPublication(db: Executor, publicationId: number): Promise<Release | null> {
  const [row] = await db.select().from(release).where(eq(release.publicationId, publicationId));
  return row ?? null;
}

/** The release that came before another, or null. */
export async function findReleaseBefore(db: Executor, id: number): Promise<Release | null> {
  const [row] = await db
    .select()
    .from(release)
    .where(sql`${release.id} < ${id}`)
    .orderBy(desc(release.id))
    .limit(1);
  return row ?? null;
}

/** The version of a module in a release, without its document. */
export interface ReleasedVersion {
  slug: string;
  kind: 'course' | 'part' | 'fordjupning';
  title: string;
  versionId: number;
  version: number;
  contentHash: string;
  origin: 'shipped' | 'editor';
  hasDocument: boolean;
}

/** The versions that a release holds, in the order of their slugs. */
export async function listReleaseModules(db: Executor, releaseId: number): Promise<ReleasedVersion[]> {
  return db
    .select({
      slug: releaseModule.moduleSlug,
      kind: module.kind,
      title: moduleVersion.title,
      versionId: moduleVersion.id,
      version: moduleVersion.version,
      contentHash: moduleVersion.contentHash,
      origin: moduleVersion.origin,
      hasDocument: sql<boolean>`${moduleVersion.document} is not null`,
    })
    .from(releaseModule)
    .innerJoin(moduleVersion, eq(moduleVersion.id, releaseModule.moduleVersionId))
    .innerJoin(module, eq(module.slug, releaseModule.moduleSlug))
    .where(eq(releaseModule.releaseId, releaseId))
    .orderBy(releaseModule.moduleSlug);
}

/** The documents of some versions, by the version's id. */
export async function readDocuments(
  db: Executor,
  versionIds: readonly number[],
): Promise<Map<number, unknown>> {
  if (versionIds.length === 0) return new Map();
  const rows = await db
    .select({ id: moduleVersion.id, document: moduleVersion.document })
    .from(moduleVersion)
    .where(inArray(moduleVersion.id, [...versionIds]));
  return new Map(rows.map(({ id, document }) => [id, document]));
}

/** The hash of the latest version of each module that came with the software. */
export async function listShippedHashes(db: Executor): Promise<Map<string, string>> {
  const rows = await db
    .selectDistinctOn([moduleVersion.moduleSlug], {
      slug: moduleVersion.moduleSlug,
      contentHash: moduleVersion.contentHash,
    })
    .from(moduleVersion)
    .where(eq(moduleVersion.origin, 'shipped'))
    .orderBy(moduleVersion.moduleSlug, desc(moduleVersion.version));
  return new Map(rows.map(({ slug, contentHash }) => [slug, contentHash]));
}

/** What of the shipped content editors have decided to leave: `subject hash`. */
export async function listShippedLeft(db: Executor): Promise<Set<string>> {
  const rows = await db.select().from(shippedLeft);
  return new Set(rows.map(({ subject, contentHash }) => `${subject} ${contentHash}`));
}

/** Keeps that somebody has decided to leave it. */
export async function insertShippedLeft(
  db: Executor,
  row: Pick<typeof shippedLeft.$inferInsert, 'subject' | 'contentHash' | 'leftBy' | 'leftAt'>,
): Promise<void> {
  await db.insert(shippedLeft).values(row).onConflictDoNothing();
}

/** The latest facts of all, or of those that came with the software; null before the first. */
export async function findLatestFacts(
  db: Executor,
  origin?: FactsVersion['origin'],
): Promise<FactsVersion | null> {
  const [row] = await db
    .select()
    .from(factsVersion)
    .where(origin && eq(factsVersion.origin, origin))
    .orderBy(desc(factsVersion.id))
    .limit(1);
  return row ?? null;
}

/** One version of the facts, or null. */
export async function findFactsVersion(db: Executor, id: number): Promise<FactsVersion | null> {
  const [row] = await db.select().from(factsVersion).where(eq(factsVersion.id, id));
  return row ?? null;
}

/** Stores facts as their next version. Returns its id. */
export async function insertFacts(
  tx: Transaction,
  row: Pick<FactsVersion, 'contentHash' | 'facts' | 'origin'>,
): Promise<number> {
  const [stored] = await tx.insert(factsVersion).values(row).returning({ id: factsVersion.id });
  if (!stored) throw new Error('an insert returns its row');
  return stored.id;
}

/** Stores a release with its versions: from the commit on it is the current one. */
export async function insertRelease(
  tx: Transaction,
  row: typeof release.$inferInsert,
  versions: readonly { slug: string; versionId: number }[],
): Promise<Release> {
  const [stored] = await tx.insert(release).values(row).returning();
  if (!stored) throw new Error('an insert returns its row');
  if (versions.length > 0) {
    await tx.insert(releaseModule).values(
      versions.map(({ slug, versionId }) => ({
        releaseId: stored.id,
        moduleSlug: slug,
        moduleVersionId: versionId,
      })),
    );
  }
  return stored;
}

/** The content hashes of the latest releases, each once, the current one first. */
export async function listLatestContents(db: Executor, count: number): Promise<string[]> {
  const rows = await db.execute<{ contentHash: string }>(sql`
    select content_hash as "contentHash" from release
    group by content_hash order by max(id) desc limit ${count}`);
  return rows.map(({ contentHash }) => contentHash);
}

/** The publication that has waited the longest of those whose time has come, begun by somebody or not. */
export async function findDuePublication(db: Executor): Promise<number | null> {
  const [row] = await db
    .select({ id: publication.id })
    .from(publication)
    .where(and(inArray(publication.state, ['waiting', 'building']), sql`${publication.dueAt} <= now()`))
    .orderBy(publication.dueAt, publication.id)
    .limit(1);
  return row?.id ?? null;
}
