import { sql } from 'drizzle-orm';
import type { Transaction } from '../client.ts';
import { mailName, NAME_PARTS } from './names.ts';
import { draw, uuidOf } from './scale-load.ts';

/** The demo accounts' people: in a unit's place number `slot`, 1 being its manager. */
export interface ScaleAccount {
  email: string;
  role: 'medarbetare' | 'samordnare' | 'redaktor' | 'admin';
  name: string;
  unit: string;
  slot: number;
}

export interface ScaleDays {
  /** The first day of the history. */
  first: string;
  /** The last day, on which exactly the people of the plan are employed. */
  last: string;
}

/** For each place, how many have left it during the history. */
const LEFT_PER_PLACE = 0.3;
const HERE_FROM_START = 0.45;
const MOVED = 0.12;
const SECOND_EMPLOYMENT = 0.015;
const OTHER_MUNICIPALITY = 0.001;
const PROTECTED = 0.003;

const n = sql`p.n`;

/**
 * Works out who is employed where and when, into the temporary tables `scale_person` and `scale_job` (days
 * counted from the first), from `scale_unit`. Chance is a hash of the person's number.
 */
export async function planPeople(
  tx: Transaction,
  { first, last }: ScaleDays,
  accounts: readonly ScaleAccount[],
): Promise<void> {
  await tx.execute(sql`
    create temp table scale_person on commit drop as
    with placed as (
      select u.*, slot.slot, u.before + slot.slot as n, slot.slot > u.people as has_left,
        a.email as account_email, a.name as account_name
      from (
        select *, sum(people + left_people) over (order by unit_id rows unbounded preceding)
          - people - left_people as before
        from (select *, round(people * ${LEFT_PER_PLACE}::float8)::int as left_people from scale_unit) sized
      ) u
      cross join generate_series(1, u.people + u.left_people) as slot (slot)
      left join jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
        as a (unit text, slot int, email text, name text) on a.unit = u.code and a.slot = slot.slot
    ), spanned as (
      select p.*, ${last}::date - ${first}::date as days,
        case when slot = 1 or account_email is not null or ${draw(n, 'start')} < case when has_left then 0.6 else ${HERE_FROM_START}::float8 end
          then -30 - floor(${draw(n, 'earlier')} ^ 2 * 9000)::int
          else floor(${draw(n, 'later')} * (${last}::date - ${first}::date) * case when has_left then 0.9 else 1 end)::int
        end as started
      from placed p
    )
    select n, code, unit_id, municipality, slot, pace, place, places, first_place, all_places,
      ${uuidOf(sql`'person ' || n`)} as id, account_email, account_name,
      not has_left and slot = 1 as is_manager,
      case when slot = 1 and not has_left then manager_title
        else titles[1 + floor(${draw(n, 'title')} * array_length(titles, 1))::int] end as title,
      account_email is null and ${draw(n, 'protected')} < ${PROTECTED}::float8 as is_protected,
      started,
      case when has_left then greatest(started, 0) + 30
        + floor(${draw(n, 'end')} * (days - greatest(started, 0) - 30))::int end as ended,
      days
    from spanned p`);
  await planJobs(tx);
}

/** The employments: of most people one, of some an earlier one, of a few one beside it. */
async function planJobs(tx: Transaction): Promise<void> {
  // Places are numbered through the teams of a municipality; steps of different length never meet.
  const team = (step: string) => sql.raw(`(p.first_place + (p.place + ${step}) % p.places)`);
  await tx.execute(sql`
    create temp table scale_job on commit drop as
    with choosing as materialized (
      select p.*, coalesce(ended, days + 1) as until, place is not null and account_email is null and not is_manager as can_choose,
        1 + floor(${draw(n, 'where')} * (places - 1))::int as step,
        floor(${draw(n, 'beside')} * (places - 2))::int as other
      from scale_person p
    ), chosen as (
      select p.*,
        case when can_choose and places > 1 and until - greatest(started, 0) > 90 and ${draw(n, 'moves')} < ${MOVED}::float8
          then greatest(started, 0) + 30 + floor(${draw(n, 'moved')} * (until - greatest(started, 0) - 60))::int end as moved,
        can_choose and places > 2 and ${draw(n, 'two')} < ${SECOND_EMPLOYMENT}::float8 as has_second,
        can_choose and all_places > places and ${draw(n, 'elsewhere')} < ${OTHER_MUNICIPALITY}::float8 as works_elsewhere
      from choosing p
    )
    select id as person_id, unit_id, title, is_manager, coalesce(moved, started) as started, ended from chosen
    union all
    select p.id, t.unit_id, p.title, false, p.started, p.moved
    from chosen p join scale_team t on t.place = ${team('p.step')} where p.moved is not null
    union all
    select p.id, t.unit_id, p.title, false, p.started + (p.until - p.started) / 2, p.ended
    from chosen p
    join scale_team t on t.place = ${team('1 + (p.step + p.other) % (p.places - 1)')} where p.has_second
    union all
    select p.id, t.unit_id, p.title, false, p.started + (p.until - p.started) / 2, p.ended
    from chosen p
    join scale_team t on t.place = (p.first_place + p.places
      + floor(${draw(n, 'which')} * (p.all_places - p.places))::int) % p.all_places
    where p.works_elsewhere`);
}

/** Writes people and employments, in the order in which they would have come. */
export async function writePeople(tx: Transaction, { first }: ScaleDays): Promise<void> {
  const { given, first: firstHalf, second } = NAME_PARTS;
  const parts = sql`
    (select ${textArray(given)} as given, ${textArray(firstHalf)} as first_half, ${textArray(second)} as second_half,
      ${textArray(given.map((name) => mailName(name, '')))} as given_mail,
      ${textArray(firstHalf.map((name) => mailName('', name).slice(1)))} as first_mail,
      ${textArray(second.map((name) => mailName('', name).slice(1)))} as second_mail) parts`;
  const pick = (purpose: string, items: readonly string[]) =>
    sql`[1 + floor(${draw(n, purpose)} * ${items.length}::int)::int]`;
  const [ofGiven, ofFirst, ofSecond] = [
    pick('given', given),
    pick('surname', firstHalf),
    pick('ending', second),
  ];
  await tx.execute(sql`
    insert into person (id, employee_number, name, email, is_protected, created_at)
    select p.id, 'M' || p.n,
      coalesce(p.account_name, given${ofGiven} || ' ' || first_half${ofFirst} || second_half${ofSecond}),
      case when not p.is_protected then coalesce(p.account_email,
        given_mail${ofGiven} || first_mail${ofFirst} || second_mail${ofSecond} || '.' || p.n || '@demo.test') end,
      p.is_protected, (${first}::date + greatest(p.started, 0)) + time '03:00'
    from scale_person p, ${parts}
    order by greatest(p.started, 0), p.n`);
  await tx.execute(sql`
    insert into employment (person_id, unit_id, title, is_manager, valid, recorded_at)
    select person_id, unit_id, title, is_manager,
      daterange(${first}::date + started, ${first}::date + ended),
      (${first}::date + greatest(started, 0)) + time '03:00'
    from scale_job
    order by greatest(started, 0), unit_id, person_id, started`);
}

function textArray(items: readonly string[]) {
  return sql`(select array_agg(value order by place) from jsonb_array_elements_text(${JSON.stringify(items)}::jsonb)
    with ordinality as item (value, place))`;
}
