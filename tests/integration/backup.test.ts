import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { restoreBackup, verifyBackup } from '#db/backup/restore-backup.ts';
import { tallyTables, writeBackup } from '#db/backup/write-backup.ts';
import { session } from '#db/schema/access.ts';
import { draft, draftPart } from '#db/schema/editorial.ts';
import { employment } from '#db/schema/organisation.ts';
import { createAccount } from '../support/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, hire, requireModules, voidCompletion } from '../support/staff.ts';
import { publishSampleCourse } from '../support/training.ts';
import { removeFolder } from '../support/remove-folder.ts';

let folder: string;
let source: TestDatabase;
let file: string;
const others: TestDatabase[] = [];
const AT = { createdAt: new Date('2026-06-15T10:00:00Z'), isDemo: false };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
  source = await createTestDatabase();
  const { db } = source;
  await publishSampleCourse(db);
  await requireModules(db, ['grundkurs']);
  const top = await addUnit(db, 'K', 'municipality');
  const personId = await hire(db, top, { name: 'Rad ett\nrad två\t"citat" \\. \u2028 🦉' });
  await voidCompletion(db, await complete(db, personId, 'grundkurs', '2021-06-01'));
  await hire(db, top, { isProtected: true });
  await db.update(employment).set({ title: 'ändrad' });
  const account = await createAccount(db, { email: 'någon@demo.test' });
  await db.insert(session).values({
    id: 'en-session',
    secretHash: Buffer.from('hemlig'),
    accountId: account.id,
    expiresAt: new Date('2099-01-01'),
  });
  // A module that is being written has no questions for a workplace yet: the JSON value null.
  const [{ id: draftId } = { id: 0 }] = await db
    .insert(draft)
    .values({ subject: 'ny-modul' })
    .returning({ id: draft.id });
  await db.insert(draftPart).values({ draftId, part: 'samtal', content: sql`'null'::jsonb`, revision: 1 });
  file = join(folder, 'hel.backup');
  await writeBackup(source.url, file, AT);
});
afterEach(async () => {
  for (const database of others.splice(0)) await database.drop();
});
afterAll(async () => {
  await source.drop();
  await removeFolder(folder);
});

const other = async () => {
  const database = await createTestDatabase();
  others.push(database);
  return database;
};
const checksums = (database: TestDatabase) => database.sql.begin((tx) => tallyTables(tx));
/** The backup with its text changed. */
const altered = async (name: string, change: (text: string) => string) => {
  const path = join(folder, name);
  await writeFile(path, gzipSync(change(gunzipSync(await readFile(file)).toString())));
  return path;
};

