import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import type { unitKind } from '../schema/organisation.ts';

export interface ManagedUnit {
  id: number;
  code: string;
  name: string;
  kind: (typeof unitKind.enumValues)[number];
  /** Steps below the topmost unit that the person manages. */
  depth: number;
  /** The last day on which she stands in for the managers there; null: she manages it herself. */
  deputyUntil: string | null;
}

const swedish = new Intl.Collator('sv', { numeric: true });

/**
 * A subquery `(unit_id, deputy_until)` of the units a person manages on a day: by an employment as manager
 * (`deputy_until` null), or as deputy for the day. A deputy who is no longer employed is one no more. Units
 * below are not among them.
 */
export function managedUnitsOf(personId: SQL | string, day: string): SQL {
  return sql`
    select e.unit_id, null::date as deputy_until from employment e
    where e.person_id = ${personId} and e.is_manager and e.valid @> ${day}::date
    union all
    select d.unit_id, upper(d.valid) - 1 from unit_deputy d
    where d.person_id = ${personId} and d.valid @> ${day}::date
      and exists (select from employment e where e.person_id = d.person_id and e.valid @> ${day}::date)`;
}

/**
 * The units a person manages on a day, herself or as deputy, and all units below them in the tree of that
 * day. Each unit once, below the topmost one it belongs to, in tree order by name.
 */
export async function listManagedUnits(db: Executor, personId: string, day: string): Promise<ManagedUnit[]> {
  const rows = await db.execute<ManagedUnit & { path: string[] } & Record<string, unknown>>(sql`
    with recursive tree as (
      select p.unit_id, p.kind, p.name, 0 as depth, array[p.name, p.unit_id::text] as path, m.deputy_until
      from (${managedUnitsOf(personId, day)}) m
      join unit_period p on p.unit_id = m.unit_id and p.valid @> ${day}::date
      union
      select p.unit_id, p.kind, p.name, t.depth + 1, t.path || array[p.name, p.unit_id::text], t.deputy_until
      from tree t join unit_period p on p.parent_id = t.unit_id and p.valid @> ${day}::date
    ), topmost as (
      select distinct on (unit_id) * from tree order by unit_id, depth desc
    ), held as (
      select unit_id, case when bool_or(deputy_until is null) then null else max(deputy_until) end as until
      from tree group by unit_id
    )
    select u.id, u.code, t.name, t.kind, t.depth, t.path, h.until as "deputyUntil"
    from topmost t join held h on h.unit_id = t.unit_id join unit u on u.id = t.unit_id`);
  return [...rows].sort((a, b) => comparePaths(a.path, b.path)).map(({ path: _path, ...unit }) => unit);
}

/** Parents before children, siblings by name, as the indicator has them. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = swedish.compare(step, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
