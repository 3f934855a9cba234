import { sql, type SQL } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { listLook, listLookPerson } from '../schema/access.ts';
import type { unitKind } from '../schema/organisation.ts';

export interface ManagedUnit {
  id: number;
  code: string;
  name: string;
  kind: (typeof unitKind.enumValues)[number];
  /** Steps below the topmost unit that the person manages. */
  depth: number;
}

/** One person on a manager's list. Nothing but this may be known of a completion there (rule 9). */
export interface StaffStatus {
  personId: string;
  name: string;
  /** Employments of the day in the chosen unit and below. */
  jobs: { title: string; unit: string }[];
  /** The required courses, in a fixed order; `completedOn` null: not completed, or no longer valid. */
  courses: { slug: string; completedOn: string | null }[];
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

export interface StaffQuery {
  unitId: number;
  day: string;
  status: 'all' | 'missing' | 'completed';
  /** Part of a name; empty: everyone. */
  search: string;
}

const swedish = new Intl.Collator('sv', { numeric: true });

/**
 * The units a person manages on a day, by employments of that day, and all units below them in the
 * tree of that day. Each unit once, below the topmost one it belongs to, in tree order by name.
 */
export async function listManagedUnits(db: Executor, personId: string, day: string): Promise<ManagedUnit[]> {
  const rows = await db.execute<ManagedUnit & { path: string[] } & Record<string, unknown>>(sql`
    with recursive tree as (
      select p.unit_id, p.kind, p.name, 0 as depth, array[p.name, p.unit_id::text] as path
      from unit_period p
      where p.valid @> ${day}::date and p.unit_id in (
        select e.unit_id from employment e
        where e.person_id = ${personId} and e.is_manager and e.valid @> ${day}::date)
      union all
      select p.unit_id, p.kind, p.name, t.depth + 1, t.path || array[p.name, p.unit_id::text]
      from tree t join unit_period p on p.parent_id = t.unit_id and p.valid @> ${day}::date
    ), topmost as (
      select distinct on (unit_id) * from tree order by unit_id, depth desc
    )
    select u.id, u.code, t.name, t.kind, t.depth, t.path from topmost t join unit u on u.id = t.unit_id`);
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

/** The courses everyone must have on a day, with the title of their latest version. Same order as in `StaffStatus`. */
export async function listRequiredCourses(
  db: Executor,
  day: string,
): Promise<{ slug: string; title: string }[]> {
  const rows = await db.execute<{ slug: string; title: string }>(sql`
    select r.module_slug as slug, coalesce((
      select v.title from module_version v where v.module_slug = r.module_slug
      order by v.version desc limit 1), r.module_slug) as title
    from requirement r where r.valid @> ${day}::date order by r.module_slug`);
  return [...rows];
}

/** Counts the people employed in a unit and below on a day. Everyone counts once, whatever they are employed as. */
export async function countStaff(db: Executor, query: StaffQuery): Promise<StaffCounts> {
  const [row] = await db.execute<StaffCounts & Record<string, unknown>>(sql`
    ${staffOf(query)}
    select count(*)::int as "people",
      (count(*) filter (where is_completed))::int as "completed",
      (count(*) filter (where is_protected))::int as "protectedPeople",
      (count(*) filter (where is_completed and not is_protected))::int as "namedCompleted",
      (count(*) filter (where ${matches(query)}))::int as "matching"
    from staff`);
  if (!row) throw new Error('an aggregate without GROUP BY gives one row');
  return row;
}

/**
 * One page of the named people of a unit and below. People with protected identity are not among
 * them, whatever is searched for.
 */
export async function listStaff(
  db: Executor,
  query: StaffQuery,
  page: { sort: StaffSort; isDescending: boolean; limit: number; offset: number },
): Promise<StaffStatus[]> {
  const direction = page.isDescending ? sql`desc` : sql`asc`;
  const order = {
    name: sql`name collate "sv-x-icu" ${direction}`,
    status: sql`is_completed ${direction}, name collate "sv-x-icu"`,
    date: sql`last_on ${direction} nulls last, name collate "sv-x-icu"`,
  }[page.sort];
  const rows = await db.execute<StaffStatus & Record<string, unknown>>(sql`
    ${staffOf(query)}, page as (
      select row_number() over (order by ${order}, person_id) as place, person_id, name, courses
      from staff where ${matches(query)}
      order by place limit ${page.limit} offset ${page.offset}
    )
    select p.person_id as "personId", p.name, p.courses, (
      select jsonb_agg(jsonb_build_object('title', e.title, 'unit', n.name) order by n.name, e.title)
      from employment e
      join below b on b.unit_id = e.unit_id
      join unit_period n on n.unit_id = e.unit_id and n.valid @> ${query.day}::date
      where e.person_id = p.person_id and e.valid @> ${query.day}::date) as jobs
    from page p order by p.place`);
  return [...rows];
}

/** Records that a manager was shown a list, and who stood on it (rule 9). Both rows or none. */
export async function insertLook(
  tx: Transaction,
  look: { viewerId: string; unitId: number; personIds: readonly string[] },
): Promise<void> {
  const [row] = await tx
    .insert(listLook)
    .values({ viewerId: look.viewerId, unitId: look.unitId, purpose: 'required-courses' })
    .returning({ id: listLook.id });
  if (!row || look.personIds.length === 0) return;
  await tx.insert(listLookPerson).values(look.personIds.map((personId) => ({ lookId: row.id, personId })));
}

/** Everyone employed in the unit or below on the day, once, with their status for each required course. */
function staffOf({ unitId, day }: StaffQuery): SQL {
  return sql`
    with recursive below as (
      select ${unitId}::int as unit_id
      union
      select p.unit_id from below b join unit_period p on p.parent_id = b.unit_id and p.valid @> ${day}::date
    ), employed as (
      select distinct e.person_id from employment e join below b on b.unit_id = e.unit_id
      where e.valid @> ${day}::date
    ), required as (
      select module_slug, validity_months from requirement where valid @> ${day}::date
    ), valid_completion as (
      select c.person_id, r.module_slug, max(c.completed_on) as completed_on
      from employed e
      join completion c on c.person_id = e.person_id
      join required r on c.module_slug = r.module_slug and c.completed_on <= ${day}::date
        and (r.validity_months is null
          or c.completed_on + make_interval(months => r.validity_months) > ${day}::date)
      where not exists (select from completion_correction k where k.completion_id = c.id)
      group by c.person_id, r.module_slug
    ), staff as (
      select p.id as person_id, p.name, p.is_protected,
        coalesce(bool_and(v.completed_on is not null), false) as is_completed,
        max(v.completed_on) as last_on,
        coalesce(jsonb_agg(jsonb_build_object('slug', r.module_slug, 'completedOn', v.completed_on)
          order by r.module_slug) filter (where r.module_slug is not null), '[]') as courses
      from employed e
      join person p on p.id = e.person_id
      left join required r on true
      left join valid_completion v on v.person_id = p.id and v.module_slug = r.module_slug
      group by p.id
    )`;
}

function matches({ status, search }: StaffQuery): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const byStatus = { all: sql`true`, missing: sql`not is_completed`, completed: sql`is_completed` }[status];
  return sql`(not is_protected and ${byStatus}
    and (${search} = '' or name collate "sv-x-icu" ilike ${pattern}))`;
}
