import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { employedIn, intArray, listUnitsBelow, newcomersSince } from './employed.ts';
import { requirementCtes } from './required.ts';

/** How a person stands with a required course. `expired`: completed once, but it no longer counts. */
export type CourseStatus = 'not-started' | 'started' | 'completed' | 'expired';

/** A required course of a person on a manager's list. Nothing but this may be known of it there (rule 9). */
export interface CourseStanding {
  slug: string;
  status: CourseStatus;
  /** Of the completion that counts, or the last one that did. */
  completedOn: string | null;
  /** The first day that the completion no longer counts. */
  expiresOn: string | null;
  /** The last day the person is excused, while she has not completed it. */
  waivedUntil: string | null;
}

/** One person on a manager's list. */
export interface StaffStatus {
  personId: string;
  name: string;
  /** Employments of the day in the chosen unit and below. */
  jobs: { title: string; unit: string }[];
  /** The courses required of her; others of the unit may have others. */
  courses: CourseStanding[];
}

/** How many people of the unit, in all and by what the manager may know of them. */
export interface StaffCounts {
  people: number;
  completed: number;
  protectedPeople: number;
  namedCompleted: number;
  /** Named people that filter and search leave. */
  matching: number;
}

export type StaffSort = 'name' | 'status' | 'date';
export type StaffFilter = 'all' | 'missing' | 'started' | 'completed' | 'expiring' | 'new';

export interface StaffQuery {
  unitId: number;
  day: string;
  status: StaffFilter;
  /** Part of a name; empty: everyone. */
  search: string;
}

export interface StaffPage {
  sort: StaffSort;
  isDescending: boolean;
  /** Null: all of them. */
  size: number | null;
  /** Past the end: the last. */
  number: number;
}

export interface Staff {
  counts: StaffCounts;
  people: StaffStatus[];
  /** Everything that is required of somebody with a name on the unit's list, in the order of the courses. */
  courses: { slug: string; title: string }[];
}

/** A completion that runs out within so many days soon does; for so many days somebody is new. */
const SOON_DAYS = 90;

/**
 * The named people of a unit and below, one page of those whom filter and search leave, with the counts of
 * all: everyone counts once, whatever they are employed as. People with protected identity are only counted,
 * whatever is searched for.
 */
export async function readStaff(db: Executor, query: StaffQuery, page: StaffPage): Promise<Staff> {
  const { day } = query;
  const unitIds = await listUnitsBelow(db, query.unitId, day);
  const direction = page.isDescending ? sql`desc` : sql`asc`;
  const order = {
    name: sql`name collate "sv-x-icu" ${direction}`,
    status: sql`worst ${direction} nulls last, name collate "sv-x-icu"`,
    date: sql`last_on ${direction} nulls last, name collate "sv-x-icu"`,
  }[page.sort];
  const limits =
    page.size === null
      ? sql``
      : sql`limit ${page.size} offset (
          select (least(${page.number}::bigint, greatest(1, ceil(matching / ${page.size}::float8))) - 1)::bigint
            * ${page.size} from counts)`;
  // What is begun costs a look at attempts and parts: of a page only, unless filter or order hang on it.
  const isDetailed = query.status === 'started' || page.sort === 'status';
  const [row] = await db.execute<Staff & Record<string, unknown>>(sql`
    ${staffOf(query, unitIds, isDetailed)}, counts as (${countsOf(query)}), page as materialized (
      select row_number() over (order by ${order}, person_id) as place, person_id, name
      from staff where ${matches(query)} order by place ${limits}
    ), course as (
      select st.module_slug from state st join staff s on s.person_id = st.person_id and not s.is_protected
      group by st.module_slug
    ), page_job as materialized (
      select g.person_id, jsonb_agg(jsonb_build_object('title', e.title, 'unit', n.name)
        order by n.name, e.title) as jobs
      from page g join employment e on e.person_id = g.person_id and (e.valid @> ${day}::date) is true
      join unit_period n on n.unit_id = e.unit_id and n.valid @> ${day}::date
      where e.unit_id = any (${intArray(unitIds)})
      group by g.person_id
    ) ${
      isDetailed
        ? sql``
        : sql`, page_state as materialized (
            select st.* from page g join state st on st.person_id = g.person_id
          ), ${detailOf(sql`page_state`, day)}`
    }, page_course as materialized (
      select d.person_id, jsonb_agg(jsonb_build_object('slug', d.module_slug, 'status', d.status,
        'completedOn', coalesce(d.completed_on, d.past_on), 'expiresOn', d.expires_on,
        'waivedUntil', case when d.completed_on is null then (
          select max(upper(w.valid) - 1) from waiver w where w.person_id = d.person_id
            and w.module_slug = d.module_slug and w.valid @> ${day}::date) end)
        order by d.module_slug) as courses
      from page g join detail d on d.person_id = g.person_id group by d.person_id
    )
    select (select to_jsonb(c) from counts c) as counts,
      (select coalesce(jsonb_agg(jsonb_build_object('slug', m.slug, 'title', coalesce((
          select v.title from module_version v where v.module_slug = m.slug
          order by v.version desc limit 1), m.slug)) order by m.kind, m.position, m.slug), '[]')
        from course join module m on m.slug = course.module_slug) as courses,
      (select coalesce(jsonb_agg(jsonb_build_object('personId', g.person_id, 'name', g.name,
          'jobs', j.jobs, 'courses', coalesce(k.courses, '[]')) order by g.place), '[]')
        from page g join page_job j on j.person_id = g.person_id
        left join page_course k on k.person_id = g.person_id) as people`);
  if (!row) throw new Error('a select without from gives one row');
  return { counts: row.counts, people: row.people, courses: row.courses };
}

