import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Database } from '#db/client.ts';
import { findCurrentRelease, listReleaseModules } from '#db/queries/releases.ts';
import { writeContent } from '#src/features/documents/content-writer.ts';
import { writePictures } from '#src/features/pictures/picture-files.server.ts';
import { picturesOf } from '#src/features/pictures/pictures-of.ts';
import { readReleaseContent } from '#src/features/releases/release-content.server.ts';

export type ExportResult =
  | { kind: 'exported'; releaseId: number; modules: number; files: number }
  | { kind: 'nothing-published' }
  | { kind: 'not-folder' }
  /** The folder holds something that no export has written, or that has been changed since: `file` is the first. */
  | { kind: 'not-ours'; file: string };

/** Tells that a folder was written by an export, and what it wrote: by path the SHA-256 of each file. */
const RECEIPT = '.export.json';
const receiptSchema = z.record(z.string(), z.string());

/**
 * Writes what readers meet now as files: modules, facts and the pictures in them. The folder is new, empty
 * or an earlier export that nobody has changed; it is replaced as a whole or not at all.
 */
export async function exportContent(db: Database, folder: string): Promise<ExportResult> {
  // A link stays; what it leads to is replaced.
  const target = await realpath(folder).catch(() => resolve(folder));
  if (existsSync(target) && !(await stat(target)).isDirectory()) return { kind: 'not-folder' };
  const foreign = await findForeign(target);
  if (foreign !== null) return { kind: 'not-ours', file: foreign };
  const release = await findCurrentRelease(db);
  if (!release) return { kind: 'nothing-published' };
  const members = await listReleaseModules(db, release.id);
  const { documents, facts } = await readReleaseContent(db, members, release.factsVersionId);
  await mkdir(dirname(target), { recursive: true });
  const fresh = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    for (const [path, text] of writeContent(documents, facts)) {
      const file = join(fresh, ...path.split('/'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await writePictures(db, picturesOf(documents), fresh);
    const receipt = await hashFiles(fresh);
    await writeFile(join(fresh, RECEIPT), `${JSON.stringify(receipt, null, 2)}\n`);
    await replace(target, fresh);
    const files = Object.keys(receipt).length;
    return { kind: 'exported', releaseId: release.id, modules: documents.length, files };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Something in a folder that is not exactly what an export wrote there; null when there is nothing such. */
async function findForeign(folder: string): Promise<string | null> {
  if (!existsSync(folder)) return null;
  const [first] = (await readdir(folder)).filter((name) => name !== RECEIPT).sort();
  const text = await readFile(join(folder, RECEIPT), 'utf8').catch(() => null);
  if (text === null) return first ?? null;
  const receipt = readReceipt(text);
  if (!receipt) return RECEIPT;
  const found = Object.entries(await hashFiles(folder)).filter(([path]) => path !== RECEIPT);
  return found.find(([path, hash]) => receipt[path] !== hash)?.[0] ?? null;
}

function readReceipt(text: string): Record<string, string> | null {
  try {
    return receiptSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

async function hashFiles(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const hashes: Record<string, string> = {};
  for (const entry of entries.filter((one) => !one.isDirectory())) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    // A link is none of ours, wherever it leads.
    const bytes = entry.isFile() ? await readFile(path) : 'link';
    hashes[name] = createHash('sha256').update(bytes).digest('hex');
  }
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Puts a folder in the place of another, which is gone only when the new one stands there. */
async function replace(target: string, fresh: string): Promise<void> {
  const old = `${fresh}-old`;
  const isThere = existsSync(target);
  const isEmpty = isThere && (await readdir(target)).length === 0;
  if (isEmpty) await rmdir(target);
  else if (isThere) await rename(target, old);
  try {
    await rename(fresh, target);
  } catch (error) {
    if (isThere && !isEmpty) await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
