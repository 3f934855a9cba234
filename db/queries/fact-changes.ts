import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/** What can change the figures of a day after they were fixed. */
export type FactChangeKind =
  | 'completion-added'
  | 'completion-voided'
  | 'employment-added'
  | 'employment-changed'
  | 'unit-changed'
  | 'requirement-changed'
  | 'version-required'
  | 'version-withdrawn'
  | 'target-changed';

/** Changes of one kind and with one reason. */
export interface FactChange {
  kind: FactChangeKind;
  /** Why, as it was written when the change was made; where it came from, for a completion. Null where nobody says. */
  reason: string | null;
  changes: number;
  latestAt: Date;
}

/**
 * Which facts that bear on a day were recorded, changed or voided after a moment, counted by kind and
 * reason, the latest first. A change that makes no
 * difference on that day, such as an employment that ends later, is not among them.
 */
export async function listFactChanges(db: Executor, day: string, since: Date): Promise<FactChange[]> {
  const after = sql`${since.toISOString()}::timestamptz`;
  const bears = (row: SQL) => sql`coalesce((${row} ->> 'valid')::daterange @> ${day}::date, false)`;
  /** On the day the row was there before and not after, or the other way round, or it was another in what counts. */
  const differs = (...columns: string[]) => {
    const same = columns.map((name) => sql`before ->> ${name} is not distinct from after ->> ${name}`);
    const [before, then] = [bears(sql`before`), bears(sql`after`)];
    return sql`(${before} or ${then}) and not (${before} and ${then} and ${sql.join(same, sql` and `)})`;
  };
  const rows = await db.execute<
    { latestAt: string } & Omit<FactChange, 'latestAt'> & Record<string, unknown>
  >(sql`
    with required as (
      select module_slug from requirement where valid @> ${day}::date
    ), change (kind, reason, at) as (
      select 'completion-added', coalesce(c.reason, c.source), c.recorded_at from completion c
      where c.recorded_at > ${after} and c.completed_on <= ${day}::date
        and c.module_slug in (select module_slug from required)
      union all
      select 'completion-voided', x.reason, x.recorded_at
      from completion_correction x join completion c on c.id = x.completion_id
      where x.recorded_at > ${after} and c.completed_on <= ${day}::date
        and c.module_slug in (select module_slug from required)
      union all
      select 'employment-added', null, e.recorded_at from employment e
      where e.recorded_at > ${after} and e.valid @> ${day}::date
      union all
      select 'employment-changed', null, e.changed_at from employment_change e
      where e.changed_at > ${after} and ${differs('person_id', 'unit_id', 'title', 'is_manager')}
      union all
      select 'unit-changed', null, p.recorded_at from unit_period p
      where p.recorded_at > ${after} and p.valid @> ${day}::date
      union all
      select 'unit-changed', null, p.changed_at from unit_period_change p
      where p.changed_at > ${after} and ${differs('parent_id', 'kind', 'name')}
      union all
      select 'requirement-changed', r.note, r.recorded_at from requirement r
      where r.recorded_at > ${after} and r.valid @> ${day}::date
      union all
      select 'requirement-changed', coalesce(after ->> 'note', before ->> 'note'), r.changed_at from rule_change r
      where r.table_name = 'requirement' and r.changed_at > ${after}
        and ${differs('module_slug', 'unit_id', 'audience', 'titles', 'validity_months')}
      union all
      select 'version-required', v.reason, v.recorded_at from version_requirement v
      where v.recorded_at > ${after} and v.older_count_until < ${day}::date
      union all
      select 'version-withdrawn', w.reason, w.recorded_at
      from version_requirement_withdrawal w join version_requirement v on v.id = w.version_requirement_id
      where w.recorded_at > ${after} and v.older_count_until < ${day}::date and w.withdrawn_on <= ${day}::date
      union all
      select 'target-changed', t.note, t.recorded_at from target t
      where t.recorded_at > ${after} and t.year = extract(year from ${day}::date)::int
      union all
      select 'target-changed', coalesce(after ->> 'note', before ->> 'note'), r.changed_at from rule_change r
      where r.table_name = 'target' and r.changed_at > ${after}
        and (before ->> 'year')::int = extract(year from ${day}::date)::int
        and before ->> 'percent' is distinct from after ->> 'percent'
    )
    select kind, reason, count(*)::int as "changes", max(at) as "latestAt"
    from change group by kind, reason order by max(at) desc, kind`);
  return [...rows].map((row) => ({ ...row, latestAt: new Date(row.latestAt) }));
}
