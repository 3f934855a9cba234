import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Connection, type Database } from '#db/client.ts';
import { mergeIndicatorChanges, readFactsVersions } from '#db/queries/facts-version.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, employ, hire, requireModules, TODAY, voidCompletion } from '../support/staff.ts';
import { currentVersionId, publishSampleCourse } from '../support/training.ts';

const DAYS = ['2022-12-31', '2023-12-31', '2025-12-31', TODAY];

let database: TestDatabase;
let other: Connection;
let team: number;
beforeAll(async () => {
  database = await createTestDatabase();
  other = connect(database.url, { max: 1, lockTimeout: 300 });
  await publishSampleCourse(database.db);
  await requireModules(database.db, ['grundkurs']);
  team = await addUnit(database.db, 'TEAM', 'municipality');
});
afterAll(async () => {
  await other.close();
  await database.drop();
});

let versions: Map<string, string>;
beforeEach(async () => {
  versions = await readFactsVersions(database.db, DAYS);
});

/** The days whose version is no longer that of the beginning of the test. */
async function changed(): Promise<string[]> {
  const now = await readFactsVersions(database.db, DAYS);
  return DAYS.filter((day) => now.get(day) !== versions.get(day));
}

/** A transaction that has done its work and waits. */
async function leaveOpen(work: (db: Database) => Promise<unknown>) {
  const [ready, isReady] = signal();
  const [finish, finishNow] = signal();
  const done = other.db.transaction(async (tx) => {
    await work(tx as unknown as Database);
    isReady();
    await finish;
  });
  await Promise.race([ready, done]);
  return async () => {
    finishNow();
    await done;
  };
}

function signal(): [Promise<void>, () => void] {
  const { promise, resolve } = Promise.withResolvers<void>();
  return [promise, resolve];
}

