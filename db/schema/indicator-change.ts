import { sql } from 'drizzle-orm';
import { bigint, date, numeric, pgTable } from 'drizzle-orm/pg-core';

/**
 * That something the indicator is counted from has changed, written by triggers in the transaction that
 * changes it. The sum of the marks up to a day is another one after every change that can show on that
 * day: figures that were counted can be given again while it is the same. Rows are only ever added, so
 * nobody waits for anybody, and now and then put together: the sums stay. Worth nothing in a backup.
 */
export const indicatorChange = pgTable('indicator_change', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** The first of the month from which on it can show; `-infinity`: on any day. */
  since: date('since').notNull(),
  /** Random and positive, so that two histories never have the same sum, whatever a failover has lost. */
  mark: numeric('mark')
    .notNull()
    .default(sql`1 + floor(random() * 9007199254740992::float8)::numeric`),
});
