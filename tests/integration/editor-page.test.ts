import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#src/features/auth/auth.ts';
import { showPart } from '#src/features/editor/editor.server.ts';
import { openDraft } from '#src/features/editorial/drafts.server.ts';
import { savePart } from '#src/features/editorial/save-part.server.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { bodyOf, publishFacts, publishModule, sampleFacts, sampleModule } from '../support/drafts.ts';
import { addActor } from '../support/training.ts';

let database: TestDatabase;
let anna: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  anna = await addActor(database.db, { role: 'redaktor', name: 'Anna Andersson' });
  await publishFacts(database.db);
  await publishModule(database.db, sampleModule('prov'));
});

afterAll(() => database.drop());

describe('The page where a part is written', () => {
  test('Only editors see it', async () => {
    const reader = await addActor(database.db, { role: 'medarbetare' });
    await expect(showPart(null, 'prov', 'modul')).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(showPart(reader, 'prov', 'modul')).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('Without an open draft it leads to where one is begun', async () => {
    expect(await showPart(anna, 'prov', 'modul')).toEqual({ kind: 'no-draft' });
  });

  test('It has the part as it was saved last, the facts and sources to choose among, and pages to link to', async () => {
    const opened = await openDraft(anna, 'prov');
    if (opened.kind !== 'opened') throw new Error('the draft is opened');
    const { draftId } = opened;
    const before = await showPart(anna, 'prov', 'avsnitt/heder');
    if (before.kind !== 'section') throw new Error('it is a section');
    const { input } = before.props;
    const content = { ...input.content, body: bodyOf('Nyss skrivet.') };
    const saved = await savePart(anna, { draftId, part: input.part, base: input.revision, content });
    expect(saved.kind).toBe('saved');

    const page = await showPart(anna, 'prov', 'avsnitt/heder');
    if (page.kind !== 'section' || saved.kind !== 'saved') throw new Error('it is a section');
    expect(page.props.input).toMatchObject({
      draftId,
      revision: saved.revision,
      writer: anna.personId,
      content,
    });
    expect(page.title).toBe('Om heder');
    const facts = sampleFacts;
    expect(page.props.facts.law.map(({ id }) => id)).toEqual(facts.laws.map(({ id }) => id));
    expect(page.props.sources.map(({ id }) => id)).toEqual(facts.sources.map(({ id }) => id));
    expect(page.props.pages.map(({ path }) => path)).toContain('/fordjupning/prov/heder/');
  });

  test.each([
    ['modul', 'module'],
    ['kunskapskontroll', 'quiz'],
    ['samtal', 'discussion'],
  ])('%s is a %s', async (part, kind) => {
    expect(await showPart(anna, 'prov', part)).toMatchObject({ kind });
  });

  test('A part that the draft has not is not found', async () => {
    for (const part of ['', 'avsnitt/finns-inte', 'laws/sol-19-1', 'modul/mer']) {
      await expect(showPart(anna, 'prov', part)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});
