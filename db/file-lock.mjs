import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
/** A lock whose file has not been touched for this long while we looked on has lost its owner. */
const SILENT_MS = 10_000;
const POLL_MS = 100;

/**
 * Runs `work` while no other process holds the lock file. A lock left by a killed process is taken
 * over: at once when its process is gone, else when its heartbeat has stopped (reused process id,
 * other machine on a shared folder). Plain JavaScript: the bootstrap needs it before anything is installed.
 *
 * @template T
 * @param {string} path the lock file; its folder is created
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when somebody else holds the lock
 * @returns {Promise<T>}
 */
export async function withFileLock(path, work, onWait) {
  const token = randomUUID();
  await mkdir(dirname(path), { recursive: true });
  await acquire(path, token, onWait);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await read(path))?.token === token) await rm(path, { force: true });
  }
}

/** @param {string} path @param {string} token @param {(() => void) | undefined} onWait */
async function acquire(path, token, onWait) {
  let waiting = false;
  let seen = { mtime: -1, since: 0 };
  while (!(await create(path, token))) {
    const mtime = await stat(path).then(
      (file) => file.mtimeMs,
      () => -1,
    );
    if (mtime !== seen.mtime) seen = { mtime, since: performance.now() };
    const isSilent = mtime !== -1 && performance.now() - seen.since > SILENT_MS;
    if (isSilent || isDead(await read(path))) {
      await removeAbandoned(path, isSilent ? mtime : null);
      continue;
    }
    if (!waiting) onWait?.();
    waiting = true;
    await delay(POLL_MS);
  }
}

/** Removes the lock if it still is the abandoned one; a second lock keeps two takers apart. @param {string} path @param {number | null} silentSince */
async function removeAbandoned(path, silentSince) {
  const guard = `${path}.takeover`;
  if (!(await create(guard, 'takeover'))) {
    const age = await stat(guard).then(
      (file) => Date.now() - file.mtimeMs,
      () => 0,
    );
    if (Math.abs(age) > SILENT_MS) await rm(guard, { force: true });
    await delay(POLL_MS);
    return;
  }
  try {
    const isSame = silentSince !== null && (await stat(path).catch(() => null))?.mtimeMs === silentSince;
    if (isSame || isDead(await read(path))) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/** @param {string} path @param {string} token */
async function create(path, token) {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname(), token }));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path @returns {Promise<{ pid: number, host: string, token: string } | null>} */
async function read(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/** @param {{ pid: number, host: string } | null} owner */
function isDead(owner) {
  if (!owner || owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
