import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { isInAudience, requirementCtes } from './required.ts';

/** What is known of one person to whom something may have to be said. Days are `YYYY-MM-DD`. */
export interface MailFacts {
  personId: string;
  employeeNumber: string | null;
  isProtected: boolean;
  hasAddress: boolean;
  employedSince: string;
  lacking: { slug: string; since: string }[];
  expiring: { slug: string; expiresOn: string }[];
  standing: { people: number; lacking: number; newcomers: number } | null;
  told: string[];
  hasRecentMail: boolean;
}

export interface MailFactsQuery {
  day: string;
  /** How long a course may have been required for it to be news. */
  daysToComplete: number;
  /** How long before the end a completion is news. */
  daysBeforeExpiry: number;
  /** Mails within so many days are recent; those about occasions are not counted. */
  recentDays: number;
  /** Whether managers are to be told how their units stand. */
  withStanding: boolean;
}

/**
 * Everyone employed on a day to whom something may have to be said: courses that have lately become
 * required and are lacking, completions that soon stop counting, and for managers how their unit and
 * those below stand. Who is excused from a course (*undantag*) is told nothing of it. People with
 * protected identity are in no standing, and nobody is told a unit or a name.
 */
export async function listMailFacts(db: Executor, query: MailFactsQuery): Promise<MailFacts[]> {
  const { day, daysToComplete, daysBeforeExpiry, recentDays } = query;
  const before = sql`(${day}::date - ${daysToComplete}::int)`;
  const rows = await db.execute<MailFacts & Record<string, unknown>>(sql`
    with recursive ${requirementCtes(day)},
    open as materialized (
      select q.person_id, q.module_slug, s.completed_on, s.expires_on
      from required_of q
      left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
      where (s.person_id is null or s.expires_on <= ${day}::date + ${daysBeforeExpiry}::int)
        and not exists (select from waiver w where w.person_id = q.person_id
          and w.module_slug = q.module_slug and w.valid @> ${day}::date)
    ),
    -- A difference of sets, which is always made by hashing: a join would be believed to be small.
    newly as materialized (
      select person_id, module_slug from open where completed_on is null
      except
      select person_id, module_slug from (${requiredEarlier(query)}) earlier
    ),
    employed as materialized (
      select e.person_id, lower(r) as since from (
        select person_id, range_agg(valid) as days from employment
        where person_id in (select person_id from required_job) group by person_id) e
      cross join unnest(e.days) r where r @> ${day}::date
    ),
    -- Since when each course has been required of her: at the latest since her last change of employment.
    fresh as (
      select o.person_id, o.module_slug, case
        when min(greatest(lower(r.valid), d.since)) > ${before} then min(greatest(lower(r.valid), d.since))
        else min(greatest(lower(r.valid), d.since, lower(j.valid))) end as since
      from newly o
      join employed d on d.person_id = o.person_id
      join employment j on j.person_id = o.person_id and j.valid @> ${day}::date
      join required_place p on p.unit_id = j.unit_id
      join requirement r on r.module_slug = o.module_slug and r.valid @> ${day}::date
        and r.unit_id is not distinct from p.above_id and ${isInAudience}
      group by o.person_id, o.module_slug
    ),
    lacking as (
      select person_id, jsonb_agg(jsonb_build_object('slug', module_slug, 'since', since) order by module_slug) as list
      from fresh where since > ${before} group by person_id
    ),
    expiring as (
      select person_id, jsonb_agg(jsonb_build_object('slug', module_slug, 'expiresOn', expires_on) order by module_slug) as list
      from open where completed_on is not null group by person_id
    ),
    ${standingOfUnits(query)}
    select p.id as "personId", p.employee_number as "employeeNumber", p.is_protected as "isProtected",
      coalesce(p.email, '') <> '' as "hasAddress", d.since::text as "employedSince",
      coalesce(l.list, '[]') as "lacking", coalesce(x.list, '[]') as "expiring",
      case when u.manager_id is not null then jsonb_build_object(
        'people', u.people, 'lacking', u.lacking, 'newcomers', u.newcomers) end as "standing",
      (select coalesce(jsonb_agg(i.key), '[]') from notification n
       join notification_item i on i.notification_id = n.id where n.person_id = p.id) as "told",
      exists (select from notification n where n.person_id = p.id and n.kind <> 'event'
        and n.status <> 'cancelled'
        and (n.created_at at time zone 'Europe/Stockholm')::date > ${day}::date - ${recentDays}::int) as "hasRecentMail"
    from employed d
    join person p on p.id = d.person_id
    left join lacking l on l.person_id = p.id
    left join expiring x on x.person_id = p.id
    left join unit_standing u on u.manager_id = p.id
    where l.person_id is not null or x.person_id is not null or u.manager_id is not null
    order by p.id`);
  return [...rows];
}

/** What was required already when the time to complete it began: that is no news. */
function requiredEarlier({ day, daysToComplete }: MailFactsQuery): SQL {
  const people = sql`select person_id from open where completed_on is null`;
  const then = new Date(Date.parse(`${day}T00:00:00Z`) - daysToComplete * 86_400_000).toISOString();
  return sql`with recursive ${requirementCtes(then.slice(0, 10), { people })}
    select person_id, module_slug from required_of`;
}

/** Each manager's unit and those below: people of whom something is required, who lack it, who are new. */
function standingOfUnits({ day, daysToComplete, withStanding }: MailFactsQuery): SQL {
  if (!withStanding)
    return sql`unit_standing as (select null::uuid as manager_id, 0 as people, 0 as lacking, 0 as newcomers)`;
  return sql`
    managed (manager_id, unit_id) as (
      select person_id, unit_id from employment where is_manager and valid @> ${day}::date
      union
      select m.manager_id, p.unit_id
      from managed m join unit_period p on p.parent_id = m.unit_id and p.valid @> ${day}::date
    ),
    state as materialized (
      select q.person_id, bool_or(s.person_id is null) as lacks
      from required_of q
      join person p on p.id = q.person_id and not p.is_protected
      left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
      group by q.person_id
    ),
    unit_standing as (
      select m.manager_id, count(*)::int as people, (count(*) filter (where s.lacks))::int as lacking,
        (count(*) filter (where d.since > ${day}::date - ${daysToComplete}::int))::int as newcomers
      from (select distinct m.manager_id, e.person_id from managed m
            join employment e on e.unit_id = m.unit_id and e.valid @> ${day}::date) m
      join state s on s.person_id = m.person_id
      join employed d on d.person_id = m.person_id
      group by m.manager_id
    )`;
}

/** The förvaltning that each person is employed in on a day, by name; the first where there are several. */
export async function listDepartmentNames(db: Executor, day: string): Promise<Map<string, string>> {
  const rows = await db.execute<{ personId: string; name: string }>(sql`
    with recursive below (department_id, unit_id) as (
      select unit_id, unit_id from unit_period where kind = 'department' and valid @> ${day}::date
      union
      select b.department_id, p.unit_id
      from below b join unit_period p on p.parent_id = b.unit_id and p.valid @> ${day}::date
    )
    select e.person_id as "personId", min(n.name) as name
    from employment e
    join below b on b.unit_id = e.unit_id
    join unit_period n on n.unit_id = b.department_id and n.valid @> ${day}::date
    where e.valid @> ${day}::date
    group by e.person_id`);
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}
