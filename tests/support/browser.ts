import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { withFileLock } from '#db/file-lock.mjs';
import { runNpm } from '#src/cli/npm.mjs';
import { toolArguments } from '#src/cli/tools.mjs';
import { removeFolder } from './remove-folder.ts';

const run = promisify(execFile);
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Quiet, and without the sandbox that root cannot have. */
export const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The program file of a Chromium that runs here: `BROWSER`, Playwright's own, one that is installed, or
 * one that is fetched now, in the ways there are: Playwright's download, npm, Debian's packages.
 *
 * @throws Error that names all ways when none works.
 */
export async function findBrowser(): Promise<string> {
  const found = (await findInstalled()) ?? (await withFileLock(join('.cache', 'browser.lock'), fetchBrowser));
  if (found) return found;
  throw new Error(
    'Hittar ingen webbläsare för testerna och kan inte hämta någon. Installera Chromium eller Chrome, ' +
      'eller ange programmets fil med BROWSER=/sökväg/till/chromium',
  );
}

async function findInstalled(): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    process.env['BROWSER'] ?? '',
    chromium.executablePath(),
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...FIXED_PLACES,
  ];
  for (const file of candidates) if (file !== '' && (await isBrowser(file))) return file;
  return null;
}

async function fetchBrowser(): Promise<string | null> {
  const earlier = await findInstalled();
  if (earlier) return earlier;
  console.log('Hämtar en webbläsare för testerna …');
  for (const fetching of [fetchFromPlaywright, fetchFromNpm, fetchFromDebian]) {
    const file = await fetching().catch(() => null);
    if (file && (await isBrowser(file))) return file;
  }
  return null;
}

async function fetchFromPlaywright(): Promise<string> {
  await run(process.execPath, toolArguments(['playwright', 'install', 'chromium']), {
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
    timeout: 180_000,
  });
  return chromium.executablePath();
}

/** A Chromium that npm can carry: compressed, without fonts, but whole. */
async function fetchFromNpm(): Promise<string> {
  const folder = join(process.cwd(), '.cache', 'chromium');
  const require = createRequire(join(folder, 'package.json'));
  if (!existsSync(join(folder, 'node_modules', '@sparticuz'))) {
    await removeFolder(folder);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    await runNpm(process.execPath, folder, [
      'install',
      '--no-save',
      '--no-package-lock',
      '@sparticuz/chromium',
    ]);
  }
  const entry = pathToFileURL(require.resolve('@sparticuz/chromium')).href;
  const file = await unpack(entry);
  if (await isBrowser(file)) return file;
  // The machine lacks libraries that a browser needs: the package brings them where it believes to be on a bare server.
  await rm(file, { force: true });
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  return unpack(`${entry}?with-libraries`);
}

async function unpack(entry: string): Promise<string> {
  const carried = (await import(entry)) as { default: { executablePath(): Promise<string> } };
  return carried.default.executablePath();
}

async function fetchFromDebian(): Promise<string> {
  if (process.getuid?.() !== 0) throw new Error('only root may install packages');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, timeout: 120_000 });
  await run('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], { env, timeout: 600_000 });
  return '/usr/bin/chromium';
}

/** A file can be there and yet not run: a stub, another machine's program, missing libraries. */
async function isBrowser(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  if (process.platform === 'win32') return true;
  return run(file, ['--version', '--no-sandbox'], { timeout: 20_000 }).then(
    ({ stdout }) => /\d+\.\d+/.test(stdout),
    () => false,
  );
}
