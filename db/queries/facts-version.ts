import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/**
 * For each day a text that changes whenever anything that the indicator of that day is counted from
 * does: figures read under one version are exact for as long as the version is the same. It is the sum
 * of the marks that triggers leave, in the transaction of each change, in `indicator_change`: seen
 * together with the change or not at all. What is later than the month of a day leaves it alone, because
 * what happens today leaves earlier years as they were. Where a backup was read back the tables lie in
 * new files.
 */
export async function readFactsVersions(db: Executor, days: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.execute<{ day: string; version: string }>(sql`
    with month as materialized (
      select since, sum(mark) as mark from indicator_change group by since
    )
    select d.day, concat_ws(' ', current_database(),
      pg_relation_filenode('completion'), pg_relation_filenode('employment'),
      (select sum(mark) from month where since <= d.day::date)) as version
    from jsonb_array_elements_text(${JSON.stringify(days)}::jsonb) as d (day)`);
  return new Map(rows.map(({ day, version }) => [day, version]));
}

/**
 * Puts the marks of each month together into one row; the sums stay. Marks of transactions that have not
 * ended are left for the next time, so nobody waits; one process does it at a time.
 */
export async function mergeIndicatorChanges(db: Executor): Promise<void> {
  await db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ isFree: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('trygg-grund indicator change')) as "isFree"`,
    );
    if (!lock?.isFree) return;
    await tx.execute(sql`
      with merged as (
        delete from indicator_change
        where since in (select since from indicator_change group by since having count(*) > 1)
        returning since, mark
      )
      insert into indicator_change (since, mark) select since, sum(mark) from merged group by since`);
  });
}
