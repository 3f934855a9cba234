import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type Connection } from '../client.ts';
import { withFileLock } from '../file-lock.mjs';
import { installBinaries } from './binaries.ts';
import { OWNER_ROLE, prepareCluster, readPasswords, type Passwords } from './cluster.ts';
import { EmbeddedError } from './error.ts';
import { launchPostmaster, type ServerSettings } from './launch.ts';
import type { Place } from './place.ts';
import { findPostmaster, stopPostmaster, type Postmaster } from './process.ts';

/** Every process that uses the server holds this lock shared; who can have it alone is the last. */
const IN_USE = 7_204_190_312;
const START_TIMEOUT_MS = 120_000;
const UNRESPONSIVE_MS = 30_000;

/** Our place among those who use the server. */
export interface Membership {
  postmaster: Postmaster;
  passwords: Passwords;
  connection: Connection;
}

/**
 * Starts the server if need be, and holds the shared lock on it, which ends with this process
 * however it ends. `onLost` is called if the server goes away after that.
 *
 * @throws EmbeddedError when it does not start or refuses us.
 */
export async function enter(place: Place, settings: ServerSettings, onLost: () => void): Promise<Membership> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  let reason: unknown;
  while (performance.now() < deadline) {
    const { postmaster, passwords } = await ensureRunning(place, settings);
    let isIn = false;
    const url = addressOf(postmaster, OWNER_ROLE, passwords.owner, 'postgres');
    const connection = connect(url, {
      max: 1,
      keepConnections: true,
      connectTimeout: 5,
      lockTimeout: 0,
      statementTimeout: 0,
      onClose: () => isIn && onLost(),
    });
    try {
      await connection.sql`select pg_advisory_lock_shared(${IN_USE})`;
      isIn = true;
      return { postmaster, passwords, connection };
    } catch (error) {
      // Between our look and our lock, the last one out may have begun to stop the server.
      reason = error;
      await connection.close(0);
      if (['28P01', '28000'].includes(codeOf(error))) break;
      await delay(50);
    }
  }
  throw new EmbeddedError(`Databasen i ${place.home} släpper inte in oss: ${(reason as Error)?.message}`, {
    cause: reason,
  });
}

/** Gives up the lock, and stops the server if nobody else holds it. */
export async function leave({ connection }: Membership, place: Place): Promise<void> {
  let isLast = false;
  try {
    await connection.sql`select pg_advisory_unlock_shared(${IN_USE})`;
    const [answer] = await connection.sql<
      { last: boolean }[]
    >`select pg_try_advisory_lock(${IN_USE}) as last`;
    isLast = answer?.last ?? false;
  } catch {
    // It does not answer: whoever needs it next finds out and starts it.
  }
  if (isLast) await stopPostmaster(place.data);
  await connection.close(1);
}

/** The server on this data, running and answering; one process at a time sees to that. */
async function ensureRunning(place: Place, settings: ServerSettings) {
  return withFileLock(join(place.home, 'start.lock'), async () => {
    const since = performance.now();
    for (;;) {
      const running = await findPostmaster(place.data);
      const passwords = await readPasswords(place.home);
      if (!running || !passwords) break;
      const url = addressOf(running, OWNER_ROLE, passwords.owner, 'postgres');
      const state = running.isListening ? await ping(url) : 'silent';
      if (state === 'ready') return { postmaster: running, passwords };
      if (state === 'silent' && performance.now() - since > UNRESPONSIVE_MS) {
        await stopPostmaster(place.data, 5);
        break;
      }
      await delay(50);
    }
    const binaries = await installBinaries(place.home);
    const passwords = await prepareCluster(place, binaries);
    // The owner of the data decides whom the server runs as, and may be new.
    const postmaster = await launchPostmaster(place, binaries, settings);
    const url = addressOf(postmaster, OWNER_ROLE, passwords.owner, 'postgres');
    while ((await ping(url)) !== 'ready' && (await findPostmaster(place.data))) await delay(25);
    return { postmaster, passwords };
  });
}

/** `busy`: starting, recovering or stopping. */
async function ping(url: string): Promise<'ready' | 'busy' | 'silent'> {
  const { sql, close } = connect(url, { max: 1, connectTimeout: 3 });
  try {
    await sql`select 1`;
    return 'ready';
  } catch (error) {
    const code = codeOf(error);
    if (code === '57P03' || code === '57P01') return 'busy';
    // Any other answer from the server is an answer; the caller learns the reason when it connects.
    return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? 'ready' : 'silent';
  } finally {
    await close(0);
  }
}

/** The address of a database on that server, as `connect()` reads it. */
export function addressOf(
  { port, socketFolder }: Postmaster,
  role: string,
  password: string,
  database: string,
): string {
  const credentials = `${role}:${password}`;
  if (socketFolder === '') return `postgres://${credentials}@127.0.0.1:${port}/${database}`;
  return `postgres://${credentials}@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`;
}

/** SQLSTATE or system error code, empty when there is none. */
export function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
