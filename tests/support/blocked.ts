import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { TestDatabase } from './database.ts';

/**
 * Starts what writes to a table while nobody can, and lets it go on when so many of its transactions
 * wait for one another or the table: each has then read what it will read, before any has written.
 */
export async function runWhileBlocked<Result>(
  { db }: TestDatabase,
  table: 'notification' | 'unit_deputy',
  waiting: number,
  run: () => Promise<Result>,
): Promise<Result> {
  let result: Promise<Result> | undefined;
  await db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${sql.identifier(table)} in share mode`);
    result = run();
    await expect
      .poll(
        async () =>
          // Beside the transaction, which sees the others only as they were when it first looked.
          (
            await db.execute(sql`
              select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
          ).length,
        { timeout: 8_000, interval: 20 },
      )
      .toBe(waiting);
  });
  return result!;
}
