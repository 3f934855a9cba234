import { eq, sql } from 'drizzle-orm';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { listReleases } from '#db/queries/publications.ts';
import { findCurrentRelease, insertFacts, listReleaseModules } from '#db/queries/releases.ts';
import { hasSiteBuild } from '#db/queries/site-builds.ts';
import { draft } from '#db/schema/editorial.ts';
import { release as releases, siteBlob, siteBuild } from '#db/schema/releases.ts';
import { versionRequirement, versionRequirementWithdrawal } from '#db/schema/rules.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashFacts } from '#src/features/documents/hash.ts';
import { activateRelease } from '#src/features/releases/activate-release.server.ts';
import { publishDue, removeOldBuilds } from '#src/features/publishing/publish-due.server.ts';
import { publishShippedContent } from '#src/features/releases/publish-shipped.server.ts';
import { rollBack } from '#src/features/releases/roll-back.server.ts';
import { runPublication } from '#src/features/publishing/run-publication.server.ts';
import { unpackSite } from '#src/features/releases/site-builds.server.ts';
import { hashSources } from '#src/features/releases/software.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  currentDocument,
  currentFacts,
  insertEditors,
  insertPublication,
  readPublication,
  withSentence,
  type Editors,
} from '../support/publishing.ts';
import { removeFolder } from '../support/remove-folder.ts';

let database: TestDatabase;
let editors: Editors;
let software: string;
const folder = mkdtempSync(join(tmpdir(), 'trygg-grund-publication-'));
const before = process.env['DATA_DIR'];

beforeAll(async () => {
  process.env['DATA_DIR'] = folder;
  database = await createTestDatabase();
  await publishShippedContent(database.db);
  editors = await insertEditors(database.db);
  software = (await hashSources()).software;
});

afterAll(async () => {
  await database.drop();
  await removeFolder(folder);
  if (before === undefined) delete process.env['DATA_DIR'];
  else process.env['DATA_DIR'] = before;
});

const current = async () => (await findCurrentRelease(database.db))!;
const versions = async (releaseId: number) =>
  Object.fromEntries(
    (await listReleaseModules(database.db, releaseId)).map(({ slug, version }) => [slug, version]),
  );
const readReleases = () => database.db.select().from(releases).orderBy(releases.id);
/** Makes other facts current, as if another node had published them. */
const release = (facts: Facts) =>
  database.db.transaction(async (tx) => {
    const members = await listReleaseModules(tx, (await current()).id);
    const factsVersionId = await insertFacts(tx, { facts, contentHash: hashFacts(facts), origin: 'editor' });
    await activateRelease(tx, { members, factsVersionId, reason: 'Nya fakta' });
  });
const publish = async (document: ModuleDocument, wanted = {}) =>
  insertPublication(database.db, editors, document, wanted);
/** The draft of a publication that failed stays approved; these tests are done with it. */
const discard = (subject: string) =>
  database.db
    .update(draft)
    .set({ state: 'discarded', closedAt: new Date() })
    .where(sql`${draft.subject} = ${subject} and ${draft.closedAt} is null`);
async function page(path: string): Promise<string> {
  const client = await unpackSite(database.db, { contentHash: (await current()).contentHash, software });
  return readFileSync(join(client, path, 'index.html'), 'utf8');
}

describe('Shipped content', () => {
  test('is the first release, and no other when nothing has changed', async () => {
    const release = await current();
    expect(await publishShippedContent(database.db)).toEqual([]);
    expect(await current()).toEqual(release);
    expect(Object.values(await versions(release.id))).toEqual(Array(12).fill(1));
  });
});

