import { connect, type Connection, type Database } from '#db/client.ts';
import { AppError } from './errors.ts';

const POOL: unique symbol = Symbol.for('trygg-grund.database');
/** One pool per process, also when Astro's bundle holds a second copy of this file. */
const shared = globalThis as { [POOL]?: Connection };

/**
 * The database of this process, opened on first use from `DATABASE_URL`.
 *
 * @throws AppError `database-unavailable` when no address is set, as during the build.
 */
export function getDb(): Database {
  return openPool().db;
}

/** Ends the pool, after the queries that are running; the next `getDb()` opens a new one. */
export async function closeDb(): Promise<void> {
  const pool = shared[POOL];
  delete shared[POOL];
  await pool?.close();
}

function openPool(): Connection {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new AppError('database-unavailable', 'DATABASE_URL is not set');
  return (shared[POOL] ??= connect(url, { heals: true }));
}
