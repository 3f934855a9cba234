import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftPart } from '#db/schema/editorial.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { endSession, startSession } from '#src/features/auth/session.server.ts';
import { hashDocument } from '#src/features/documents/hash.ts';
import type { Paragraph } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { discardDraft, openDraft } from '#src/features/editorial/drafts.server.ts';
import { showCheck } from '#src/features/gate/check-page.server.ts';
import { hasPassed } from '#src/features/gate/findings.ts';
import { runGate } from '#src/features/gate/gate.server.ts';
import { runGateProcess } from '#src/features/gate/gate-process.server.ts';
import { createPreviewKey, findPreviewer } from '#src/features/gate/preview-key.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { publishFacts, publishModule } from '../support/drafts.ts';
import { aModule, FACTS, heading, link, p, TODAY, withBlocks } from '../support/gate.ts';
import { addActor } from '../support/training.ts';
import { removeFolder } from '../support/remove-folder.ts';

let database: TestDatabase;
let anna: Actor;
let folder: string;

beforeAll(async () => {
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
  database = await createTestDatabase();
  anna = await addActor(database.db, { role: 'redaktor' });
  folder = await mkdtemp(join(tmpdir(), 'trygg-grund-gate-'));
  await publishFacts(database.db, FACTS);
});
afterAll(async () => {
  setClock(null);
  await removeFolder(folder);
  await database.drop();
});

async function draftOf(module: ModuleDocument): Promise<number> {
  await publishModule(database.db, module);
  const opened = await openDraft(anna, module.slug);
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  return opened.draftId;
}

const row = (type: 'tableHeader' | 'tableCell', ...texts: string[]) => ({
  type: 'tableRow' as const,
  content: texts.map((text) => ({
    type,
    content: [{ type: 'paragraph' as const, content: text ? [{ type: 'text' as const, text }] : [] }] as [
      Paragraph,
    ],
  })),
});

/** A program in place of the check. */
async function program(name: string, text: string): Promise<string> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, text);
  return file;
}

