import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the software lies: its sources, its packages and its own content. */
export const INSTALLATION = fileURLToPath(new URL('../../..', import.meta.url));

const MINUTE = 60_000;
const TIME_LIMIT = 15 * MINUTE;
/** Megabytes; 300 modules take a fraction of it. */
const MEMORY_LIMIT = 1_536;
const OUTPUT_LIMIT = 64 * 1024;
/** All that a build gets to know of the world: no address, no password, nothing that was set for the server. */
const PASSED_ON = /^(path|tmpdir|temp|tmp|systemroot|windir|lang|lc_all|tz)$/i;

export interface BuildOptions {
  /** With `kurs`, `fordjupning` and `fakta`. */
  contentFolder: string;
  /** Gets `client/` and `server/`; what lies there goes. */
  outDir: string;
  /** For what the build keeps to itself. Two builds at once must not have the same. */
  cacheDir: string;
  signal?: AbortSignal | undefined;
  timeLimit?: number;
}

export type BuildOutcome =
  | { kind: 'built'; warnings: string[] }
  /** `output` is for those who look after the server, not for editors. */
  | { kind: 'failed'; cause: 'refused' | 'time' | 'memory' | 'unknown'; output: string };

/**
 * Builds the site from a content folder, in a process of its own: without secrets, with limits, and with
 * everything that it starts gone when it ends, is broken off or loses us.
 *
 * @throws what `signal` was aborted with.
 */
export async function buildSite(options: BuildOptions): Promise<BuildOutcome> {
  const { contentFolder, signal, timeLimit = TIME_LIMIT } = options;
  const [outDir, cacheDir] = [resolve(options.outDir), resolve(options.cacheDir)];
  await rm(outDir, { recursive: true, force: true });
  await mkdir(cacheDir, { recursive: true });
  await letFindPackages(outDir);
  const preload = new URL('../../cli/die-with-parent.mjs', import.meta.url).href;
  const astro = join(INSTALLATION, 'node_modules', 'astro', 'bin', 'astro.mjs');
  // From here on nothing is waited for until the signal is listened to.
  signal?.throwIfAborted();
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${MEMORY_LIMIT}`, '--import', preload, astro, 'build', '--outDir', outDir],
    {
      cwd: INSTALLATION,
      env: {
        ...environment(),
        CONTENT_DIR: resolve(contentFolder),
        SITE_CACHE: cacheDir,
        STARTED_BY: String(process.pid),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that whatever it starts can be ended with it.
      detached: process.platform !== 'win32',
    },
  );
  let isTooLate = false;
  const timer = setTimeout(() => {
    isTooLate = true;
    kill(child);
  }, timeLimit);
  const breakOff = () => kill(child);
  signal?.addEventListener('abort', breakOff);
  try {
    const { code, output, warnings } = await follow(child);
    signal?.throwIfAborted();
    if (code === 0) return { kind: 'built', warnings };
    const cause = isTooLate ? 'time' : causeOf(output);
    return { kind: 'failed', cause, output };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', breakOff);
    kill(child);
    await rm(cacheDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Names of variables are upper or lower case on Windows. */
function environment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  return { ...Object.fromEntries(passed), ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', CI: '1' };
}

/** The built pages load packages from where they lie; a folder elsewhere gets a way to ours. */
async function letFindPackages(outDir: string): Promise<void> {
  const within = relative(INSTALLATION, outDir);
  await mkdir(dirname(outDir), { recursive: true });
  if (!within.startsWith('..') && within !== resolve(outDir)) return;
  const link = join(dirname(outDir), 'node_modules');
  if (existsSync(link)) return;
  await symlink(join(INSTALLATION, 'node_modules').replace(new RegExp(`\\${sep}$`), ''), link, 'junction');
}

async function follow(
  child: ChildProcess,
): Promise<{ code: number | null; output: string; warnings: string[] }> {
  let output = '';
  let warnings = '';
  const tail = (text: string) => text.slice(-OUTPUT_LIMIT);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output = tail(output + text)));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = tail(output + text);
    warnings = tail(warnings + text);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    // Something that it started may hold its output open.
    child.on('exit', () => kill(child));
    child.on('close', resolve);
  });
  // Facts that need a new look are said aloud there.
  const old = warnings.split('\n').filter((line) => line.startsWith('content/'));
  return { code, output: output.trim(), warnings: [...new Set(old)] };
}

function causeOf(output: string): 'refused' | 'memory' | 'unknown' {
  if (/heap out of memory|allocation failed/i.test(output)) return 'memory';
  return /content-invalid|AppError/.test(output) ? 'refused' : 'unknown';
}

/** Ends a process and all that it has started. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
