import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCurrentRelease } from '#db/queries/releases.ts';
import { rollBack } from '#src/features/releases/roll-back.server.ts';
import type { ReleaseInfo } from '#src/server/release-info.ts';
import { startSite, type SiteProcess } from '../kill/site-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startLoad } from '../support/load.ts';
import {
  currentDocument,
  insertEditors,
  insertPublication,
  readPublication,
  readerAddresses,
  withMark,
  type Editors,
} from '../support/publishing.ts';
import { removeFolder } from '../support/remove-folder.ts';

const PATIENCE_MS = 100_000;
const TIMEOUT_MS = 200_000;

let database: TestDatabase;
let editors: Editors;
const running = new Set<SiteProcess>();
const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'trygg-grund-node-')));

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await Promise.all([...running].map((node) => node.stop()));
  await database.drop();
  for (const folder of folders) await removeFolder(folder);
});

async function startNode(index: number, url = database.url): Promise<SiteProcess> {
  const node = await startSite(folders[index]!, { DATABASE_URL: url });
  running.add(node);
  return node;
}

async function end(node: SiteProcess, how: 'kill' | 'stop'): Promise<void> {
  running.delete(node);
  await node[how]();
}

const read = async (node: SiteProcess, path: string) =>
  (await fetch(`http://localhost:${node.port}${path}`)).text();
const served = async (node: SiteProcess) => JSON.parse(await read(node, '/api/release')) as ReleaseInfo;

/** Waits for something that a node does in its own time. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await delay(100);
  }
}

async function publishMark(mark: number): Promise<number> {
  const document = withMark(await currentDocument(database.db, 'del-1'), mark);
  return insertPublication(database.db, editors, document);
}

const shows = (node: SiteProcess, mark: number) => async () =>
  (await read(node, '/kurs/del-1/')).includes(`Läge ${mark}.`);

test(
  'Two nodes swap to what is published while people read, and no answer is wrong',
  { timeout: TIMEOUT_MS },
  async () => {
    const nodes = [await startNode(0), await startNode(1)];
    editors = await insertEditors(database.db);
    const first = await served(nodes[0]!);
    expect(await served(nodes[1]!)).toEqual(first);
    expect(first).toMatchObject({ id: 1, modules: { 'del-1': 1, grundkurs: 1 } });

    const load = startLoad(
      nodes.map(({ port }) => port),
      readerAddresses,
    );
    for (const mark of [1, 2]) {
      await publishMark(mark);
      for (const node of nodes) await until(shows(node, mark));
    }
    const { answered, wrong } = await load.stop();
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThan(200);
    for (const node of nodes) {
      expect(await served(node)).toMatchObject({ id: 3, modules: { 'del-1': 3, grundkurs: 3 } });
    }
    for (const node of nodes) await end(node, 'stop');
  },
);

test(
  'A node that is killed while it publishes leaves the site as it was, and the next one goes on',
  { timeout: TIMEOUT_MS },
  async () => {
    const before = await findCurrentRelease(database.db);
    const node = await startNode(0);
    const id = await publishMark(3);
    await until(async () => (await readPublication(database.db, id)).step === 'build');
    await delay(500);
    await end(node, 'kill');
    expect(await findCurrentRelease(database.db)).toEqual(before);
    expect(await readPublication(database.db, id)).toMatchObject({ state: 'building', step: 'build' });
    await until(async () => processesIn(folders[0]!).length === 0);

    const other = await startNode(1);
    expect(await shows(other, 2)()).toBe(true);
    await until(shows(other, 3));
    expect((await readPublication(database.db, id)).state).toBe('published');

    const again = await startNode(0);
    expect(await served(again)).toEqual(await served(other));
    expect(await shows(again, 3)()).toBe(true);
    await until(async () => readdirSync(join(folders[0]!, 'site', 'work')).length === 0);

    expect(await rollBack('cli', null, 'Åter')).toMatchObject({ kind: 'restored' });
    for (const one of [again, other]) await until(shows(one, 2));
    const last = await served(again);
    for (const one of [again, other]) await end(one, 'stop');

    const alone = await startNode(0, 'postgres://nobody:nothing@localhost:1/nowhere');
    expect(await shows(alone, 2)()).toBe(true);
    expect(await served(alone)).toEqual(last);
    expect((await fetch(`http://localhost:${alone.port}/logga-in`)).status).not.toBe(404);
  },
);

/** The processes that work in a folder, where the system tells. */
function processesIn(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    });
}