describe('The gate', () => {
  test('lets a sound module pass, and knows exactly what it has seen', async () => {
    const module = aModule();
    const draftId = await draftOf(module);
    const report = await runGate(anna, draftId);
    expect(report?.findings.filter(({ part }) => part !== 'kunskapskontroll')).toEqual([]);
    expect(report && hasPassed(report)).toBe(true);
    expect(report?.documentHash).toBe(hashDocument(module));
    expect(await discardDraft(anna, draftId)).toEqual({ kind: 'discarded' });
    expect(await runGate(anna, draftId)).toBeNull();
  });

  test('tells that another module leads to a page that the draft does not have', async () => {
    const away = withBlocks(link('/fordjupning/lankad/borttaget/', 'sidan som var'));
    await publishModule(database.db, { ...away, slug: 'lankar', meta: { ...away.meta, title: 'Länkar' } });
    const draftId = await draftOf({ ...aModule(), slug: 'lankad' });
    const report = await runGate(anna, draftId);
    expect(report?.findings.filter(({ rule }) => rule === 'link-here')).toMatchObject([
      {
        severity: 'error',
        message: expect.stringContaining('”Länkar” länkar till /fordjupning/lankad/borttaget/'),
      },
    ]);
    await discardDraft(anna, draftId);
  });

  test('reads the rules and the rendered pages of what is written now, with the place', async () => {
    const draftId = await draftOf({ ...withBlocks(p('Vi ser.')), slug: 'provad' });
    const { body, meta } = withBlocks(p('Vi ser.'), link('http://exempel.se/', 'här'), heading(2, ''), {
      type: 'table',
      content: [row('tableHeader', '', ''), row('tableCell', 'Vi', 'ser')],
    }).sections[0]!;
    await database.db
      .update(draftPart)
      .set({ content: { meta, body } })
      .where(eq(draftPart.part, 'avsnitt/ett-avsnitt'));
    const report = await runGate(anna, draftId);
    expect(report && hasPassed(report)).toBe(false);
    const found = report?.findings.filter(
      ({ part, severity }) => part !== 'kunskapskontroll' && severity === 'error',
    );
    // One finding for each fault, also where several rules see it.
    expect(found?.map(({ rule, block }) => [rule, block])).toEqual([
      ['link-http', 1],
      ['link-text', 1],
      ['heading-empty', 2],
      ['axe-empty-table-header', 3],
    ]);
    const page = await showCheck(anna, 'provad', true);
    expect(page?.result?.groups[0]).toMatchObject({ part: 'avsnitt/ett-avsnitt', title: 'Ett avsnitt' });
    expect(page?.result?.groups[0]?.findings[0]?.severity).toBe('error');
  });

  test('checks the facts too', async () => {
    const opened = await openDraft(anna, 'fakta');
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect((await runGate(anna, opened.draftId))?.findings).toEqual([]);
    await database.db
      .update(draftPart)
      .set({ content: { ...FACTS.contacts[0], phoneHref: 'tel:112' } })
      .where(eq(draftPart.part, 'contacts/akut-112'));
    expect((await runGate(anna, opened.draftId))?.findings).toMatchObject([
      { rule: 'telephone', severity: 'error', part: 'contacts/akut-112', field: 'phoneHref' },
    ]);
  });

  test('is for editors only', async () => {
    const other = await addActor(database.db, { role: 'samordnare' });
    await expect(runGate(other, 1)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(runGate(null, 1)).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(showCheck(other, 'provad', false)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test.each([
    ['hangs', 'for (;;);'],
    ['crashes', 'process.abort();'],
    ['throws', 'throw new Error("broken");'],
    ['fills the memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length));'],
    ['says nothing', ''],
    ['says too much', 'for (;;) process.stdout.write("x".repeat(1e6));'],
    ['says something else', 'console.log(JSON.stringify({ findings: "none" }))'],
  ])('lets nobody pass when the check %s, and lives on', async (name, text) => {
    const draftId = await draftOf({ ...aModule(), slug: `gar-fel-${name.replaceAll(' ', '-')}` });
    const file = await program(name.replaceAll(' ', '-'), text);
    const report = await runGate(anna, draftId, { time: 1_500, memory: 64, program: file });
    expect(report?.findings).toMatchObject([{ rule: 'not-checked', severity: 'error' }]);
    expect(report && hasPassed(report)).toBe(false);
  });

  test('gives the check no secrets, no network, nothing to write to and nothing to start', async () => {
    const file = await program(
      'nyfiken',
      `import { spawnSync } from 'node:child_process';
       import { writeFileSync } from 'node:fs';
       import { Worker } from 'node:worker_threads';
       const tried = (name, act) => { try { act(); return name; } catch { return null; } };
       const findings = [
         Object.keys(process.env).some((name) => /DATABASE|SECRET|PASSWORD/.test(name)) ? 'env' : null,
         tried('write', () => writeFileSync(${JSON.stringify(join(folder, 'skrivet'))}, 'x')),
         tried('spawn', () => { if (spawnSync('true').error) throw new Error('no'); }),
         tried('worker', () => new Worker('0', { eval: true })),
       ].filter(Boolean);
       console.log(JSON.stringify({ findings }));`,
    );
    const job = { kind: 'module', document: aModule(), entry: '', context: {} } as never;
    const limits = { time: 10_000, memory: 64, program: file };
    expect(await runGateProcess(job, limits)).toEqual({ kind: 'checked', findings: [] });
  });
});

describe('The key to a preview', () => {
  // Sessions begin by the real clock.
  beforeAll(() => setClock(null));

  test('opens the previews of one module while the session lasts', async () => {
    const token = await startSession(anna.accountId);
    const key = createPreviewKey(token, 'provad')!;
    expect(key).not.toContain(token.split('.')[1]!);
    expect((await findPreviewer(key, 'provad'))?.accountId).toBe(anna.accountId);
    expect(await findPreviewer(key, 'annan')).toBeNull();
    await endSession(token);
    expect(await findPreviewer(key, 'provad')).toBeNull();
  });

  test('cannot be made from what is public, nor outlive the session', async () => {
    const token = await startSession(anna.accountId);
    const key = createPreviewKey(token, 'provad')!;
    const [id] = key.split('.');
    for (const forged of [`${id}.${'A'.repeat(43)}`, token, `${key}x`, id!, '', 'a.b']) {
      expect(await findPreviewer(forged, 'provad')).toBeNull();
    }
    setClock(() => new Date(Date.now() + 61 * 60_000));
    expect(await findPreviewer(key, 'provad')).toBeNull();
    setClock(null);
  });

  test('of nobody is none', () => {
    expect(createPreviewKey(null, 'provad')).toBeNull();
    expect(createPreviewKey('skräp', 'provad')).toBeNull();
  });
});