describe('The version of the facts', () => {
  test('stays while nothing changes', async () => {
    expect(await changed()).toEqual([]);
  });

  test('changes from the month on in which a change can show', async () => {
    const { db } = database;
    const cases: [string, () => Promise<unknown>, string[]][] = [
      ['someone who begins in 2024', () => hire(db, team, { valid: '[2024-05-05,)' }), DAYS.slice(2)],
      ['someone of long ago', () => hire(db, team, { valid: '[2001-01-01,)' }), DAYS],
      [
        'a completion of 2023',
        async () => complete(db, await personOf(db), 'grundkurs', '2023-05-05'),
        DAYS.slice(1),
      ],
      [
        'the voiding of a completion of 2023',
        async () => {
          const [row] = await database.sql<{ id: string }[]>`
            select id from completion where completed_on = '2023-05-05'`;
          await voidCompletion(db, row!.id);
        },
        DAYS.slice(1),
      ],
      [
        'an employment that ends this month',
        () =>
          database.sql`update employment set valid = daterange(lower(valid), ${TODAY}) where upper_inf(valid)`,
        [TODAY],
      ],
      [
        'an employment that should have ended in 2023',
        () =>
          database.sql`update employment set valid = daterange(lower(valid), '2023-02-01') where lower(valid) = '2001-01-01'`,
        DAYS.slice(1),
      ],
      [
        'another title since 2024',
        () => database.sql`update employment set title = 'kock' where lower(valid) = '2024-05-05'`,
        DAYS.slice(2),
      ],
      [
        'an employment taken away',
        () => database.sql`delete from employment where lower(valid) = '2024-05-05'`,
        DAYS.slice(2),
      ],
      [
        'a target',
        () => database.sql`insert into target (unit_id, year, percent) values (${team}, 2025, 40)`,
        DAYS,
      ],
      ['a new unit', () => addUnit(db, 'NEW', 'department', team), DAYS],
      [
        'another name',
        () => database.sql`update unit_period set name = 'Nytt' where unit_id = ${team}`,
        DAYS,
      ],
      ['a rule', () => database.sql`update requirement set validity_months = 24`, DAYS],
      [
        'a version that is a new requirement',
        async () => database.sql`
          insert into version_requirement (module_version_id, older_count_until, reason)
          values (${await currentVersionId(db, 'grundkurs')}, '2026-12-31', 'prov')`,
        DAYS,
      ],
      [
        'its withdrawal since 2024',
        () => database.sql`
          insert into version_requirement_withdrawal (version_requirement_id, withdrawn_on, reason)
          select id, '2024-05-05', 'prov' from version_requirement`,
        DAYS.slice(2),
      ],
    ];
    for (const [change, make, days] of cases) {
      versions = await readFactsVersions(db, DAYS);
      await make();
      expect([change, await changed()]).toEqual([change, days]);
    }
  });

  test('changes when an open transaction ends, not when it writes', async () => {
    const person = await hire(database.db, team);
    versions = await readFactsVersions(database.db, DAYS);
    const finish = await leaveOpen((tx) => complete(tx, person, 'grundkurs', '2023-01-01'));
    expect(await changed()).toEqual([]);
    await finish();
    expect(await changed()).toEqual(DAYS.slice(1));
  });

  test('does not come back when a transaction is undone and another one is done instead', async () => {
    const person = await hire(database.db, team);
    versions = await readFactsVersions(database.db, DAYS);
    const undo = new Error('undo');
    await database.db
      .transaction(async (tx) => {
        await complete(tx as unknown as Database, person, 'grundkurs', '2023-02-02');
        throw undo;
      })
      .catch((error: unknown) => expect(error).toBe(undo));
    expect(await changed()).toEqual([]);
    await complete(database.db, person, 'grundkurs', '2023-02-02');
    expect(await changed()).toEqual(DAYS.slice(1));
  });

  test('lets submissions pass each other, also those of the same day', async () => {
    const [one, two] = [await hire(database.db, team), await hire(database.db, team)];
    const finish = await leaveOpen((tx) => complete(tx, one, 'grundkurs', '2026-06-01'));
    const waiting = connect(database.url, { max: 1, lockTimeout: 300 });
    try {
      await complete(waiting.db, two, 'grundkurs', '2026-06-01');
      await employ(waiting.db, one, await addUnit(waiting.db, 'BESIDE', 'department', team));
    } finally {
      await waiting.close();
      await finish();
    }
  });

  test('is that of one moment within a transaction that sees one moment', async () => {
    const person = await hire(database.db, team);
    await other.db.transaction(
      async (tx) => {
        const before = await readFactsVersions(tx, DAYS);
        await complete(database.db, person, 'grundkurs', '2022-03-03');
        expect(await readFactsVersions(tx, DAYS)).toEqual(before);
      },
      { isolationLevel: 'repeatable read' },
    );
    expect(await changed()).toEqual(DAYS);
  });

  test('stays when the marks are put together, and still changes with those that came meanwhile', async () => {
    const { db } = database;
    const person = await hire(db, team);
    for (const day of ['2023-03-01', '2023-03-02', '2023-03-03'])
      await complete(db, person, 'grundkurs', day);
    versions = await readFactsVersions(db, DAYS);
    const finish = await leaveOpen((tx) => complete(tx, person, 'grundkurs', '2023-03-04'));
    await mergeIndicatorChanges(db);
    expect(await changed()).toEqual([]);
    const months = sql`select count(*)::int as rows, count(distinct since)::int as months from indicator_change`;
    const [kept] = await db.execute<{ rows: number; months: number }>(months);
    expect(kept?.rows).toBe(kept?.months);
    await finish();
    expect(await changed()).toEqual(DAYS.slice(1));
    versions = await readFactsVersions(db, DAYS);
    await Promise.all([
      mergeIndicatorChanges(db),
      mergeIndicatorChanges(db),
      mergeIndicatorChanges(other.db),
    ]);
    expect(await changed()).toEqual([]);
  });
});

async function personOf(db: Database): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`select id from person limit 1`);
  return row!.id;
}
