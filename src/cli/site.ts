import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '#db/file-lock.mjs';
import { StartError } from './say.mjs';

const DIST = 'dist';
const UNFINISHED = 'dist.unfinished';
const STAMP = join(DIST, 'sources.sha256');
/** Everything the pages are made of. Tests and the command line are not. */
const SOURCES = ['content', 'public', 'src', 'db', 'astro.config.ts', 'tsconfig.json', 'package-lock.json'];
const LEFT_OUT = /^(src[\\/]cli|db[\\/]migrations)[\\/]/;

/**
 * Builds the site if its sources have changed since the last build. One process at a time. The finished
 * site takes the old one's place whole, so a failed or killed build changes nothing.
 *
 * @returns whether it was built now
 * @throws StartError with the end of the build's words when it fails
 */
export async function ensureSite(options: { force?: boolean; signal?: AbortSignal } = {}): Promise<boolean> {
  const wanted = await hashSources();
  if (!options.force && (await isBuilt(wanted))) return false;
  return withFileLock(join('.cache', 'build.lock'), async () => {
    if (!options.force && (await isBuilt(wanted))) return false;
    await rm(UNFINISHED, { recursive: true, force: true });
    await runBuild(options.signal);
    await writeFile(join(UNFINISHED, 'sources.sha256'), wanted);
    // The server keeps compressed files here by their content: they stay valid.
    await rename(join(DIST, 'compressed'), join(UNFINISHED, 'compressed')).catch(() => undefined);
    await rm(DIST, { recursive: true, force: true });
    await rename(UNFINISHED, DIST);
    return true;
  });
}

async function isBuilt(wanted: string): Promise<boolean> {
  return existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted;
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of await filesOf(source)) {
      hash
        .update(`${file}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !LEFT_OUT.test(file))
    .sort();
}

/** In a process of its own, which ends with us, and without the secrets of this one. */
async function runBuild(signal: AbortSignal | undefined): Promise<void> {
  await mkdir('.cache', { recursive: true });
  const preload = new URL('die-with-parent.mjs', import.meta.url).href;
  const astro = join('node_modules', 'astro', 'bin', 'astro.mjs');
  const { DATABASE_URL: _url, SMTP_URL: _smtp, NODE_ENV: _mode, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', preload, astro, 'build', '--outDir', UNFINISHED], {
    env: { ...env, STARTED_BY: String(process.pid), ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  let output = '';
  let warnings = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => {
    output += text;
    warnings += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new StartError(`Webbplatsen gick inte att bygga:\n${output.trim().slice(-4000)}`);
  // Facts that need a new look are said aloud there.
  const old = warnings.split('\n').filter((line) => line.startsWith('content/'));
  if (old.length > 0) console.warn([...new Set(old)].join('\n'));
}
