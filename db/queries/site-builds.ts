import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { siteBlob, siteBuild, siteBuildFile } from '../schema/releases.ts';

/** Which static site: of which content, by which version of the software. */
export interface BuildKey {
  contentHash: string;
  software: string;
}

const ofBuild = ({ contentHash, software }: BuildKey) =>
  and(eq(siteBuildFile.contentHash, contentHash), eq(siteBuildFile.software, software));

/** Whether the site is stored. */
export async function hasSiteBuild(db: Executor, key: BuildKey): Promise<boolean> {
  const [row] = await db
    .select({ software: siteBuild.software })
    .from(siteBuild)
    .where(and(eq(siteBuild.contentHash, key.contentHash), eq(siteBuild.software, key.software)));
  return row !== undefined;
}

/** The newest stored site with this content, whatever version of the software built it; null: none. */
export async function findAnyBuildOf(db: Executor, contentHash: string): Promise<BuildKey | null> {
  const [row] = await db
    .select({ contentHash: siteBuild.contentHash, software: siteBuild.software })
    .from(siteBuild)
    .where(eq(siteBuild.contentHash, contentHash))
    .orderBy(sql`${siteBuild.builtAt} desc`)
    .limit(1);
  return row ?? null;
}

/** The files of a stored site, by path. */
export async function listBuildFiles(
  db: Executor,
  key: BuildKey,
): Promise<{ path: string; sha256: Buffer }[]> {
  return db
    .select({ path: siteBuildFile.path, sha256: siteBuildFile.sha256 })
    .from(siteBuildFile)
    .where(ofBuild(key))
    .orderBy(siteBuildFile.path);
}

/** The content of files, by the hex of their hash. Ask for few at a time. */
export async function readBlobs(db: Executor, hashes: readonly Buffer[]): Promise<Map<string, Buffer>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .select()
    .from(siteBlob)
    .where(inArray(siteBlob.sha256, [...hashes]));
  return new Map(rows.map(({ sha256, bytes }) => [sha256.toString('hex'), bytes]));
}

/** Which of these are stored already, by the hex of their hash. They stay until the transaction ends. */
export async function holdBlobs(tx: Transaction, hashes: readonly Buffer[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await tx
    .select({ sha256: siteBlob.sha256 })
    .from(siteBlob)
    .where(inArray(siteBlob.sha256, [...hashes]))
    .for('key share');
  return new Set(rows.map(({ sha256 }) => sha256.toString('hex')));
}

/** Stores the content of files; what is there already stays. */
export async function insertBlobs(
  tx: Transaction,
  blobs: readonly { sha256: Buffer; bytes: Buffer }[],
): Promise<void> {
  if (blobs.length > 0) {
    await tx
      .insert(siteBlob)
      .values([...blobs])
      .onConflictDoNothing();
  }
}

/** Begins to store a site. False: somebody else has stored it. */
export async function insertSiteBuild(tx: Transaction, key: BuildKey): Promise<boolean> {
  const rows = await tx.insert(siteBuild).values(key).onConflictDoNothing().returning();
  return rows.length > 0;
}

/** Notes which files a site has, in one statement however many. */
export async function insertBuildFiles(
  tx: Transaction,
  { contentHash, software }: BuildKey,
  files: readonly { path: string; sha256: string }[],
): Promise<void> {
  await tx.execute(sql`
    insert into site_build_file (content_hash, software, path, sha256)
    select ${contentHash}, ${software}, path, decode(sha256, 'hex')
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as f (path text, sha256 text)`);
}

/**
 * Removes the sites of all contents but these, those that other versions of the software built before
 * `since` where there is one of `software`, and what only they had. Newer ones stay: they may be on their
 * way to the readers. Returns how many sites.
 */
export async function pruneSiteBuilds(
  tx: Transaction,
  { contents, software, since }: { contents: readonly string[]; software: string; since: Date },
): Promise<number> {
  const removed = await tx.execute<{ software: string }>(sql`
    delete from site_build b
    where b.built_at < ${since.toISOString()}::timestamptz and (
      b.content_hash not in (select jsonb_array_elements_text(${JSON.stringify(contents)}::jsonb))
      or (b.software <> ${software} and exists (
        select from site_build own where own.content_hash = b.content_hash and own.software = ${software})))
    returning b.software`);
  await tx.execute(sql`
    delete from site_blob b
    where not exists (select from site_build_file f where f.sha256 = b.sha256)`);
  return removed.length;
}
