import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connection } from '#db/client.ts';
import { stopPostmaster } from '#db/embedded/process.ts';
import { openEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { closeDb } from '#src/lib/database.ts';
import { removeFolder } from './remove-folder.ts';

const FOLDER_PREFIX = 'trygg-grund-test-';
const TEMPLATE = 'trygg_grund_template';

/** Nothing in these databases outlives the run, so nothing waits for the disk. */
const FAST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '100',
  shared_buffers: '128MB',
};

export interface TestDatabase extends Connection {
  url: string;
  /** Closes every connection and removes the database. */
  drop(): Promise<void>;
}

/**
 * The server for one test run with a migrated template database: `TEST_DATABASE_URL` (a role that may
 * create databases) or an embedded one of its own. Tells the workers through the environment.
 */
export async function startTestServer(): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given
    ? { ownerUrl: given, url: given, stop: async () => undefined }
    : await startOwnServer();
  const template = `${TEMPLATE}_${randomBytes(4).toString('hex')}`;
  const role = new URL(server.url).username;
  await onServer(server.ownerUrl, ({ sql }) => sql`create database ${sql(template)} owner ${sql(role)}`);
  await migrate(withDatabase(server.url, template));
  process.env['TEST_SERVER_URL'] = server.ownerUrl;
  process.env['TEST_APP_URL'] = server.url;
  process.env['TEST_TEMPLATE'] = template;
  return async () => {
    await onServer(server.ownerUrl, ({ sql }) => sql`drop database if exists ${sql(template)} with (force)`);
    await server.stop();
  };
}

/**
 * A database of its own with all tables and no rows. `getDb()` opens the newest one of this process.
 * Drop it when the tests of the file are done.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_SERVER_URL'];
  const appUrl = process.env['TEST_APP_URL'];
  const template = process.env['TEST_TEMPLATE'];
  if (!serverUrl || !appUrl || !template)
    throw new Error('No test server: this test must run in the integration project');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const role = new URL(appUrl).username;
  await onServer(
    serverUrl,
    ({ sql }) => sql`create database ${sql(name)} template ${sql(template)} owner ${sql(role)}`,
  );
  const url = withDatabase(appUrl, name);
  const connection = connect(url);
  await closeDb();
  process.env['DATABASE_URL'] = url;
  return {
    ...connection,
    url,
    drop: async () => {
      await connection.close(1);
      if (process.env['DATABASE_URL'] === url) {
        await closeDb();
        delete process.env['DATABASE_URL'];
      }
      await onServer(serverUrl, ({ sql }) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

async function startOwnServer() {
  await removeAbandonedServers();
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  // Started as root, the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711);
  const embedded = await openEmbedded({ dataDir: folder, database: 'postgres', settings: FAST_SETTINGS });
  return {
    ownerUrl: embedded.ownerUrl,
    url: embedded.url,
    stop: async () => {
      await embedded.close();
      await removeFolder(folder);
    },
  };
}

/** A test run that was killed leaves its server running. */
async function removeAbandonedServers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(FOLDER_PREFIX) && name.slice(FOLDER_PREFIX.length).split('-')[0]);
    if (!pid || isAlive(pid)) continue;
    await stopPostmaster(join(tmpdir(), name, 'postgres', 'data'), 1);
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function onServer(url: string, run: (connection: Connection) => Promise<unknown>): Promise<void> {
  const connection = connect(url, { max: 1 });
  try {
    await run(connection);
  } finally {
    await connection.close();
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