describe('a backup', () => {
  test('comes back identical in every table, into an empty database', async () => {
    const target = await other();
    await restoreBackup(target.url, file, { replace: false, isDemo: false });
    expect(await checksums(target)).toEqual(await checksums(source));
    expect(Object.keys(await checksums(target)).length).toBeGreaterThan(15);
  });

  test('can only be read by its owner and has no sessions', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(gunzipSync(await readFile(file)).toString()).not.toContain('en-session');
  });

  test('goes on where it left: new rows get new numbers, facts are still only added', async () => {
    const target = await other();
    await restoreBackup(target.url, file, { replace: false, isDemo: false });
    await expect(addUnit(target.db, 'NY', 'team', 1)).resolves.toBeGreaterThan(1);
    await expect(target.sql`delete from completion`).rejects.toMatchObject({ code: '23001' });
    await expect(target.sql`truncate completion cascade`).rejects.toMatchObject({ code: '23001' });
  });

  test('replaces what is there only when told to', async () => {
    const target = await other();
    await addUnit(target.db, 'ANNAN', 'municipality');
    const before = await checksums(target);
    await expect(restoreBackup(target.url, file, { replace: false, isDemo: false })).rejects.toThrow(
      /inte tom.*--replace/,
    );
    expect(await checksums(target)).toEqual(before);
    await restoreBackup(target.url, file, { replace: true, isDemo: false });
    expect(await checksums(target)).toEqual(await checksums(source));
  });

  test('signs everyone out of a database that it replaces', async () => {
    const target = await other();
    await restoreBackup(target.url, file, { replace: false, isDemo: false });
    const [account] = await target.sql<{ id: string }[]>`select id from account`;
    await target.db.insert(session).values({
      id: 's',
      secretHash: Buffer.from('x'),
      accountId: account!.id,
      expiresAt: new Date('2099-01-01'),
    });
    await restoreBackup(target.url, file, { replace: true, isDemo: false });
    expect(await target.sql`select from session`).toHaveLength(0);
  });

  test('is of one moment, also while others write', async () => {
    const busy = await other();
    await restoreBackup(busy.url, file, { replace: false, isDemo: false });
    let isDone = false;
    const writing = (async () => {
      for (let number = 0; !isDone; number += 1) {
        await busy.sql`insert into unit (code) values (${`u${number}`})`;
        await busy.sql`insert into unit_period (unit_id, parent_id, kind, name, valid)
                       select max(id), 1, 'team', ${`u${number}`}, '(,)' from unit`;
      }
    })();
    const path = join(folder, 'upptagen.backup');
    const totals = await writeBackup(busy.url, path, AT);
    isDone = true;
    await writing;
    expect(totals['unit']!.rows - totals['unit_period']!.rows).toBeLessThanOrEqual(1);
    const target = await other();
    expect(await restoreBackup(target.url, path, { replace: false, isDemo: false })).toEqual(totals);
  });

  test('never overwrites a file, and leaves nothing half done', async () => {
    const before = await readFile(file);
    await expect(writeBackup(source.url, file, AT)).rejects.toThrow('finns redan');
    expect(await readFile(file)).toEqual(before);
    await expect(writeBackup(source.url, join(folder, 'finns/inte'), AT)).rejects.toThrow('ENOENT');
    expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([]);
  });
});

describe('a restore changes nothing when', () => {
  const damages: [string, (text: string) => string, RegExp][] = [
    [
      'a value has changed',
      (text) => text.replace('"ändrad"', '"andrad"'),
      /stämmer inte med sin kontrollsumma/,
    ],
    [
      'a row is gone',
      (text) => text.replace(/\{"id":1,"code".*\n/, ''),
      /stämmer inte med sin kontrollsumma/,
    ],
    ['the end is missing', (text) => text.slice(0, text.lastIndexOf('{"end"')), /avbruten/],
    ['half of it is missing', (text) => text.slice(0, text.length / 2), /avbruten|skadad/],
    ['something follows the end', (text) => `${text}{"table":"unit","columns":[]}\n`, /efter slutet/],
    ['it is of another version', (text) => text.replace('"version":1', '"version":2'), /känner igen/],
    [
      'it has other tables',
      (text) => text.replace(/"migrations":\["/, '"migrations":["annan'),
      /annan version av tabellerna/,
    ],
    ['it is something else', () => 'inte en säkerhetskopia\n', /känner igen/],
  ];

  test.each(damages)('%s', async (name, change, reason) => {
    const target = await other();
    const before = await checksums(target);
    const path = await altered(`${name}.backup`, change);
    await expect(restoreBackup(target.url, path, { replace: true, isDemo: false })).rejects.toThrow(reason);
    expect(await checksums(target)).toEqual(before);
  });

  test('one of the two is a demo, where everyone can sign in, and the other is not', async () => {
    const target = await other();
    const before = await checksums(target);
    await expect(restoreBackup(target.url, file, { replace: true, isDemo: true })).rejects.toThrow(/demo/);
    const demo = join(folder, 'demo.backup');
    await writeBackup(source.url, demo, { ...AT, isDemo: true });
    await expect(restoreBackup(target.url, demo, { replace: true, isDemo: false })).rejects.toThrow(/demo/);
    expect(await checksums(target)).toEqual(before);
    await restoreBackup(target.url, demo, { replace: false, isDemo: true });
  });

  test('the file is not packed, or cut off in the packing', async () => {
    const whole = await readFile(file);
    for (const [name, content] of [
      ['text', Buffer.from('hej')],
      ['kort', whole.subarray(0, whole.length - 40)],
    ] as const) {
      const path = join(folder, `${name}.backup`);
      await writeFile(path, content);
      await expect(verifyBackup(path)).rejects.toThrow(/skadad|avbruten/);
    }
  });
});