describe('An approved draft', { timeout: 150_000 }, () => {
  test('is refused by words when one of its authors approved it', async () => {
    const release = await current();
    const id = await publish(withSentence(await currentDocument(database.db, 'del-1'), 'Nytt.'));
    await database.db.execute(sql`
      update draft_revision set saved_by = ${editors.approver}
      where draft_id = (select max(id) from draft)`);
    expect(await runPublication(id)).toMatchObject({ kind: 'failed', reason: /Någon annan behöver granska/ });
    expect(await current()).toEqual(release);
    expect((await readPublication(database.db, id)).state).toBe('failed');
    await discard('del-1');
  });

  test('that says what readers see already is not published again', async () => {
    const release = await current();
    const id = await publish(await currentDocument(database.db, 'del-1'));
    expect(await runPublication(id)).toMatchObject({ kind: 'failed', reason: /ser redan den här texten/ });
    expect(await current()).toEqual(release);
    await discard('del-1');
  });

  test('that shows a fact which does not exist tells which', async () => {
    const document = await currentDocument(database.db, 'del-1');
    const law = { type: 'law' as const, attrs: { id: 'finns-inte' } };
    const id = await publish({ ...document, intro: { type: 'doc', content: [law] } });
    expect(await runPublication(id)).toMatchObject({ kind: 'failed', reason: /hänvisar till finns-inte/ });
    await discard('del-1');
  });

  test('with a link that leads nowhere leaves the site as it was and says where the link is', async () => {
    const release = await current();
    const document = await currentDocument(database.db, 'del-2');
    const href = '/kurs/del-2/finns-inte/';
    const link = {
      type: 'text' as const,
      text: 'Läs mer',
      marks: [{ type: 'link' as const, attrs: { href } }],
    };
    const id = await publish({
      ...document,
      intro: { type: 'doc', content: [{ type: 'paragraph', content: [link] }] },
    });
    expect(await runPublication(id)).toMatchObject({
      kind: 'failed',
      reason: /På sidan \/kurs\/del-2\/ finns en länk till \/kurs\/del-2\/finns-inte\//,
    });
    expect(await current()).toEqual(release);
    expect((await database.db.select().from(siteBuild)).length).toBe(0);
    expect(readdirSync(join(folder, 'site', 'work'))).toEqual([]);
    await discard('del-2');
  });

  test('whose time has not come waits', async () => {
    const document = withSentence(await currentDocument(database.db, 'del-2'), 'Senare.');
    const id = await publish(document, { dueAt: new Date(Date.now() + 60_000) });
    expect(await publishDue()).toBe(0);
    expect(await runPublication(id)).toEqual({ kind: 'not-due' });
    expect((await readPublication(database.db, id)).state).toBe('waiting');
    await database.db.execute(sql`update publication set state = 'cancelled' where id = ${id}`);
    await discard('del-2');
  });

  test('broken off while its pages are built is taken up, and becomes what readers meet as a whole', async () => {
    const release = await current();
    const document = withSentence(await currentDocument(database.db, 'del-1'), 'En mening som är ny.');
    const id = await publish(document, { change: 'requirement', until: '2099-12-31' });
    const stop = new AbortController();
    const onStep = (step: string) => {
      if (step === 'build') setTimeout(() => stop.abort(), 300);
    };
    await expect(publishDue({ signal: stop.signal, onStep })).rejects.toThrow();
    expect(await current()).toEqual(release);
    expect(await readPublication(database.db, id)).toMatchObject({ state: 'building', step: 'build' });

    expect(await publishDue()).toBe(1);
    expect(await readPublication(database.db, id)).toMatchObject({ state: 'published', failure: null });
    const published = await current();
    expect(published).toMatchObject({ publicationId: id, createdBy: editors.author });
    const [listed] = await listReleases(database.db, { limit: 1, before: null });
    expect(listed).toMatchObject({
      id: published.id,
      change: 'requirement',
      olderCountUntil: '2099-12-31',
      submitter: 'Skribent Skrivare',
      approver: 'Granskare Läsare',
      by: 'Skribent Skrivare',
    });
    expect(await versions(published.id)).toEqual({
      ...(await versions(release.id)),
      'del-1': 2,
      grundkurs: 2,
    });
    const version = await findCurrentVersion(database.db, 'del-1');
    expect(version).toMatchObject({ origin: 'editor', publicationId: id, document });
    expect(await database.db.select().from(versionRequirement)).toMatchObject([
      { moduleVersionId: version!.id, olderCountUntil: '2099-12-31', recordedBy: editors.author },
    ]);
    expect(await page('kurs/del-1')).toContain('En mening som är ny.');
    expect(await hasSiteBuild(database.db, { contentHash: published.contentHash, software })).toBe(true);
    expect(readdirSync(join(folder, 'site', 'work'))).toEqual([]);
  });

  test('is built anew when another release becomes current meanwhile, and loses nothing of it', async () => {
    const facts = await currentFacts(database.db);
    const word = { id: 'provord', avoid: 'provordet', instead: 'ett annat', why: 'Det är ett prov.' };
    const joined = { ...facts, words: [...facts.words, word] };
    const steps: string[] = [];
    const onStep = async (step: string) => {
      steps.push(step);
      if (step === 'live' && !steps.slice(0, -1).includes('live')) await release(joined);
    };
    const document = withSentence(await currentDocument(database.db, 'barn-i-forskolealdern'), 'Om barnen.');
    expect(await runPublication(await publish(document), { onStep })).toMatchObject({ kind: 'published' });
    expect(steps.filter((step) => step === 'live')).toHaveLength(2);
    expect(await page('fordjupning/barn-i-forskolealdern')).toContain('Om barnen.');
    expect(await page('kurs/del-1')).toContain('En mening som är ny.');
    expect((await currentFacts(database.db)).words.map(({ id }) => id)).toContain('provord');
  });
});

