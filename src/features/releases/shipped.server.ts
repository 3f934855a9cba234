import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { requireContent } from '#src/features/documents/content-reader.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { INSTALLATION } from './build-site.server.ts';
import { hashRelease } from './release.ts';
import { hashSources, type SourceHashes } from './software.ts';

/** What the content files of this installation hold, by hash. */
export interface ShippedHashes {
  modules: { slug: string; contentHash: string }[];
  facts: string;
}

const CACHE = join('.cache', 'shipped.json');

/**
 * The hashes of the content that came with the software. Reading the files takes most of a second, so what
 * came of it is kept until any source of the site changes.
 *
 * @throws AppError `content-invalid` when the files cannot be read.
 */
export async function readShippedHashes(contentRoot: string, sources?: SourceHashes): Promise<ShippedHashes> {
  if (!isOwn(contentRoot)) return hashContent(contentRoot);
  const { everything } = sources ?? (await hashSources(INSTALLATION));
  const cache = join(INSTALLATION, CACHE);
  const kept = await readCache(cache);
  if (kept?.everything === everything) return kept.hashes;
  const hashes = hashContent(contentRoot, everything);
  try {
    await mkdir(join(INSTALLATION, '.cache'), { recursive: true });
    await writeFile(`${cache}.${process.pid}`, JSON.stringify({ everything, hashes }));
    await rename(`${cache}.${process.pid}`, cache);
  } catch {
    // A folder that cannot be written to costs only time.
  }
  return hashes;
}

/** The hash of a release that shows the shipped content and nothing else. */
export function hashShipped({ modules, facts }: ShippedHashes): string {
  return hashRelease(modules, facts);
}

type Content = ReturnType<typeof requireContent>;

/** A start needs the content twice, for the pages and for the database. */
let latest: { everything: string; content: Content } | null = null;

/**
 * The shipped content itself, read once for the same sources.
 *
 * @throws AppError `content-invalid` when the files cannot be read.
 */
export async function readShippedContent(contentRoot: string): Promise<Content> {
  if (!isOwn(contentRoot)) return requireContent(contentRoot);
  return readOnce(contentRoot, (await hashSources(INSTALLATION)).everything);
}

function readOnce(contentRoot: string, everything: string): Content {
  if (latest?.everything !== everything) latest = { everything, content: requireContent(contentRoot) };
  return latest.content;
}

function isOwn(contentRoot: string): boolean {
  return resolve(contentRoot) === join(INSTALLATION, 'content');
}

function hashContent(contentRoot: string, everything?: string): ShippedHashes {
  const { modules, facts } =
    everything === undefined ? requireContent(contentRoot) : readOnce(contentRoot, everything);
  return {
    modules: modules.map((document) => ({ slug: document.slug, contentHash: hashDocument(document) })),
    facts: hashFacts(facts),
  };
}

async function readCache(file: string): Promise<{ everything: string; hashes: ShippedHashes } | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as { everything: string; hashes: ShippedHashes };
  } catch {
    return null;
  }
}
