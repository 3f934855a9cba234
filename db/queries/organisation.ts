import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { account } from '../schema/access.ts';
import { importBatch, person } from '../schema/organisation.ts';

/** Holds other imports off until the transaction ends: each plans from what the one before left. */
export async function lockImports(db: Executor): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund import'))`);
}

/** Keeps the planner's picture of the tables true after large changes, within the transaction. */
export async function refreshStatistics(db: Executor): Promise<void> {
  await db.execute(sql`analyze unit, unit_period, person, employment, completion`);
}

/** Remembers a file that went in. Gives back its id. */
export async function insertImportBatch(db: Executor, row: typeof importBatch.$inferInsert): Promise<number> {
  const [made] = await db.insert(importBatch).values(row).returning({ id: importBatch.id });
  if (!made) throw new Error('an insert without conflict returns its row');
  return made.id;
}

/** Whether anyone has ever been employed: until then the tree is being set up and has no history. */
export async function hasEmployments(db: Executor): Promise<boolean> {
  const rows = await db.execute(sql`select from employment limit 1`);
  return rows.length > 0;
}

export interface UnitRecord {
  periodId: number;
  code: string;
  name: string;
  kind: 'municipality' | 'department' | 'division' | 'team';
  parentCode: string | null;
  from: string | null;
  until: string | null;
}

/** The units of the tree on a day. */
export async function listUnits(db: Executor, day: string): Promise<UnitRecord[]> {
  const rows = await db.execute<UnitRecord & Record<string, unknown>>(sql`
    select p.id as "periodId", u.code, p.name, p.kind, parent.code as "parentCode",
           lower(p.valid)::text as "from", upper(p.valid)::text as "until"
    from unit_period p
    join unit u on u.id = p.unit_id
    left join unit parent on parent.id = p.parent_id
    where p.valid @> ${day}::date
    order by u.code`);
  return [...rows];
}

/** Every code there has ever been. */
export async function listUnitCodes(db: Executor): Promise<string[]> {
  const rows = await db.execute<{ code: string }>(sql`select code from unit`);
  return rows.map(({ code }) => code);
}

/** The first day after `day` that a unit changes on, by its code. */
export async function listLaterUnitChanges(db: Executor, day: string): Promise<Map<string, string>> {
  const rows = await db.execute<{ code: string; from: string }>(sql`
    select u.code, min(lower(p.valid))::text as "from"
    from unit_period p join unit u on u.id = p.unit_id
    where lower(p.valid) > ${day}::date
    group by u.code`);
  return new Map(rows.map(({ code, from }) => [code, from]));
}

/** Codes of the units where someone is employed on the day or later. */
export async function listStaffedUnits(db: Executor, day: string): Promise<Set<string>> {
  const rows = await db.execute<{ code: string }>(sql`
    select u.code from unit u
    where exists (select from employment e
                  where e.unit_id = u.id and (upper_inf(e.valid) or upper(e.valid) > ${day}::date))`);
  return new Set(rows.map(({ code }) => code));
}

interface PeriodRow {
  code: string;
  name: string;
  kind: UnitRecord['kind'];
  parentCode: string | null;
}

/** Carries out the changes to the tree: what is removed and ended first, so that nothing overlaps. */
export async function applyUnitChanges(
  db: Executor,
  changes: {
    newPeriods: (PeriodRow & { from: string | null; until: string | null })[];
    endPeriods: { periodId: number; until: string }[];
    correctPeriods: (PeriodRow & { periodId: number })[];
    removePeriods: number[];
  },
): Promise<void> {
  await db.execute(sql`
    insert into unit (code)
    select code from jsonb_to_recordset(${json(changes.newPeriods)}) as r (code text)
    on conflict do nothing`);
  await db.execute(sql`
    delete from unit_period
    where id in (select value::int from jsonb_array_elements(${json(changes.removePeriods)}))`);
  await db.execute(sql`
    update unit_period p set valid = daterange(lower(p.valid), r.until)
    from jsonb_to_recordset(${json(changes.endPeriods)}) as r ("periodId" int, until date)
    where p.id = r."periodId"`);
  await db.execute(sql`
    update unit_period p set name = r.name, kind = r.kind, parent_id = parent.id
    from jsonb_to_recordset(${json(changes.correctPeriods)})
           as r ("periodId" int, name text, kind unit_kind, "parentCode" text)
    left join unit parent on parent.code = r."parentCode"
    where p.id = r."periodId"`);
  await db.execute(sql`
    insert into unit_period (unit_id, parent_id, kind, name, valid)
    select u.id, parent.id, r.kind, r.name, daterange(r."from", r.until)
    from jsonb_to_recordset(${json(changes.newPeriods)})
           as r (code text, name text, kind unit_kind, "parentCode" text, "from" date, until date)
    join unit u on u.code = r.code
    left join unit parent on parent.code = r."parentCode"`);
}

export interface PersonRecord {
  id: string;
  employeeNumber: string | null;
  name: string;
  email: string | null;
  isProtected: boolean;
}

