import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Everything the pages are made of. Tests and the command line are not. */
const SOURCES = ['content', 'public', 'src', 'db', 'astro.config.ts', 'tsconfig.json', 'package-lock.json'];
const LEFT_OUT = /^(src\/cli|db\/migrations)\//;
/** What editors change: it is in the database, and comes with the software only the first time. */
const WRITTEN = /^content\/(kurs|fordjupning|fakta)\//;

export interface SourceHashes {
  /** Of all that the site of this installation is made of. */
  everything: string;
  /** Of it without what editors change: the same software builds the same site of the same release. */
  software: string;
  /** Of what editors change, as it came with the software. */
  content: string;
}

/** Hashes the sources of the site, SHA-256 in hex. */
export async function hashSources(root = '.'): Promise<SourceHashes> {
  const [everything, software, content] = [createHash('sha256'), createHash('sha256'), createHash('sha256')];
  for (const source of SOURCES) {
    for (const file of await filesOf(root, source)) {
      const bytes = await readFile(join(root, file));
      for (const hash of [everything, WRITTEN.test(file) ? content : software]) {
        hash.update(`${file}\0`).update(bytes).update('\0');
      }
    }
  }
  return {
    everything: everything.digest('hex'),
    software: software.digest('hex'),
    content: content.digest('hex'),
  };
}

async function filesOf(root: string, source: string): Promise<string[]> {
  const path = join(root, source);
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (!entries) return [source];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(source, join(entry.parentPath, entry.name).slice(path.length)))
    .map((file) => file.split(sep).join('/'))
    .filter((file) => !LEFT_OUT.test(file))
    .sort();
}
