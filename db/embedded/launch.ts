import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './cluster.ts';
import { EmbeddedError } from './error.ts';
import { findSocketFolder, type Place } from './place.ts';
import { findPostmaster, stopOrphans, type Postmaster } from './process.ts';

export type ServerSettings = Record<string, string>;

const LOG_LIMIT = 5_000_000;

/** For one municipality on one machine; logs hold no values from queries. */
const SETTINGS: ServerSettings = {
  max_connections: '50',
  shared_buffers: '256MB',
  effective_cache_size: '768MB',
  work_mem: '16MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  jit: 'off',
  // Parallel workers need /dev/shm, which is 64 MB in many containers.
  max_parallel_workers_per_gather: '0',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/**
 * Starts the server on its own, in no terminal's process group, and returns once it has written
 * where it listens. The caller holds the start lock.
 *
 * @throws EmbeddedError with the end of the server's log when it does not start.
 */
export async function launchPostmaster(
  place: Place,
  binaries: Binaries,
  overrides: ServerSettings,
): Promise<Postmaster> {
  const logFile = join(place.home, 'server.log');
  for (let attempt = 1; ; attempt += 1) {
    const began = await rotateLog(logFile);
    const settings = { ...SETTINGS, ...(await listenSettings(place)), ...overrides };
    const postmaster = await spawnServer(place, binaries, settings, logFile);
    if (postmaster) return postmaster;
    const log = (await readFile(logFile, 'utf8')).slice(began);
    if (/is still in use|lock file .* already exists/.test(log) && attempt <= 40) {
      // Sessions of a killed server end by themselves within moments; those that do not are ended.
      if (attempt === 20) await stopOrphans(place.data);
      await delay(250);
      continue;
    }
    throw new EmbeddedError(`Databasen startade inte. Ur ${logFile}:\n${log.trim().slice(-2000)}`);
  }
}

async function spawnServer(
  place: Place,
  binaries: Binaries,
  settings: ServerSettings,
  logFile: string,
): Promise<Postmaster | null> {
  const args = [
    '-D',
    place.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  if (process.platform === 'win32') return startOnWindows(place, binaries, args, logFile);
  const log = await open(logFile, 'a', 0o600);
  const server = spawn(join(binaries.folder, 'postgres'), args, {
    ...place.user,
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let hasEnded = false;
  server.on('exit', () => (hasEnded = true));
  await once(server, 'spawn');
  await log.close();
  server.unref();
  while (!hasEnded) {
    const postmaster = await findPostmaster(place.data);
    if (postmaster?.pid === server.pid && postmaster?.isListening) return postmaster;
    await delay(20);
  }
  return null;
}

/** pg_ctl gives up an administrator's rights, which the server itself refuses to do. */
async function startOnWindows(
  place: Place,
  binaries: Binaries,
  args: string[],
  logFile: string,
): Promise<Postmaster | null> {
  const options = args.slice(2).join(' ');
  const start = ['start', '-w', '-s', '-D', place.data, '-l', logFile, '-o', options];
  await promisify(execFile)(join(binaries.folder, 'pg_ctl'), start, { env: serverEnvironment() }).catch(
    () => null,
  );
  return findPostmaster(place.data);
}

/** A socket that only the server's user and root can reach; on Windows a free port on this machine. */
async function listenSettings(place: Place): Promise<ServerSettings> {
  if (process.platform === 'win32') {
    return { listen_addresses: '127.0.0.1', port: String(await choosePort(place)) };
  }
  const socketFolder = await findSocketFolder(place);
  if (place.user) await chown(socketFolder, place.user.uid, place.user.gid);
  return {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
  };
}

/** The same port as last time while it is free, so that whoever knows the address keeps it. */
async function choosePort(place: Place): Promise<number> {
  const noteFile = join(place.home, 'port');
  const last = Number(await readFile(noteFile, 'utf8').catch(() => '0'));
  const port = (await tryPort(last)) ?? (await tryPort(0)) ?? 5432;
  await writeFile(noteFile, String(port));
  return port;
}

async function tryPort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(null));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Keeps one older log; answers where in the file the coming lines begin. */
async function rotateLog(logFile: string): Promise<number> {
  if (!existsSync(logFile)) return 0;
  const { size } = await stat(logFile);
  if (size < LOG_LIMIT) return size;
  await rename(logFile, `${logFile}.1`);
  return 0;
}
