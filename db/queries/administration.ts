import { count, desc, eq, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { account } from '../schema/access.ts';
import { importBatch } from '../schema/organisation.ts';

export interface Holdings {
  units: number;
  people: number;
  employments: number;
  accounts: number;
  completions: number;
  /** Migrations applied. */
  migrations: number;
  serverVersion: string;
}

/** How much of each kind the database holds: units and employments of a day, everything else in all. */
export async function countHoldings(db: Executor, day: string): Promise<Holdings> {
  const [row] = await db.execute<Holdings & Record<string, unknown>>(sql`
    select
      (select count(*)::int from unit_period where valid @> ${day}::date) as "units",
      (select count(*)::int from person) as "people",
      (select count(*)::int from employment where valid @> ${day}::date) as "employments",
      (select count(*)::int from account where is_active) as "accounts",
      (select count(*)::int from completion c
        where not exists (select from completion_correction k where k.completion_id = c.id)) as "completions",
      (select count(*)::int from drizzle.__drizzle_migrations) as "migrations",
      current_setting('server_version') as "serverVersion"`);
  if (!row) throw new Error('a select without FROM gives one row');
  return row;
}

/** Accounts that can be used, by role. */
export async function countAccountsByRole(db: Executor) {
  return db
    .select({ role: account.role, accounts: count() })
    .from(account)
    .where(eq(account.isActive, true))
    .groupBy(account.role)
    .orderBy(account.role);
}

/** The latest files that went in, newest first. */
export async function listImports(db: Executor, limit: number) {
  return db
    .select({
      id: importBatch.id,
      kind: importBatch.kind,
      fileName: importBatch.fileName,
      asOf: importBatch.asOf,
      rows: importBatch.rows,
      importedAt: importBatch.importedAt,
    })
    .from(importBatch)
    .orderBy(desc(importBatch.importedAt), desc(importBatch.id))
    .limit(limit);
}
