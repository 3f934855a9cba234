import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
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
  /** Files that would be lost: neither what readers meet nor what an export has written. */
  | { kind: 'changed'; files: string[] };

/** What an export writes whole. Anything else in the folder is left alone. */
const OWN = ['kurs', 'fordjupning', 'fakta', 'bilder'];
/** Tells what an export wrote in the folder: by path the SHA-256 of each file. */
const RECEIPT = '.export.json';
const receiptSchema = z.record(z.string(), z.string());
const UNFINISHED = '.export-';

/**
 * Writes what readers meet now as files: modules, facts and the pictures in them, in the place of those in
 * the folder, all of them or none. Files there that somebody has changed are only replaced when `replace`
 * says so.
 */
export async function exportContent(
  db: Database,
  folder: string,
  { replace }: { replace: boolean },
): Promise<ExportResult> {
  // A link stays; what it leads to is written to.
  const target = await realpath(folder).catch(() => resolve(folder));
  if (existsSync(target) && !(await stat(target)).isDirectory()) return { kind: 'not-folder' };
  const release = await findCurrentRelease(db);
  if (!release) return { kind: 'nothing-published' };
  const members = await listReleaseModules(db, release.id);
  const { documents, facts } = await readReleaseContent(db, members, release.factsVersionId);
  const made = await mkdir(target, { recursive: true });
  await removeUnfinished(target);
  const fresh = await mkdtemp(join(target, UNFINISHED));
  try {
    for (const [path, text] of writeContent(documents, facts)) {
      const file = join(fresh, ...path.split('/'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await writePictures(db, picturesOf(documents), fresh);
    const written = await hashFiles(fresh);
    const changed = replace ? [] : await findChanged(target, written);
    if (changed.length > 0) return { kind: 'changed', files: changed };
    await writeFile(join(fresh, RECEIPT), `${JSON.stringify(written, null, 2)}\n`);
    await swap(target, fresh);
    const files = Object.keys(written).length;
    return { kind: 'exported', releaseId: release.id, modules: documents.length, files };
  } catch (error) {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** What exports that were killed have left. */
async function removeUnfinished(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(UNFINISHED));
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true });
}

/** Files that are neither as they are about to be written nor as an export has written them. */
async function findChanged(folder: string, written: Record<string, string>): Promise<string[]> {
  const text = await readFile(join(folder, RECEIPT), 'utf8').catch(() => '{}');
  const receipt = readReceipt(text);
  const found = Object.entries(await hashFiles(folder));
  return found.filter(([path, hash]) => ![written[path], receipt[path]].includes(hash)).map(([path]) => path);
}

function readReceipt(text: string): Record<string, string> {
  try {
    return receiptSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** The SHA-256 of every file of ours in a folder, by path in order. */
async function hashFiles(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const own of OWN.filter((name) => existsSync(join(folder, name)))) {
    // A link or a file is none of ours, wherever it leads.
    if (!(await lstat(join(folder, own))).isDirectory()) {
      hashes[own] = 'foreign';
      continue;
    }
    const entries = await readdir(join(folder, own), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => !one.isDirectory())) {
      const path = join(entry.parentPath, entry.name);
      const bytes = entry.isFile() ? await readFile(path) : 'foreign';
      hashes[relative(folder, path).split(sep).join('/')] = createHash('sha256').update(bytes).digest('hex');
    }
  }
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Puts what is ours in the place of what stood there; what cannot be moved puts back what was. */
async function swap(target: string, fresh: string): Promise<void> {
  const old = await mkdtemp(join(target, UNFINISHED));
  const undo: (() => Promise<void>)[] = [];
  const move = async (from: string, to: string) => {
    if (!existsSync(from)) return;
    await rename(from, to);
    undo.unshift(() => rename(to, from));
  };
  try {
    for (const name of [...OWN, RECEIPT]) {
      await move(join(target, name), join(old, name));
      await move(join(fresh, name), join(target, name));
    }
  } catch (error) {
    for (const back of undo) await back();
    throw error;
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}
