import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Connection, type Transaction } from '#db/client.ts';
import { rateLimit } from '#db/schema/access.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let pool: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = connect(database.url, { max: 1 });
});
afterAll(async () => {
  await pool.close(1);
  await database.drop();
});

/** Ends the server's side of a transaction, as a crash of the database does. */
async function cutOff(tx: Transaction): Promise<void> {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  await database.db.execute(sql`select pg_terminate_backend(${row!.pid})`);
}

const insert = (tx: Transaction, key: string) =>
  tx.insert(rateLimit).values({ key, tokens: 1, updatedAt: new Date() });
const keys = async () => (await database.db.select().from(rateLimit)).map(({ key }) => key);
const isAlive = () =>
  pool.db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );

describe('A connection lost in the middle of a transaction', () => {
  test('fails the transaction, keeps nothing of it, and leaves the process and the pool alive', async () => {
    const broken = pool.db.transaction(async (tx) => {
      await insert(tx, 'broken');
      await cutOff(tx);
      await insert(tx, 'after');
    });
    await expect(broken).rejects.toThrow();
    expect(await keys()).toEqual([]);
    await expect.poll(isAlive).toBe(true);
  });

  test('sends nothing more, also when the work goes on later', async () => {
    let goOn = () => {};
    const later = new Promise<void>((resolve) => (goOn = resolve));
    let sent: Promise<unknown> = Promise.resolve();
    const broken = pool.db.transaction(async (tx) => {
      await cutOff(tx);
      await later;
      sent = insert(tx, 'too late').then(() => 'sent');
      await sent;
    });
    await expect(broken).rejects.toThrow();
    await expect.poll(isAlive).toBe(true);
    // The same connection is now someone else's.
    const other = pool.db.transaction(async (tx) => {
      await insert(tx, 'other');
      goOn();
      await delay(20);
      await insert(tx, 'other too');
    });
    await other;
    await expect(sent).rejects.toMatchObject({
      cause: { message: 'the connection of this transaction has closed' },
    });
    expect((await keys()).sort()).toEqual(['other', 'other too']);
  });

  test('is told apart from a statement that fails, which rolls back as ever', async () => {
    const failing = pool.db.transaction(async (tx) => {
      await insert(tx, 'rolled back');
      await tx.execute(sql`select 1/0`);
    });
    await expect(failing).rejects.toMatchObject({ cause: { code: '22012' } });
    await expect(
      pool.db.transaction(async (tx) => {
        await insert(tx, 'thrown away');
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await pool.db.transaction(async (tx) => {
      await insert(tx, 'kept');
      await expect(
        tx.transaction(async (inner) => {
          await insert(inner, 'inner');
          throw new Error('only this');
        }),
      ).rejects.toThrow('only this');
    });
    expect((await keys()).sort()).toEqual(['kept', 'other', 'other too']);
  });
});

test('A pool that heals has no errors left from a crash once its connections are back', async () => {
  const healing = connect(database.url, { max: 3, heals: true });
  const all = (work: () => Promise<unknown>) => Promise.all([1, 2, 3].map(work));
  const pids = await all(async () => {
    const [row] = await healing.sql`select pg_backend_pid() as pid, pg_sleep(0.05)`;
    return row!['pid'] as number;
  });
  expect(new Set(pids).size).toBe(3);
  for (const pid of pids) await database.db.execute(sql`select pg_terminate_backend(${pid})`);
  const back = async () => {
    const rows = await database.db.execute<{ pid: number; state: string }>(
      sql`select pid, state from pg_stat_activity where datname = current_database() and state = 'idle'
          and pid <> pg_backend_pid() and query like 'select 1%'`,
    );
    return rows.filter(({ pid }) => !pids.includes(pid)).length;
  };
  await expect.poll(back, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  await all(() => healing.sql`select pg_sleep(0.05)`);
  await healing.close(1);
});
