import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completion, completionCorrection } from '#db/schema/training.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, employ, hire, requireModules, voidCompletion } from '../support/staff.ts';

let database: TestDatabase;
let personId: string;
let units: [number, number];
let completionId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await requireModules(db, ['grundkurs']);
  const top = await addUnit(db, 'K', 'municipality');
  units = [await addUnit(db, 'A', 'team', top), await addUnit(db, 'B', 'team', top)];
  personId = await hire(db, units[0], { valid: '[2020-01-01,2022-01-01)' });
  completionId = await complete(db, personId, 'grundkurs', '2021-06-01');
  await voidCompletion(db, completionId);
});
afterAll(() => database.drop());

/** The code PostgreSQL refuses with, or null when it does not. */
async function refusal(statement: Promise<unknown>): Promise<string | null> {
  try {
    await statement;
    return null;
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    return cause?.code ?? code ?? 'no code';
  }
}

const RESTRICTED = '23001';
const OVERLAP = '23P01';
const REFERENCED = '23503';
const CHECK = '23514';
const TWICE = '23505';

describe('facts are only added', () => {
  const facts = [
    'attempt',
    'completion',
    'completion_correction',
    'module_version',
    'employment_change',
    'unit_period_change',
    'list_look',
    'list_look_person',
    'version_requirement',
    'version_requirement_withdrawal',
    'rule_change',
    'fixed_year',
    'fixed_figure',
    'attendance',
    'notification_try',
    'shipped_left',
  ];

  test.each(facts)('%s can be neither changed, deleted nor emptied', async (table) => {
    const { sql: query } = database;
    const [column] = await query<{ name: string }[]>`
      select column_name as name from information_schema.columns
      where table_name = ${table} and is_identity = 'NO' order by ordinal_position desc limit 1`;
    const name = column!.name;
    expect(await refusal(query`update ${query(table)} set ${query(name)} = ${query(name)}`)).toBe(RESTRICTED);
    expect(await refusal(query`delete from ${query(table)}`)).toBe(RESTRICTED);
    expect(await refusal(query`truncate ${query(table)} cascade`)).toBe(RESTRICTED);
  });

  test('not even where replication is pretended, which switches ordinary triggers off', async () => {
    const work = database.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`delete from completion`;
    });
    // Without superuser rights the setting itself is refused, which will do as well.
    expect(['42501', RESTRICTED]).toContain(await refusal(work));
  });

  test('and a person or module with completions cannot be deleted', async () => {
    expect(await refusal(database.sql`delete from person where id = ${personId}`)).toBe(REFERENCED);
    expect(await refusal(database.sql`delete from module where slug = 'grundkurs'`)).toBe(REFERENCED);
  });
});

describe('a completion', () => {
  const fact = {
    moduleSlug: 'grundkurs',
    method: 'import' as const,
    rule: 'import-1',
    completedAt: new Date('2021-06-30T22:30:00Z'),
  };

  test('has the day it was in Stockholm, not in UTC', async () => {
    const { db } = database;
    expect(
      await refusal(db.insert(completion).values({ ...fact, personId, completedOn: '2021-06-30' })),
    ).toBe(CHECK);
    expect(
      await refusal(db.insert(completion).values({ ...fact, personId, completedOn: '2021-07-01' })),
    ).toBeNull();
  });

  test('is imported once for a person, module and day', async () => {
    expect(await refusal(complete(database.db, personId, 'grundkurs', '2021-06-01'))).toBe(TWICE);
  });

  test('is voided once', async () => {
    const again = database.db.insert(completionCorrection).values({ completionId, reason: 'en gång till' });
    expect(await refusal(again)).toBe(TWICE);
  });
});

describe('periods', () => {
  test('of one person in one unit never overlap, but may meet', async () => {
    const { db } = database;
    expect(await refusal(employ(db, personId, units[0], { valid: '[2021-12-31,2023-01-01)' }))).toBe(OVERLAP);
    expect(await refusal(employ(db, personId, units[0], { valid: '[2022-01-01,2023-01-01)' }))).toBeNull();
    expect(await refusal(employ(db, personId, units[1], { valid: '[2021-01-01,2023-01-01)' }))).toBeNull();
  });

  test('of an employment have a first day and are not empty', async () => {
    const { db } = database;
    expect(await refusal(employ(db, personId, units[1], { valid: '(,2019-01-01)' }))).toBe(CHECK);
    expect(await refusal(employ(db, personId, units[1], { valid: 'empty' }))).toBe(CHECK);
  });

  test('of one unit never overlap, and only a municipality has nothing above it', async () => {
    const { sql: query } = database;
    const insert = (kind: string, parentId: number | null, valid: string) =>
      query`insert into unit_period (unit_id, parent_id, kind, name, valid)
            values (${units[0]}, ${parentId}, ${kind}::unit_kind, 'X', ${valid}::daterange)`;
    expect(await refusal(insert('team', units[1], '[2030-01-01,)'))).toBe(OVERLAP);
    expect(await refusal(insert('team', null, '[2000-01-01,2001-01-01)'))).toBe(CHECK);
    expect(await refusal(insert('municipality', units[1], '[2000-01-01,2001-01-01)'))).toBe(CHECK);
    expect(await refusal(insert('team', units[0], '[2000-01-01,2001-01-01)'))).toBe(CHECK);
  });
});

describe('a change', () => {
  test('of an employment or of a unit is remembered as it was and as it became', async () => {
    const { db } = database;
    await db.execute(
      sql`update employment set title = 'rektor' where person_id = ${personId} and unit_id = ${units[1]}`,
    );
    await db.execute(sql`update unit_period set name = 'Nytt namn' where unit_id = ${units[1]}`);
    const [employment] = await db.execute(sql`
      select before ->> 'title' as was, after ->> 'title' as "is" from employment_change order by id desc limit 1`);
    const [unit] = await db.execute(sql`
      select before ->> 'name' as was, after ->> 'name' as "is" from unit_period_change order by id desc limit 1`);
    expect(employment).toEqual({ was: 'lärare', is: 'rektor' });
    expect(unit).toEqual({ was: 'Enhet B', is: 'Nytt namn' });
  });

  test('of a rule is remembered with the one who made it', async () => {
    const { db } = database;
    await db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('trygg_grund.person_id', ${personId}, true)`);
      await tx.execute(sql`update requirement set validity_months = 36`);
    });
    await db.execute(sql`delete from requirement`);
    const changes = await db.execute(sql`
      select table_name as "table", changed_by as "by", before ->> 'validity_months' as was,
        after ->> 'validity_months' as "is"
      from rule_change order by id`);
    expect([...changes]).toEqual([
      { table: 'requirement', by: personId, was: null, is: '36' },
      { table: 'requirement', by: null, was: '36', is: null },
    ]);
  });

  test('that deletes an employment is remembered too', async () => {
    const { db } = database;
    const someone = await hire(db, units[1]);
    await db.execute(sql`delete from employment where person_id = ${someone}`);
    const [row] = await db.execute(sql`
      select before ->> 'person_id' as who, after from employment_change order by id desc limit 1`);
    expect(row).toEqual({ who: someone, after: null });
  });
});