/** Everyone employed in the units, with each required course (`state`) and in sum (`staff`). */
function staffOf({ day, status }: StaffQuery, unitIds: readonly number[], isDetailed: boolean): SQL {
  return sql`
    with recursive ${employedIn(unitIds, day)},
    ${requirementCtes(day, { people: sql`select person_id from employed` })},
    state as materialized (
      select q.person_id, q.module_slug, s.completed_on, s.expires_on
      from required_of q left join standing s on s.person_id = q.person_id and s.module_slug = q.module_slug
    ) ${isDetailed ? sql`, ${detailOf(sql`state`, day)}` : sql``}, summary as (
      select person_id, bool_and(completed_on is not null) as has_all, max(completed_on) as last_on,
        min(expires_on) as expires_on,
        ${isDetailed ? sql`min(array_position(array['not-started', 'expired', 'started', 'completed'], status))` : sql`null::int`} as worst,
        ${isDetailed ? sql`bool_or(status = 'started')` : sql`false`} as has_started
      from ${isDetailed ? sql`detail` : sql`state`} group by person_id
    ), staff as materialized (
      select p.id as person_id, p.name, p.is_protected, coalesce(s.has_all, false) as is_completed,
        coalesce(not s.has_all, false) as is_missing, s.last_on, s.expires_on, s.worst, s.has_started
      from employed e join person p on p.id = e.person_id left join summary s on s.person_id = e.person_id
    ) ${status === 'new' ? sql`, ${newcomersSince(sql`${day}::date - ${SOON_DAYS}::int`, day)}` : sql``}`;
}

/**
 * CTE `detail`: rows like those of `state` with their `status`, and the last completion that no longer
 * counts. A course is started when a knowledge check of it has been handed in or a part completed.
 */
function detailOf(rows: SQL, day: string): SQL {
  const isVoided = sql`exists (select from completion_correction x where x.completion_id = c.id)`;
  return sql`
    part_of as materialized (
      select course.slug as module_slug, one.slug as part
      from module course join module one on one.slug = course.slug or course.kind = 'course' and one.kind = 'part'
    ), past as materialized (
      select c.person_id, c.module_slug, max(c.completed_on) as past_on
      from ${rows} st join completion c on c.person_id = st.person_id and c.module_slug = st.module_slug
      where st.completed_on is null and c.completed_on <= ${day}::date and not ${isVoided}
      group by c.person_id, c.module_slug
    ), begun as materialized (
      select a.person_id, o.module_slug
      from (select distinct person_id from ${rows} where completed_on is null) st
      join attempt a on a.person_id = st.person_id
      join module_version v on v.id = a.module_version_id
      join part_of o on o.part = v.module_slug
      union
      select c.person_id, o.module_slug
      from (select distinct person_id from ${rows} where completed_on is null) st
      join completion c on c.person_id = st.person_id
      join part_of o on o.part = c.module_slug
      where c.completed_on <= ${day}::date and not ${isVoided}
    ), detail as materialized (
      select st.*, p.past_on, case
        when st.completed_on is not null then 'completed'
        when p.past_on is not null then 'expired'
        when b.person_id is not null then 'started'
        else 'not-started' end as status
      from ${rows} st
      left join past p on p.person_id = st.person_id and p.module_slug = st.module_slug
      left join begun b on b.person_id = st.person_id and b.module_slug = st.module_slug
    )`;
}

function countsOf(query: StaffQuery): SQL {
  return sql`
    select count(*)::int as "people",
      (count(*) filter (where is_completed))::int as "completed",
      (count(*) filter (where is_protected))::int as "protectedPeople",
      (count(*) filter (where is_completed and not is_protected))::int as "namedCompleted",
      (count(*) filter (where ${matches(query)}))::int as "matching"
    from staff`;
}

function matches({ status, search, day }: StaffQuery): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const byStatus = {
    all: sql`true`,
    missing: sql`is_missing`,
    completed: sql`is_completed`,
    started: sql`coalesce(has_started, false)`,
    expiring: sql`coalesce(expires_on <= ${day}::date + ${SOON_DAYS}::int, false)`,
    new: sql`person_id in (select person_id from newcomer)`,
  }[status];
  return sql`(not is_protected and (${search} = '' or name collate "sv-x-icu" ilike ${pattern}) and ${byStatus})`;
}
