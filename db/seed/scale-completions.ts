import { sql } from 'drizzle-orm';
import type { Transaction } from '../client.ts';
import { draw, uuidOf } from './scale-load.ts';
import type { ScaleDays } from './scale-people.ts';

const n = sql`p.n`;

/** How many rows one who completes the course gives, about, over all who are or have been employed. */
const ROWS_PER_SHARE = 5.95;
const HIGHEST_SHARE = 0.97;
/** Before this part of the history the course was only registered by import. */
const IMPORTED_UNTIL = 0.25;
const UNFINISHED = 0.12;
const DEEPER = 0.35;
const VOIDED = 0.0005;

/**
 * Writes the completions in the order in which they came: parts 1–5 and with the last of them the grundkurs,
 * in the first years the grundkurs by import, for some a fördjupning or only some parts; more each year, at
 * the pace of each unit. Newcomers take it in their first months. A few are voided.
 */
export async function writeScaleCompletions(
  tx: Transaction,
  { first, last }: ScaleDays,
  perPerson: number,
): Promise<void> {
  const share = perPerson / ROWS_PER_SHARE;
  const [batch] = await tx.execute<{ id: number }>(sql`
    insert into import_batch (kind, file_name, file_sha256, rows, summary)
    values ('completions', 'matdata', ${'0'.repeat(64)}, 0, '{}') returning id`);
  await tx.execute(sql`
    insert into completion (id, person_id, module_slug, module_version_id, method, rule, completed_at, completed_on,
      import_id, source, recorded_at)
    with version as (
      select distinct on (module_slug) module_slug, id from module_version order by module_slug, version desc
    ), deeper as (
      select array_agg(m.slug order by m.position, m.slug) as slugs
      from module m join version v on v.module_slug = m.slug where m.kind = 'fordjupning'
    ), wish as (
      select p.n, p.id, p.days, greatest(p.started, 0) + 7 as earliest, coalesce(p.ended, p.days + 1) - 1 as latest,
        ${draw(n, 'eager')} as eager, least(${share}::float8 * p.pace, ${HIGHEST_SHARE}::float8) as share
      from scale_person p where p.account_email is distinct from 'medarbetare@demo.test'
    ), day as (
      select p.*, p.eager < p.share as finishes,
        case when wished >= earliest then wished else earliest + floor(${draw(n, 'soon')} * 120)::int end as done,
        floor(${draw(n, 'gap')} * 6)::int as gap
      from (
        select *, floor(days * (case when eager < share then eager / share else ${draw(n, 'tries')} end) ^ 0.55)::int as wished
        from wish p where share > 0 and (eager < share or ${draw(n, 'starts')} < ${UNFINISHED}::float8)
      ) p
    ), person as materialized (
      select p.*, finishes and done < days * ${IMPORTED_UNTIL}::float8 as is_imported,
        least(gap, (done - earliest) / 4) as step,
        case when finishes then 5 else 1 + floor(${draw(n, 'parts')} * 4)::int end as parts
      from day p where done between earliest and latest
    ), fact as (
      select p.n, p.id, 'del-' || part as slug, done - (5 - part) * step as day, 7 + part as hour, false as is_imported
      from person p cross join generate_series(1, p.parts) as part where not is_imported
      union all
      select p.n, p.id, 'grundkurs', done, 12, is_imported
      from person p where finishes
      union all
      select p.n, p.id, slugs[1 + floor(${draw(n, 'which')} * cardinality(slugs))::int], done + 10 + floor(${draw(n, 'deeper')} * 200)::int, 14, false
      from person p, deeper where finishes and ${draw(n, 'deepens')} < ${DEEPER}::float8
        and done + 210 <= latest and cardinality(slugs) > 0
    )
    select ${uuidOf(sql`p.slug || ' ' || p.n`)}, p.id, p.slug, case when not p.is_imported then v.id end,
      case when p.is_imported then 'import' else 'online' end::completion_method,
      case when p.is_imported then 'import-1' when p.slug = 'grundkurs' then 'grundkurs-1' else 'quiz-1' end,
      moment.at, on_day.day, case when p.is_imported then ${batch?.id}::int end,
      case when p.is_imported then 'Tidigare digital grundkurs (mätdata)' end, moment.at
    from fact p
    join version v on v.module_slug = p.slug
    cross join lateral (select ${first}::date + p.day as day) on_day
    cross join lateral (select (on_day.day + make_time(p.hour, floor(${draw(n, 'minute')} * 60)::int, 0))
      at time zone 'Europe/Stockholm' as at) moment
    where on_day.day <= ${last}::date
    order by moment.at, p.n`);
  await tx.execute(sql`
    update import_batch set rows = counted, summary = jsonb_build_object('new', counted)
    from (select count(*)::int as counted from completion where method = 'import') c where id = ${batch?.id}::int`);
  await tx.execute(sql`
    insert into completion_correction (completion_id, reason, recorded_at)
    select c.id, 'Registrerad på fel person (mätdata)', c.completed_at + interval '30 days'
    from completion c
    where uuid_hash_extended(c.id, 3) & 1048575 < ${Math.round(VOIDED * 1_048_576)}::int
      and c.completed_at + interval '30 days' < (${last}::date + 1)::timestamp at time zone 'Europe/Stockholm'
    order by c.completed_at, c.id`);
}
