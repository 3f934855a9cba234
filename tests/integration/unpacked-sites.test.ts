import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCurrentRelease } from '#db/queries/releases.ts';
import { storeSite, unpackedFolder, unpackSite } from '#src/features/releases/site-builds.server.ts';
import { closeDb } from '#src/lib/database.ts';
import { LiveSite } from '#src/server/live-site.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { releaseDocuments, sampleDocument } from '../support/releases.ts';
import { removeFolder } from '../support/remove-folder.ts';
import { staticPage } from '../support/site.ts';

const SOFTWARE = 'b'.repeat(64);
const folder = mkdtempSync(join(tmpdir(), 'trygg-grund-unpacked-'));
const before = process.env['DATA_DIR'];
/** What came with the software, which shows something else. */
const build = join(folder, 'build');
let database: TestDatabase;
let key: { contentHash: string; software: string };

beforeAll(async () => {
  process.env['DATA_DIR'] = join(folder, 'data');
  database = await createTestDatabase();
  writeSite(join(build, 'client'), 'Medföljande');
  writeFileSync(
    join(build, 'site.json'),
    JSON.stringify({ contentHash: 'a'.repeat(64), software: SOFTWARE }),
  );
  await releaseDocuments(database.db, [sampleDocument('del-1')]);
  key = { contentHash: (await findCurrentRelease(database.db))!.contentHash, software: SOFTWARE };
  await storeSite(database.db, key, writeSite(join(folder, 'built'), 'Publicerad'));
});

afterAll(async () => {
  await database.drop();
  await removeFolder(folder);
  if (before === undefined) delete process.env['DATA_DIR'];
  else process.env['DATA_DIR'] = before;
});

beforeEach(async () => {
  rmSync(join(folder, 'data'), { recursive: true, force: true });
  await unpackSite(database.db, key);
});

function writeSite(client: string, text: string): string {
  for (const path of ['index.html', 'kurs/del-1/index.html', 'om/index.html']) {
    mkdirSync(dirname(join(client, path)), { recursive: true });
    writeFileSync(join(client, path), staticPage(`${text} ${path}`));
  }
  return client;
}

const inSite = (...path: string[]) => join(unpackedFolder(key), ...path);

async function pageOf(site: LiveSite, path: string): Promise<string> {
  const text = site.now.release.files.get(path)?.body.toString() ?? '';
  await site.close();
  return text;
}

describe('A node whose unpacked site', () => {
  test.each<[string, () => void]>([
    ['is whole', () => undefined],
    ['lacks a page', () => rmSync(inSite('client', 'kurs/del-1/index.html'))],
    ['has a page that was cut off', () => writeFileSync(inSite('client', 'kurs/del-1/index.html'), '')],
    ['has a page of somebody else', () => writeFileSync(inSite('client', 'egen.html'), 'hej')],
    ['has no pages', () => rmSync(inSite('client'), { recursive: true })],
    ['does not say what it consists of', () => writeFileSync(inSite('manifest.json'), '')],
  ])('%s serves what is published, whole', async (_, damage) => {
    damage();
    const site = await LiveSite.open(build);
    expect([...site.now.release.files.keys()].sort()).toEqual(['/', '/kurs/del-1/', '/om/']);
    expect(site.now.info.id).toBe(1);
    expect(await pageOf(site, '/kurs/del-1/')).toContain('Publicerad kurs/del-1');
    expect(readdirSync(join(folder, 'data', 'site', 'unpacked'))).toHaveLength(1);
  });

  test('has lost files unpacks the next one from the database', async () => {
    const next = { ...key, contentHash: 'c'.repeat(64) };
    await storeSite(database.db, next, join(folder, 'built'));
    rmSync(inSite('client'), { recursive: true });
    const client = await unpackSite(database.db, next);
    expect(readFileSync(join(client, 'om/index.html'), 'utf8')).toContain('Publicerad om');
  });

  test('is damaged shows what came with the software when the database is away', async () => {
    await (await LiveSite.open(build)).close();
    const { DATABASE_URL: url } = process.env;
    await closeDb();
    try {
      process.env['DATABASE_URL'] = 'postgres://nobody:nothing@localhost:1/nowhere';
      rmSync(inSite('client', 'om/index.html'));
      expect(await pageOf(await LiveSite.open(build), '/om/')).toContain('Medföljande om');
    } finally {
      await closeDb();
      process.env['DATABASE_URL'] = url;
    }
  });
});
