import { createHash } from 'node:crypto';
import {
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Database } from '#db/client.ts';
import {
  hasSiteBuild,
  holdBlobs,
  insertBlobs,
  insertBuildFiles,
  insertSiteBuild,
  listBuildFiles,
  readBlobs,
  type BuildKey,
} from '#db/queries/site-builds.ts';
import { now } from '#src/lib/clock.ts';
import { siteFolder } from '#src/lib/data-folder.ts';
import { AppError } from '#src/lib/errors.ts';

const FILES_AT_A_TIME = 40;
/** Unpacked sites that stay on a node: the one it serves, and those whose style sheets open pages still ask for. */
const KEPT = 6;
const MANIFEST = 'manifest.json';

/** Stores a built static site, whole or not at all. Nothing happens when it is there already. */
export async function storeSite(db: Database, key: BuildKey, client: string): Promise<void> {
  if (await hasSiteBuild(db, key)) return;
  await db.transaction(async (tx) => {
    if (!(await insertSiteBuild(tx, key))) return;
    const files: { path: string; sha256: string }[] = [];
    const names = await listFiles(client);
    for (let start = 0; start < names.length; start += FILES_AT_A_TIME) {
      const batch = await Promise.all(
        names.slice(start, start + FILES_AT_A_TIME).map(async (path) => {
          const bytes = await readFile(join(client, path));
          return { path, bytes, sha256: createHash('sha256').update(bytes).digest() };
        }),
      );
      const stored = await holdBlobs(
        tx,
        batch.map(({ sha256 }) => sha256),
      );
      const missing = batch.filter(({ sha256 }) => !stored.has(sha256.toString('hex')));
      // Two nodes that store at once wait for each other in this order, never in a circle.
      missing.sort((a, b) => Buffer.compare(a.sha256, b.sha256));
      await insertBlobs(
        tx,
        missing.map(({ sha256, bytes }) => ({ sha256, bytes })),
      );
      files.push(...batch.map(({ path, sha256 }) => ({ path, sha256: sha256.toString('hex') })));
    }
    await insertBuildFiles(tx, key, files);
  });
}

/** Where a node has the unpacked site, whether it is there or not. */
export function unpackedFolder({ contentHash, software }: BuildKey): string {
  return join(siteFolder(), 'unpacked', `${contentHash.slice(0, 24)}-${software.slice(0, 24)}`);
}

/**
 * Unpacks a stored site to this node's own folder and returns where its files lie. What the node has
 * already is taken from there; `isAnew`: nothing is, because what it has turned out to be damaged.
 *
 * @throws AppError `not-found` when the site is not stored.
 */
export async function unpackSite(db: Database, key: BuildKey, { isAnew = false } = {}): Promise<string> {
  const folder = unpackedFolder(key);
  const client = join(folder, 'client');
  if (!isAnew && (await readManifest(client))) {
    // Keeps it from being tidied away as the oldest.
    await utimes(folder, now(), now()).catch(() => undefined);
    return client;
  }
  const files = await listBuildFiles(db, key);
  if (files.length === 0) throw new AppError('not-found', 'this site is not stored');
  const unfinished = `${folder}.${process.pid}.${Date.now()}`;
  try {
    await writeFiles(db, files, unfinished, isAnew ? new Map() : await listUnpacked());
    const manifest = files.map(({ path, sha256 }) => [path, sha256.toString('hex')]);
    await writeFile(join(unfinished, MANIFEST), JSON.stringify(Object.fromEntries(manifest)));
    if (isAnew || !(await readManifest(client))) await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder).catch(async (error: unknown) => {
      // Another process on this machine has been faster.
      if (!(await readManifest(client))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOldUnpacked(folder);
  return client;
}

async function writeFiles(
  db: Database,
  files: readonly { path: string; sha256: Buffer }[],
  folder: string,
  here: ReadonlyMap<string, string>,
): Promise<void> {
  for (let start = 0; start < files.length; start += FILES_AT_A_TIME) {
    const missing: { target: string; sha256: Buffer }[] = [];
    for (const { path, sha256 } of files.slice(start, start + FILES_AT_A_TIME)) {
      const target = join(folder, 'client', ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      const known = here.get(sha256.toString('hex'));
      if (known === undefined || !(await take(known, target))) missing.push({ target, sha256 });
    }
    const blobs = await readBlobs(
      db,
      missing.map(({ sha256 }) => sha256),
    );
    for (const { target, sha256 } of missing) {
      const bytes = blobs.get(sha256.toString('hex'));
      if (!bytes) throw new AppError('not-found', 'this site has just been removed');
      await writeFile(target, bytes);
    }
  }
}

/** Gives a file of this node a second place. Whether it could: somebody may have removed it. */
async function take(file: string, target: string): Promise<boolean> {
  return link(file, target)
    .catch(() => copyFile(file, target))
    .then(
      () => true,
      () => false,
    );
}

/** Every file that lies unpacked on this node, by the hash of its content. */
async function listUnpacked(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of await listUnpackedFolders()) {
    const client = join(folder, 'client');
    for (const [path, hash] of (await readManifest(client)) ?? [])
      found.set(hash, join(client, ...path.split('/')));
  }
  return found;
}

/** What an unpacked site consists of: the SHA-256 in hex of each file. Null: it is not there whole. */
export async function readManifest(client: string): Promise<ReadonlyMap<string, string> | null> {
  try {
    const text = await readFile(join(dirname(client), MANIFEST), 'utf8');
    return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  } catch {
    return null;
  }
}

/** The folders of unpacked sites on this node, the latest first. */
export async function listUnpackedFolders(): Promise<string[]> {
  const parent = join(siteFolder(), 'unpacked');
  const names = await readdir(parent).catch(() => []);
  const folders = await Promise.all(
    names.map(async (name) => {
      const folder = join(parent, name);
      const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: 0 }));
      return { folder, mtimeMs };
    }),
  );
  return folders.toSorted((a, b) => b.mtimeMs - a.mtimeMs).map(({ folder }) => folder);
}

/** Removes the sites that were unpacked the longest ago, and halves of sites. */
async function removeOldUnpacked(current: string): Promise<void> {
  const others = (await listUnpackedFolders()).filter((folder) => folder !== current);
  for (const folder of others.slice(KEPT - 1)) await rm(folder, { recursive: true, force: true });
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