export interface EmploymentRecord {
  id: number;
  unitCode: string;
  title: string;
  isManager: boolean;
  from: string;
  until: string | null;
}

/** Everyone, with all employments in order of their first day. */
export async function listStaff(
  db: Executor,
): Promise<(PersonRecord & { employments: EmploymentRecord[] })[]> {
  const people = await db.execute<PersonRecord & Record<string, unknown>>(sql`
    select id, employee_number as "employeeNumber", name, email, is_protected as "isProtected"
    from person`);
  const employments = await db.execute<{ personId: string } & EmploymentRecord & Record<string, unknown>>(sql`
    select e.id::float8 as id, e.person_id as "personId", u.code as "unitCode", e.title,
           e.is_manager as "isManager", lower(e.valid)::text as "from", upper(e.valid)::text as "until"
    from employment e join unit u on u.id = e.unit_id
    order by lower(e.valid), e.id`);
  const all = new Map(
    people.map((person) => [person.id, { ...person, employments: [] as EmploymentRecord[] }]),
  );
  for (const { personId, ...employment } of employments) all.get(personId)?.employments.push(employment);
  return [...all.values()];
}

/** Carries out the changes to people and employments. Employments shrink before any grows: no moment has an overlap. */
export async function applyStaffChanges(
  db: Executor,
  changes: {
    newPeople: PersonRecord[];
    changedPeople: PersonRecord[];
    newEmployments: (Omit<EmploymentRecord, 'id'> & { personId: string })[];
    changedEmployments: EmploymentRecord[];
    removedEmployments: number[];
  },
): Promise<void> {
  const record = sql`(id uuid, "employeeNumber" text, name text, email text, "isProtected" boolean)`;
  await db.execute(sql`
    insert into person (id, employee_number, name, email, is_protected)
    select id, "employeeNumber", name, email, "isProtected"
    from jsonb_to_recordset(${json(changes.newPeople)}) as r ${record}`);
  await db.execute(sql`
    update person p set employee_number = r."employeeNumber", name = r.name, email = r.email,
                        is_protected = r."isProtected"
    from jsonb_to_recordset(${json(changes.changedPeople)}) as r ${record}
    where p.id = r.id`);
  await db.execute(sql`
    delete from employment
    where id in (select value::bigint from jsonb_array_elements(${json(changes.removedEmployments)}))`);

  const changed = json(changes.changedEmployments);
  const period = sql`daterange(r."from", r.until)`;
  await db.execute(sql`
    update employment e set valid = e.valid * ${period}
    from jsonb_to_recordset(${changed}) as r (id bigint, "from" date, until date)
    where e.id = r.id and not e.valid <@ ${period} and not e.valid @> ${period}`);
  for (const order of [sql`e.valid @> ${period}`, sql`true`]) {
    await db.execute(sql`
      update employment e set valid = ${period}, title = r.title, is_manager = r."isManager"
      from jsonb_to_recordset(${changed})
             as r (id bigint, title text, "isManager" boolean, "from" date, until date)
      where e.id = r.id and ${order}
        and (e.valid, e.title, e.is_manager) is distinct from (${period}, r.title, r."isManager")`);
  }
  await db.execute(sql`
    insert into employment (person_id, unit_id, title, is_manager, valid)
    select r."personId", u.id, r.title, r."isManager", ${period}
    from jsonb_to_recordset(${json(changes.newEmployments)})
           as r ("personId" uuid, "unitCode" text, title text, "isManager" boolean, "from" date, until date)
    join unit u on u.code = r."unitCode"`);
}

function json(value: unknown) {
  return sql`${JSON.stringify(value)}::jsonb`;
}

/** The person with an employee number, or those with an e-mail whatever its case; and whether they can sign in. */
export async function findPeople(
  db: Executor,
  key: { employeeNumber: string } | { email: string },
): Promise<{ id: string; name: string; isProtected: boolean; hasAccount: boolean }[]> {
  const isSame =
    'employeeNumber' in key
      ? sql`p.employee_number = ${key.employeeNumber}`
      : sql`lower(p.email) = lower(${key.email})`;
  const rows = await db.execute<{ id: string; name: string; isProtected: boolean; hasAccount: boolean }>(sql`
    select p.id, p.name, p.is_protected as "isProtected",
           exists (select from account a where a.person_id = p.id) as "hasAccount"
    from person p where ${isSame}`);
  return [...rows];
}

/** Adds a person whom the HR system does not know. Gives back the id. */
export async function insertPerson(db: Executor, row: { name: string; email: string }): Promise<string> {
  const [made] = await db
    .insert(person)
    .values({ ...row, isProtected: false })
    .returning({ id: person.id });
  if (!made) throw new Error('an insert without conflict returns its row');
  return made.id;
}

/** Adds an account. */
export async function insertAccount(
  db: Executor,
  row: Pick<typeof account.$inferInsert, 'personId' | 'email' | 'role' | 'passwordHash'>,
): Promise<void> {
  await db.insert(account).values(row);
}
