import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { findPostmaster } from '#db/embedded/process.ts';
import { openEmbedded } from '#db/embedded.ts';
import { Installations, openInProcess } from '../support/embedded-process.ts';

/** `KILL_ROUNDS=100` for the long run. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);

/** One installation, which every test leaves stopped. */
const installations = new Installations();
let dataDir: string;
beforeAll(async () => {
  dataDir = join(await installations.create(), '.data');
});
afterAll(() => installations.removeAll());

async function answers(url: string): Promise<boolean> {
  const { sql, close } = connect(url, { max: 1, connectTimeout: 2 });
  return sql`select 1`
    .then(
      () => true,
      () => false,
    )
    .finally(() => close());
}

test('Two processes that start at the same moment share one server, and the last one out stops it', async () => {
  const [one, other] = await Promise.all([openInProcess(dataDir), openInProcess(dataDir)]);
  expect(one.postmaster).toBeGreaterThan(0);
  expect(other.postmaster).toBe(one.postmaster);
  await one.close();
  expect(await answers(other.url)).toBe(true);
  await other.close();
  expect(existsSync(join(other.data, 'postmaster.pid'))).toBe(false);
  expect(await answers(other.url)).toBe(false);
});

test('A server whose starter was killed is joined by the next start, and stopped by it', async () => {
  const killed = await openInProcess(dataDir);
  await killed.kill();
  expect(await answers(killed.url)).toBe(true);
  const next = await openInProcess(dataDir);
  expect(next.postmaster).toBe(killed.postmaster);
  await next.close();
  expect(await answers(next.url)).toBe(false);
});

test('Everything killed at once: the next start does as if nothing had happened', async () => {
  const killed = await openInProcess(dataDir);
  process.kill(killed.postmaster, 'SIGKILL');
  await killed.kill();
  expect(existsSync(join(killed.data, 'postmaster.pid'))).toBe(true);
  const next = await openInProcess(dataDir);
  expect(next.postmaster).not.toBe(killed.postmaster);
  expect(await answers(next.url)).toBe(true);
  await next.close();
});

test.skipIf(process.platform === 'win32')(
  'A left-over note with the number of a process that is somebody else now does not stop the start',
  async () => {
    const killed = await openInProcess(dataDir);
    process.kill(killed.postmaster, 'SIGKILL');
    await killed.kill();
    // Of the same user, so that PostgreSQL by itself would take it for the running server.
    const { uid, gid } = statSync(killed.data);
    const stranger = spawn('sleep', ['600'], process.getuid?.() === 0 ? { uid, gid, cwd: '/' } : {});
    for (const file of [join(killed.data, 'postmaster.pid'), socketLock(killed.url)]) {
      const lines = (await readFile(file, 'utf8')).split('\n');
      await writeFile(file, [stranger.pid, ...lines.slice(1)].join('\n'));
    }
    const next = await openInProcess(dataDir);
    expect(await answers(next.url)).toBe(true);
    await next.close();
    expect(stranger.exitCode).toBe(null);
    stranger.kill();
  },
);

test('A server that is killed while in use comes back at the same address', async () => {
  const embedded = await openEmbedded({ dataDir, database: 'probe' });
  const { pid } = (await findPostmaster(embedded.place.data))!;
  process.kill(pid, 'SIGKILL');
  const deadline = performance.now() + 30_000;
  while (!(await answers(embedded.url)) && performance.now() < deadline) await delay(50);
  expect(await answers(embedded.url)).toBe(true);
  expect((await findPostmaster(embedded.place.data))?.pid).not.toBe(pid);
  await embedded.close();
});

test(
  `Every row that was acknowledged is there after kill -9 of the server, ${ROUNDS} times`,
  async () => {
    const embedded = await openEmbedded({ dataDir, database: 'probe' });
    const { sql, close } = connect(embedded.url, { max: 4 });
    await sql`create table fact (id bigint primary key)`;
    const acknowledged: number[] = [];
    let last = 0;
    let isDone = false;
    const write = async () => {
      while (!isDone) {
        const id = (last += 1);
        await sql`insert into fact (id) values (${id})`.then(
          () => acknowledged.push(id),
          () => delay(10),
        );
      }
    };
    const writers = [write(), write(), write(), write()];
    for (let round = 0; round < ROUNDS; round += 1) {
      // The writers find their way back by themselves after each kill.
      const before = acknowledged.length;
      while (acknowledged.length < before + 100) await delay(1);
      process.kill((await findPostmaster(embedded.place.data))!.pid, 'SIGKILL');
    }
    const before = acknowledged.length;
    while (acknowledged.length < before + 100) await delay(1);
    isDone = true;
    await Promise.all(writers);
    const stored = new Set((await sql<{ id: string }[]>`select id from fact`).map(({ id }) => Number(id)));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(100 * ROUNDS);
    await close();
    await embedded.close();
  },
  60_000 + ROUNDS * 10_000,
);

function socketLock(url: string): string {
  return join(new URL(url).searchParams.get('host')!, '.s.PGSQL.5432.lock');
}
