import { fileURLToPath } from 'node:url';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import { connect } from './client.ts';

const OLDEST_SUPPORTED = 150_000;
/** Any number, the same in every release: who holds it is the one that migrates. */
const MIGRATION_LOCK = 7_204_190_311;

/**
 * Brings the database up to the schema of this release; does nothing where it already is. Several
 * nodes may start at once: one migrates and the others wait for it. All of it happens in one
 * transaction, so a failed migration changes nothing.
 *
 * @throws when the server is older than PostgreSQL 15, cannot be reached, or refuses a migration.
 */
export async function migrate(url: string): Promise<void> {
  const { db, sql, close } = connect(url, {
    max: 1,
    statementTimeout: 0,
    lockTimeout: 0,
    keepConnections: true,
  });
  try {
    const [server] = await sql<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`;
    if (!server || server.version < OLDEST_SUPPORTED) {
      throw new Error(`PostgreSQL 15 or newer is needed, the server is ${server?.version ?? 'unknown'}`);
    }
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await applyMigrations(db, { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) });
  } finally {
    await close();
  }
}