describe('Shipped content that comes with an upgrade', () => {
  test('leaves what was written here alone', async () => {
    const release = await current();
    expect(await publishShippedContent(database.db)).toEqual([]);
    expect(await current()).toEqual(release);
  });
});

describe('Going back', { timeout: 150_000 }, () => {
  test('is a new release with the old content, at once when its site is stored', async () => {
    const publication = (await readReleases()).find(({ publicationId }) => publicationId !== null)!;
    const began = performance.now();
    const result = await rollBack('cli', publication.id, 'Fel text');
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(result).toMatchObject({ kind: 'restored', restoredFrom: publication.id });
    const now = await current();
    expect(now).toMatchObject({ restoredFrom: publication.id, contentHash: publication.contentHash });
    expect(await versions(now.id)).toEqual(await versions(publication.id));
    expect(await database.db.select().from(versionRequirementWithdrawal)).toHaveLength(0);
  });

  test('leads one step further back each time, withdraws requirements, and ends at the first', async () => {
    expect(await rollBack('cli', null, 'Längre')).toMatchObject({ kind: 'restored', restoredFrom: 1 });
    expect(await findCurrentVersion(database.db, 'del-1')).toMatchObject({ version: 1 });
    expect(await database.db.select().from(versionRequirementWithdrawal)).toHaveLength(1);
    expect(await rollBack('cli', null, 'Längre')).toEqual({ kind: 'no-such-release' });
  });

  test('to what readers see, or to nothing, changes nothing', async () => {
    const release = await current();
    expect(await rollBack('cli', 1, 'Igen')).toEqual({ kind: 'same' });
    expect(await rollBack('cli', 9999, 'Okänd')).toEqual({ kind: 'no-such-release' });
    expect(await current()).toEqual(release);
  });

  test('is for editors only', async () => {
    const actor = { accountId: 'a', personId: 'p', name: 'N', isManager: true, isProtected: false };
    await expect(rollBack({ ...actor, role: 'samordnare' }, 1, 'Nej')).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(rollBack(null, 1, 'Nej')).rejects.toMatchObject({ code: 'not-signed-in' });
  });
});

describe('Stored sites', () => {
  test('that no recent release shows go, with the files that only they had', async () => {
    const key = { contentHash: 'x'.repeat(64), software };
    const blob = { sha256: Buffer.alloc(32, 7), bytes: Buffer.from('gammal') };
    await database.db.insert(siteBlob).values(blob);
    await database.db.insert(siteBuild).values({ ...key, builtAt: new Date('2020-01-01') });
    await database.db.execute(sql`
      insert into site_build_file values (${key.contentHash}, ${software}, 'a.html', ${blob.sha256})`);
    await database.db.execute(sql`update site_build set built_at = '2020-01-01'`);
    const { contentHash } = await current();
    await removeOldBuilds(software);
    expect(await hasSiteBuild(database.db, key)).toBe(false);
    expect(await hasSiteBuild(database.db, { contentHash, software })).toBe(true);
    expect(await database.db.select().from(siteBlob).where(eq(siteBlob.sha256, blob.sha256))).toEqual([]);
  });
});
