import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { importBatch, unit } from '../schema/organisation.ts';
import { mailName } from './names.ts';
import type { DemoAccount } from './accounts.ts';
import type { PersonPlan } from './people.ts';
import type { UnitPlan } from './units.ts';

/** Writes units and their periods; gives back the id of each code. */
export async function writeUnits(db: Executor, units: UnitPlan[]): Promise<Map<string, number>> {
  const made = await db
    .insert(unit)
    .values(units.map(({ code }) => ({ code })))
    .returning({ id: unit.id, code: unit.code });
  const ids = new Map(made.map(({ id, code }) => [code, id]));
  const periods = units.flatMap(({ code, kind, closed, periods: steps }) =>
    steps.map(({ from, name, parent }, index) => ({
      unit_id: ids.get(code),
      parent_id: parent === null ? null : ids.get(parent),
      kind,
      name,
      valid: range(from, steps[index + 1]?.from ?? closed),
    })),
  );
  await insertRows(db, periods, 'unit_period', {
    unit_id: 'int4',
    parent_id: 'int4',
    kind: 'unit_kind',
    name: 'text',
    valid: 'daterange',
  });
  return ids;
}

/** Writes people and their employments. */
export async function writePeople(
  db: Executor,
  people: PersonPlan[],
  unitIds: Map<string, number>,
  accounts: DemoAccount[],
): Promise<void> {
  const accountMail = new Map(accounts.map(({ person, email }) => [person, email]));
  const persons = people.map((person) => ({
    id: person.id,
    employee_number: person.employeeNumber,
    name: `${person.given} ${person.surname}`,
    email: accountMail.get(person) ?? mailOf(person),
    is_protected: person.isProtected,
  }));
  await insertRows(db, persons, 'person', {
    id: 'uuid',
    employee_number: 'text',
    name: 'text',
    email: 'text',
    is_protected: 'bool',
  });
  const employments = people.flatMap(({ id, employments: all }) =>
    all.map(({ unit: place, title, isManager, from, until }) => ({
      person_id: id,
      unit_id: unitIds.get(place.code),
      title,
      is_manager: isManager,
      valid: range(from, until),
    })),
  );
  await insertRows(db, employments, 'employment', {
    person_id: 'uuid',
    unit_id: 'int4',
    title: 'text',
    is_manager: 'bool',
    valid: 'daterange',
  });
}

/** Writes the completions as one import of earlier training. */
export async function writeCompletions(
  db: Executor,
  rows: { id: string; personId: string; completedOn: string }[],
): Promise<void> {
  const [batch] = await db
    .insert(importBatch)
    .values({
      kind: 'completions',
      fileName: 'demodata',
      fileSha256: '0'.repeat(64),
      rows: rows.length,
      summary: { new: rows.length },
    })
    .returning({ id: importBatch.id });
  await db.execute(sql`
    insert into completion (id, person_id, module_slug, method, rule, completed_at, completed_on, import_id, source)
    select id, "personId", 'grundkurs', 'import', 'import-1',
           ("completedOn" + time '12:00') at time zone 'Europe/Stockholm', "completedOn",
           ${batch?.id}::int, 'Tidigare digital grundkurs (demodata)'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "personId" uuid, "completedOn" date)`);
}

function mailOf({ given, surname, employeeNumber, isProtected }: PersonPlan): string | null {
  return isProtected ? null : `${mailName(given, surname)}.${employeeNumber}@demo.test`;
}

function range(from: string, until: string | null): string {
  return `[${from},${until ?? ''})`;
}

const ROWS_AT_A_TIME = 10_000;

/** Inserts rows of one table as JSON, thousands to a statement. The names are those of columns, written here. */
export async function insertRows(
  db: Executor,
  rows: Record<string, unknown>[],
  table: string,
  columns: Record<string, string>,
): Promise<void> {
  const names: SQL = sql.join(
    Object.keys(columns).map((name) => sql.identifier(name)),
    sql`, `,
  );
  const types: SQL = sql.join(
    Object.entries(columns).map(([name, type]) => sql`${sql.identifier(name)} ${sql.identifier(type)}`),
    sql`, `,
  );
  for (let from = 0; from < rows.length; from += ROWS_AT_A_TIME) {
    const part = JSON.stringify(rows.slice(from, from + ROWS_AT_A_TIME));
    await db.execute(sql`
      insert into ${sql.identifier(table)} (${names})
      select ${names} from jsonb_to_recordset(${part}::jsonb) as r(${types})`);
  }
}
