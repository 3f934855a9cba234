import { closeDb, getDb } from '#src/lib/database.ts';
import type { Database } from '#db/client.ts';
import { openDatabase } from './open-database.ts';
import { readSettings } from './settings.ts';
import { stopSignal } from './stopping.ts';
import type { DatabaseOptions } from './terminal.ts';

/**
 * Runs a command on the installation's database, also while the site is running on it: the embedded
 * server is joined, or started and stopped again, also when the command is interrupted. What it says
 * goes to standard error.
 *
 * @throws StartError when the database cannot be used; whatever the command throws.
 */
export async function withDatabase<T>(
  command: (db: Database) => Promise<T>,
  options: DatabaseOptions = {},
): Promise<T> {
  const stop = stopSignal();
  const settings = { ...readSettings(process.env), ...options };
  const database = await openDatabase(settings, (line) => console.error(line), stop);
  const close = async () => {
    await closeDb();
    await database.close();
  };
  // What the command has not committed is as if it had never been.
  stop.addEventListener('abort', () => close().finally(() => process.exit(130)));
  try {
    return await command(getDb());
  } finally {
    await close();
  }
}
