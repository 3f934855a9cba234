import { readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { canEnter } from '#db/embedded/server-user.ts';
import { findPostmaster } from '#db/embedded/process.ts';
import { openEmbedded, type EmbeddedDatabase } from '#db/embedded.ts';
import { Installations, openInProcess } from '../support/embedded-process.ts';

const isRoot = process.getuid?.() === 0;
/** An ordinary user that every Unix has. */
const DAEMON = { uid: 1, gid: 1 };
const daemonCanRunUs =
  isRoot && (await canEnter(process.cwd(), DAEMON)) && (await canEnter(join(process.execPath, '..'), DAEMON));

const installations = new Installations();
afterAll(() => installations.removeAll());

async function newDataDir(): Promise<string> {
  return join(await installations.create(), '.data');
}

describe('A new installation', () => {
  let embedded: EmbeddedDatabase;
  beforeAll(async () => {
    embedded = await openEmbedded({ dataDir: await newDataDir(), database: 'probe' });
  });
  afterAll(() => embedded.close());

  test('keeps what is committed: fsync, checksums and synchronous commit are on', async () => {
    const { sql, close } = connect(embedded.url);
    const [settings] = await sql`
      select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
             current_setting('synchronous_commit') as commit, current_setting('data_checksums') as checksums,
             current_setting('timezone') as timezone, current_setting('server_version_num')::int as version`;
    await close();
    expect(settings).toMatchObject({
      fsync: 'on',
      pages: 'on',
      commit: 'on',
      checksums: 'on',
      timezone: 'UTC',
    });
    expect(settings?.['version']).toBeGreaterThanOrEqual(180_000);
  });

  test('is no superuser in its own database', async () => {
    const { sql, close } = connect(embedded.url);
    const [role] =
      await sql`select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user`;
    await close();
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false });
  });

  test.skipIf(process.platform === 'win32')(
    'listens on no network address, only on a socket of its own',
    async () => {
      const { sql, close } = connect(embedded.ownerUrl);
      const [row] = await sql`select current_setting('listen_addresses') as addresses`;
      await close();
      expect(row?.['addresses']).toBe('');
      const socketFolder = new URL(embedded.url).searchParams.get('host')!;
      expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    },
  );

  test('has passwords of its own, for nobody else to read, and refuses the usual ones', async () => {
    const file = join(embedded.place.home, 'passwords.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const passwords = JSON.parse(readFileSync(file, 'utf8')) as { owner: string; app: string };
    expect(passwords.owner).toMatch(/^[\w-]{32}$/);
    expect(passwords.app).not.toBe(passwords.owner);
    const other = await openEmbedded({ dataDir: await newDataDir(), database: 'probe' });
    expect(readFileSync(join(other.place.home, 'passwords.json'), 'utf8')).not.toContain(passwords.app);
    await other.close();
    for (const guess of ['password', 'postgres', '']) {
      const address = new URL(embedded.ownerUrl);
      address.password = guess;
      const { sql, close } = connect(address.href, { max: 1 });
      await expect(sql`select 1`).rejects.toMatchObject({ code: '28P01' });
      await close();
    }
  });
});

describe('Whom the server runs as', () => {
  test.runIf(isRoot)(
    'Started by root, it runs as an ordinary user who cannot change its programs',
    async () => {
      const embedded = await openEmbedded({ dataDir: await newDataDir(), database: 'probe' });
      const { pid } = (await findPostmaster(embedded.place.data))!;
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'Uid:\t65534');
      expect(status).not.toMatch(/^Uid:\t0\b/m);
      expect(statSync(embedded.place.data).uid).not.toBe(0);
      expect(statSync(embedded.place.home).uid).toBe(0);
      await embedded.close();
    },
  );

  test.runIf(daemonCanRunUs)('Started by an ordinary user, it runs as that user, in DATA_DIR', async () => {
    const folder = await installations.create(0o777);
    const opened = await openInProcess(join(folder, '.data'), DAEMON);
    expect(opened.data).toBe(join(folder, '.data', 'postgres', 'data'));
    expect(statSync(opened.data).uid).toBe(DAEMON.uid);
    // Root joins it as it is, and it goes on as the owner of its data.
    const joined = await openInProcess(join(folder, '.data'));
    expect(joined.postmaster).toBe(opened.postmaster);
    await opened.close();
    await joined.close();
    const again = await openInProcess(join(folder, '.data'));
    expect(statSync(again.data).uid).toBe(DAEMON.uid);
    await again.close();
  });

  test.runIf(isRoot)(
    'In a folder that only root may enter, it lives elsewhere, says so and remembers',
    async () => {
      const folder = await installations.create(0o700);
      const first = await openInProcess(join(folder, '.data'));
      installations.remember(first.home);
      expect(first.home.startsWith(folder)).toBe(false);
      expect(first.said.join('\n')).toContain(first.home);
      const { sql, close } = connect(first.url);
      await sql`create table kept (id int)`;
      await close();
      await first.close();

      const second = await openInProcess(join(folder, '.data'));
      expect(second.home).toBe(first.home);
      expect(second.said).toEqual([]);
      const after = connect(second.url);
      expect(await after.sql`select * from kept`).toEqual([]);
      await after.close();
      await second.close();
    },
  );
});

test('A very long path has its socket in a short one', async () => {
  const folder = join(await installations.create(), 'm'.repeat(60), 'm'.repeat(60));
  await mkdir(folder, { recursive: true });
  const embedded = await openEmbedded({ dataDir: folder, database: 'probe' });
  const { sql, close } = connect(embedded.url);
  expect(await sql`select 1 as answer`).toEqual([{ answer: 1 }]);
  await close();
  await embedded.close();
});

test('A data folder that was left half made is made again', async () => {
  const dataDir = await newDataDir();
  const unfinished = join(dataDir, 'postgres', 'data.unfinished');
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, 'PG_VERSION'), '18\n');
  const embedded = await openEmbedded({ dataDir, database: 'probe' });
  const { sql, close } = connect(embedded.url);
  expect(await sql`select 1 as answer`).toEqual([{ answer: 1 }]);
  await close();
  await embedded.close();
});
