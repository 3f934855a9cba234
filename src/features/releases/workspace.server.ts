import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { siteFolder } from '#src/lib/data-folder.ts';

const DAY = 24 * 60 * 60_000;
const host = hostname().replace(/[^\w.-]/g, '');

/** Those of this process that are in use: an earlier process may have had its id. */
const inUse = new Set<string>();

/** A folder for one build, which is gone afterwards. Those that killed processes have left go first. */
export async function withWorkspace<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  await removeAbandonedWorkspaces();
  const name = `${host}_${process.pid}_${randomBytes(4).toString('hex')}`;
  const folder = join(siteFolder(), 'work', name);
  inUse.add(name);
  try {
    await mkdir(folder, { recursive: true });
    return await work(folder);
  } finally {
    await removeFolder(folder);
    inUse.delete(name);
  }
}

/** Removes what killed processes have left behind. */
export async function removeAbandonedWorkspaces(): Promise<void> {
  const work = join(siteFolder(), 'work');
  for (const name of await readdir(work).catch(() => [])) {
    const [owner, pid] = name.split('_');
    const folder = join(work, name);
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    // Another machine may have the folder too, and process ids come again.
    if (age > DAY || (owner === host && !inUse.has(name) && !isAlive(Number(pid))))
      await removeFolder(folder);
  }
}

/** A build that is being ended may still write into it. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
}

/** Whether another process is. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
