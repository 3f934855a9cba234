import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { withFileLock } from '#db/file-lock.mjs';
import { buildSite } from '#src/features/releases/build-site.server.ts';
import { hashShipped, readShippedHashes } from '#src/features/releases/shipped.server.ts';
import { hashSources, type SourceHashes } from '#src/features/releases/software.ts';
import { AppError } from '#src/lib/errors.ts';
import { SITE_STAMP, type SiteStamp } from '#src/server/site-stamp.ts';
import { StartError } from './say.mjs';

const DIST = 'dist';
const UNFINISHED = 'dist.unfinished';
const STAMP = join(DIST, 'sources.sha256');

/**
 * Builds the site if its sources have changed since the last build, or files of it are missing. One process at a time. The finished
 * site takes the old one's place whole, so a failed or killed build changes nothing.
 *
 * @returns whether it was built now
 * @throws StartError with the end of the build's words when it fails
 */
export async function ensureSite(options: { force?: boolean; signal?: AbortSignal } = {}): Promise<boolean> {
  const sources = await hashSources();
  if (!options.force && (await isBuilt(sources))) return false;
  return withFileLock(join('.cache', 'build.lock'), async () => {
    if (!options.force && (await isBuilt(sources))) return false;
    const stamp = await readStamp(sources);
    await runBuild(options.signal);
    await writeFile(join(UNFINISHED, SITE_STAMP), JSON.stringify(stamp));
    await writeFile(join(UNFINISHED, 'sources.sha256'), await stampOf(sources, UNFINISHED));
    // The server keeps compressed files here by their content: they stay valid.
    await rename(join(DIST, 'compressed'), join(UNFINISHED, 'compressed')).catch(() => undefined);
    await rm(DIST, { recursive: true, force: true });
    await rename(UNFINISHED, DIST);
    return true;
  });
}

async function isBuilt(sources: SourceHashes): Promise<boolean> {
  return existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === (await stampOf(sources, DIST));
}

/** What the build was made of, and what came of it: a damaged one is built again. */
async function stampOf({ everything }: SourceHashes, build: string): Promise<string> {
  return `${everything} ${await fingerprintBuild(build)}`;
}

/** A hash of the names and sizes of a build's files: another when one is missing or cut off. */
export async function fingerprintBuild(build: string): Promise<string> {
  const sizes: string[] = [];
  for (const part of ['client', 'server']) {
    const entries = await readdir(join(build, part), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries.filter((one) => one.isFile())) {
      const file = join(entry.parentPath, entry.name);
      sizes.push(`${relative(build, file)} ${(await stat(file)).size}`);
    }
  }
  return createHash('sha256').update(sizes.sort().join('\n')).digest('hex');
}

/** What the site is built of. Content that cannot be read is told with file, line and column. */
async function readStamp(sources: SourceHashes): Promise<SiteStamp> {
  try {
    const contentHash = hashShipped(await readShippedHashes('content', sources));
    return { contentHash, software: sources.software };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StartError(`Webbplatsen gick inte att bygga:\n${error.message}`, { cause: error });
  }
}

/** In a process of its own, which ends with us, and without the secrets of this one. */
async function runBuild(signal: AbortSignal | undefined): Promise<void> {
  const built = await buildSite({
    contentFolder: 'content',
    outDir: UNFINISHED,
    cacheDir: join('.cache', 'astro'),
    signal,
  });
  if (built.kind === 'failed') {
    throw new StartError(`Webbplatsen gick inte att bygga:\n${built.output.slice(-4000)}`);
  }
  if (built.warnings.length > 0) console.warn(built.warnings.join('\n'));
}
