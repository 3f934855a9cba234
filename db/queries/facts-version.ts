import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/**
 * For each day a text that changes whenever anything that the indicator of that day is counted from
 * does: figures read under one version are exact for as long as the version is the same. Completions,
 * corrections and changes of employments only ever grow in number, so counting them is enough; the small
 * tables are summed up row by row. Where a backup was read back, the same number may mean other rows:
 * the tables then lie in new files. Completions after the day do not count, because what happens today
 * leaves earlier years alone.
 */
export async function readFactsVersions(db: Executor, days: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.execute<{ day: string; version: string }>(sql`
    with shared as materialized (
      select concat_ws(' ', current_database(),
        pg_relation_filenode('completion'), pg_relation_filenode('employment'),
        (select count(*) from completion_correction),
        (select count(*) from employment),
        (select count(*) from employment_change),
        (select sum(hashtextextended(u::text, 0)) from unit u),
        (select sum(hashtextextended(p::text, 0)) from unit_period p),
        (select coalesce(sum(hashtextextended(t::text, 0)), 0) from target t),
        (select coalesce(sum(hashtextextended(r::text, 0)), 0) from requirement r)) as version
    )
    select d.day, concat_ws(' ', shared.version,
      (select count(*) from completion c where c.completed_on <= d.day::date)) as version
    from shared, jsonb_array_elements_text(${JSON.stringify(days)}::jsonb) as d (day)`);
  return new Map(rows.map(({ day, version }) => [day, version]));
}
