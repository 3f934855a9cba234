import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A running server as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Empty where it listens on loopback only. */
  socketFolder: string;
  /** Whether it has got so far that the address above is complete. */
  isListening: boolean;
}

/** The server that runs on this data folder, or null. A left-over note from a killed one is removed. */
export async function findPostmaster(data: string): Promise<Postmaster | null> {
  const noteFile = join(data, 'postmaster.pid');
  const lines = (await readFile(noteFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (await isPostmaster(pid, data)) {
    const isListening = (lines[7]?.trim() ?? '') !== '';
    return { pid, port: Number(lines[3]) || 5432, socketFolder: lines[4]?.trim() ?? '', isListening };
  }
  // The number may belong to another program by now; PostgreSQL would take that for itself and refuse to start.
  if (isAlive(pid)) {
    await rm(noteFile, { force: true });
    const socketFolder = lines[4]?.trim();
    if (socketFolder) await rm(join(socketFolder, `.s.PGSQL.${lines[3]?.trim()}.lock`), { force: true });
  }
  return null;
}

/** Whether that process is a PostgreSQL server on this data folder; a dead one that nobody has collected is not. */
async function isPostmaster(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await commandLine(pid);
  return process.platform === 'win32' ? command.includes('postgres') : command.includes(`-D ${data}`);
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  const [program, args] =
    process.platform === 'win32'
      ? ['tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']]
      : ['ps', ['-o', 'command=', '-p', String(pid)]];
  return promisify(execFile)(program as string, args as string[]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** Stops the server: sessions end, what is committed stays. Harder if it has not gone after `seconds`. */
export async function stopPostmaster(data: string, seconds = 30): Promise<void> {
  const running = await findPostmaster(data);
  if (!running) return;
  for (const [signal, patience] of [
    ['SIGINT', seconds],
    ['SIGQUIT', 5],
    ['SIGKILL', 5],
  ] as const) {
    try {
      process.kill(running.pid, signal);
    } catch {
      return;
    }
    if (await isGone(data, running.pid, patience)) return;
  }
}

async function isGone(data: string, pid: number, seconds: number): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    if ((await findPostmaster(data))?.pid !== pid) return true;
    await delay(25);
  }
  return false;
}

/** Ends what a killed server has left running on the data folder, so that a new one is let in. */
export async function stopOrphans(data: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    if ((await readlink(`/proc/${name}/cwd`).catch(() => '')) !== data) continue;
    if (!(await commandLine(Number(name))).startsWith('postgres: ')) continue;
    try {
      process.kill(Number(name), 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
