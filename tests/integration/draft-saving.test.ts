import { describe, expect, test } from 'vitest';
import { countRevisions, insertRevision } from '#db/queries/draft-revisions.ts';
import { showDesk } from '#src/features/desk/desk.server.ts';
import { showHistory } from '#src/features/desk/history.server.ts';
import { showModule } from '#src/features/desk/module-page.server.ts';
import { discardDraft, readDraft } from '#src/features/editorial/drafts.server.ts';
import { MOST_REVISIONS } from '#src/features/editorial/drafts.ts';
import { removePart } from '#src/features/editorial/parts.server.ts';
import { holdPart, savePart } from '#src/features/editorial/save-part.server.ts';
import { moveSection } from '#src/features/editorial/sections.server.ts';
import { sampleModule } from '../support/drafts.ts';
import {
  database,
  anna,
  bo,
  hidden,
  draftId,
  wait,
  moment,
  SECTION,
  FIRST,
  SECOND,
  original,
  text,
  save,
  partNow,
  revisionsOf,
  texts,
  useOpenDraft,
  meta,
  handIn,
} from '../support/open-draft.ts';

useOpenDraft();

describe('Saving a part', () => {
  test('stores what was written and says its number', async () => {
    const saved = await save(anna, 1, text('Nytt.'));
    expect(saved).toEqual({
      kind: 'saved',
      revision: 2,
      at: moment().toISOString(),
    });
    expect(await partNow()).toMatchObject({ content: text('Nytt.'), revision: 2, saver: 'Anna Andersson' });
  });

  test('what already stands changes nothing, also from an old base', async () => {
    await save(anna, 1, text('Nytt.'));
    expect(await save(bo, 1, text('Nytt.'))).toMatchObject({ kind: 'saved', revision: 2 });
    expect(await revisionsOf()).toHaveLength(2);
  });

  test('in a row by one person is one revision, with a number of its own for each save', async () => {
    for (const [index, words] of ['N', 'Ny', 'Nyt', 'Nytt'].entries()) {
      wait(4);
      expect(await save(anna, index + 1, text(words))).toMatchObject({ kind: 'saved', revision: index + 2 });
    }
    const rows = await revisionsOf();
    expect(rows.map(({ number, cause }) => [number, cause])).toEqual([
      [1, 'start'],
      [5, 'edit'],
    ]);
    wait(6);
    await save(anna, 5, text('Efter en paus'));
    expect(await revisionsOf()).toHaveLength(3);
  });

  test('after somebody else, or after a review, is a new revision', async () => {
    await save(anna, 1, text(FIRST, 'Anna'));
    await save(bo, 2, text('Bo', 'Anna'), SECTION).then((result) => expect(result.kind).toBe('conflict'));
    wait(2);
    expect(await save(bo, 2, text('Bo', 'Anna'))).toMatchObject({ kind: 'saved' });
    await handIn('review');
    wait(1);
    await save(bo, (await partNow())!.revision, text('Bo igen', 'Anna'));
    const written = (await revisionsOf()).filter(({ cause }) => cause === 'edit');
    expect(written.map(({ savedBy }) => savedBy)).toEqual([anna.personId, bo.personId, bo.personId]);
  });

  test('different parts never meets', async () => {
    const other = { ...sampleModule('prov').quiz, passMark: 0.7 };
    expect(await save(anna, 1, text('Annas'))).toMatchObject({ kind: 'saved' });
    expect(await save(bo, 1, other, 'kunskapskontroll')).toMatchObject({ kind: 'saved' });
  });

  test('different paragraphs of one text puts both together', async () => {
    await save(anna, 1, text('Annas stycke.', SECOND));
    wait(2);
    const merged = await save(bo, 1, text(FIRST, SECOND, 'Bos stycke.'));
    const both = text('Annas stycke.', SECOND, 'Bos stycke.');
    expect(merged).toMatchObject({ kind: 'merged', revision: 3, content: both });
    expect((await partNow())?.content).toEqual(both);
    expect(texts(await revisionsOf())).toContain('Annas stycke.');
  });

  test('the same paragraph keeps the first one’s and puts the other aside, once however often it is sent', async () => {
    await save(anna, 1, text('Annas stycke.'));
    wait(2);
    const lost = await save(bo, 1, text('Bos stycke.'));
    expect(lost).toEqual({
      kind: 'conflict',
      revision: 2,
      content: text('Annas stycke.'),
      by: 'Anna Andersson',
      at: moment(-2).toISOString(),
      kept: 3,
    });
    expect(await save(bo, 1, text('Bos stycke.'))).toMatchObject({ kind: 'conflict', kept: 3 });
    const kept = (await revisionsOf()).filter(({ cause }) => cause === 'kept');
    expect(kept).toMatchObject([{ number: 3, content: text('Bos stycke.'), savedBy: bo.personId }]);
    // She chooses her own after all: the other stays in the history.
    expect(await save(bo, 2, text('Bos stycke.'))).toMatchObject({ kind: 'saved', revision: 4 });
    expect(texts(await revisionsOf())).toContain('Annas stycke.');
  });

  test('made from a text that never stood, or is yet to come, is put aside', async () => {
    await save(anna, 1, text('Annas.', SECOND));
    wait(2);
    expect(await save(bo, 1, text('Bos.', SECOND))).toMatchObject({ kind: 'conflict', kept: 3 });
    for (const base of [3, 4, 0])
      expect(await save(bo, base, text('Bos.', SECOND, `Mer ${base}.`))).toMatchObject({ kind: 'conflict' });
    expect((await partNow())?.content).toEqual(text('Annas.', SECOND));
  });

  test('by many at once loses nobody’s text', async () => {
    const people = [anna, bo, hidden];
    const results = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const words = `Text nummer ${index} av tolv.`;
        return { words, result: await save(people[index % 3]!, 1, text(words)) };
      }),
    );
    expect(results.filter(({ result }) => result.kind === 'saved')).toHaveLength(1);
    const all = texts(await revisionsOf());
    for (const { words } of results) expect(all).toContain(words);
  });

  test('names nobody whose identity is protected', async () => {
    await save(hidden, 1, text('Hemligt skriven.'));
    wait(2);
    expect(await save(bo, 1, text('Bos.'))).toMatchObject({ kind: 'conflict', by: 'en kollega' });
    await holdPart(hidden, { draftId, part: SECTION, take: true });
    expect(await holdPart(bo, { draftId, part: SECTION })).toMatchObject({ kind: 'held', by: 'en kollega' });
    const pages = [
      await showModule(anna, 'prov'),
      await showDesk(anna),
      await showHistory(anna, 'prov', new URLSearchParams({ del: SECTION })),
    ];
    expect(JSON.stringify(pages)).not.toContain('Hemlig Person');
    await holdPart(hidden, { draftId, part: SECTION, release: true });
  });

  test('what no text may hold is refused, and says where', async () => {
    const refused = await save(anna, 1, { meta, body: { type: 'doc', content: [{ type: 'script' }] } });
    expect(refused).toMatchObject({
      kind: 'refused',
      problems: [{ path: expect.arrayContaining(['body']) }],
    });
    expect(await save(anna, 1, text('x'), 'avsnitt/Ä')).toMatchObject({ kind: 'refused' });
    expect(await save(anna, 1, text('x'), 'avsnitt/finns-inte')).toMatchObject({ kind: 'refused' });
    expect(await save(anna, 1, text('x'.repeat(4_999), ...Array(25).fill('y'.repeat(4_900))))).toMatchObject({
      kind: 'refused',
    });
    expect(await revisionsOf()).toHaveLength(1);
  });

  test('in a part that was removed keeps the text', async () => {
    await removePart(bo, draftId, SECTION, true);
    expect(await save(anna, 1, text('Skrivet utan kontakt.'))).toMatchObject({
      kind: 'conflict',
      content: null,
    });
    expect(texts(await revisionsOf())).toContain('Skrivet utan kontakt.');
    // What comes back is the text that stood.
    expect((await showModule(anna, 'prov')).draft?.removed).toMatchObject([{ part: SECTION, number: 1 }]);
  });

  test('in a draft that is closed, or there is none of, says so', async () => {
    await discardDraft(anna, draftId);
    expect(await save(anna, 1, text('x'))).toEqual({ kind: 'closed' });
    expect(await holdPart(anna, { draftId, part: SECTION })).toEqual({ kind: 'closed' });
    expect(await savePart(anna, { draftId: 999_999, part: SECTION, base: 1, content: text('x') })).toEqual({
      kind: 'closed',
    });
  });

  test('has room for so many revisions; one person can still go on from her last', async () => {
    await save(anna, 1, text('Annas.'));
    await database.db.transaction(async (tx) => {
      for (let number = 3; number <= MOST_REVISIONS; number += 1) {
        await insertRevision(tx, {
          draftId,
          part: SECTION,
          number,
          content: original,
          cause: 'kept',
          savedBy: hidden.personId,
        });
      }
    });
    wait(60);
    expect(await save(bo, 2, text('Bos.'))).toMatchObject({ kind: 'refused' });
    await holdPart(bo, { draftId, part: SECTION, release: true });
    expect(await save(anna, 2, text('Annas, längre.'))).toMatchObject({ kind: 'saved' });
    expect(await moveSection(anna, draftId, SECTION, 1)).toMatchObject({ kind: 'refused' });
    expect((await countRevisions(database.db, draftId, SECTION)).count).toBe(MOST_REVISIONS);
  });

  test('questions for a workplace can be none, and some again', async () => {
    expect(await save(anna, 1, null, 'samtal')).toMatchObject({ kind: 'saved', revision: 2 });
    expect((await readDraft(database.db, draftId))?.document?.discussion).toBeNull();
    expect(await save(anna, 2, sampleModule('prov').discussion, 'samtal')).toMatchObject({ kind: 'saved' });
  });
});
