import { describe, expect, test } from 'vitest';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { limits } from '#src/lib/limits.ts';
import { showDesk } from '#src/features/desk/desk.server.ts';
import { answerHistoryForm, showHistory } from '#src/features/desk/history.server.ts';
import { answerModuleForm } from '#src/features/desk/module-form.server.ts';
import { showModule } from '#src/features/desk/module-page.server.ts';
import { discardDraft, openDraft, readDraft } from '#src/features/editorial/drafts.server.ts';
import { createModule } from '#src/features/editorial/new-module.server.ts';
import { addFact, removePart, restoreRevision } from '#src/features/editorial/parts.server.ts';
import { holdPart, savePart } from '#src/features/editorial/save-part.server.ts';
import { addSection, moveSection } from '#src/features/editorial/sections.server.ts';
import { bodyOf, sampleFacts, sampleModule } from '../support/drafts.ts';
import {
  database,
  anna,
  bo,
  draftId,
  wait,
  SECTION,
  FIRST,
  original,
  text,
  save,
  partNow,
  revisionsOf,
  texts,
  useOpenDraft,
  slugs,
} from '../support/open-draft.ts';

useOpenDraft();

const document = async () => (await readDraft(database.db, draftId))!.document as ModuleDocument;

describe('Sections', () => {
  test('are added last, with an address that no other has or has had', async () => {
    expect(await addSection(anna, draftId, { rubrik: 'Om heder' })).toEqual({
      kind: 'done',
      part: 'avsnitt/om-heder',
    });
    await removePart(anna, draftId, 'avsnitt/om-heder');
    await addSection(anna, draftId, { rubrik: 'Om heder' });
    await addSection(anna, draftId, { rubrik: 'Kunskapskontroll' });
    expect(await slugs()).toEqual(['heder', 'stod', 'om-heder-2', 'kunskapskontroll-2']);
    expect((await document()).discussion?.sections.map(({ section }) => section)).toEqual(await slugs());
  });

  test('need a title', async () => {
    for (const rubrik of ['', '   ', undefined, 'x'.repeat(121)])
      expect(await addSection(anna, draftId, { rubrik })).toMatchObject({
        kind: 'refused',
        errors: { rubrik: expect.any(String) },
      });
  });

  test('are so many at most', async () => {
    for (let number = 3; number <= limits.sections; number += 1)
      expect(await addSection(anna, draftId, { rubrik: `Nummer ${number}` })).toMatchObject({ kind: 'done' });
    expect(await addSection(anna, draftId, { rubrik: 'En till' })).toMatchObject({ kind: 'refused' });
  });

  test('are moved one step, and keep their address, questions and texts', async () => {
    await moveSection(anna, draftId, SECTION, 1);
    const moved = await document();
    expect(moved.sections.map(({ slug }) => slug)).toEqual(['stod', 'heder']);
    expect(moved.discussion?.sections.map(({ section }) => section)).toEqual(['stod', 'heder']);
    expect(moved.quiz).toEqual(sampleModule('prov').quiz);
    await moveSection(anna, draftId, SECTION, 1);
    expect(await slugs()).toEqual(['stod', 'heder']);
    await moveSection(bo, draftId, SECTION, -1);
    expect(await slugs()).toEqual(['heder', 'stod']);
    // Who moves has changed the module, and is no one to approve it.
    expect((await revisionsOf()).map(({ savedBy }) => savedBy)).toEqual([null, anna.personId, bo.personId]);
  });

  test('that somebody moved meanwhile are saved without conflict', async () => {
    await moveSection(bo, draftId, SECTION, 1);
    expect(await save(anna, 1, text('Annas.'))).toMatchObject({ kind: 'merged', content: text('Annas.') });
  });

  test('that questions are about are asked about before they go', async () => {
    expect(await removePart(anna, draftId, SECTION)).toEqual({
      kind: 'referred',
      part: SECTION,
      questions: ['Vad gäller om heder?'],
    });
    expect(await slugs()).toEqual(['heder', 'stod']);
    expect(await removePart(anna, draftId, SECTION, true)).toMatchObject({ kind: 'done' });
    const after = await document();
    expect(after.sections.map(({ slug }) => slug)).toEqual(['stod']);
    expect(after.discussion?.sections.map(({ section }) => section)).toEqual(['stod']);
    expect(after.quiz.questions.map(({ section }) => section)).toEqual(['heder', 'stod']);
  });

  test('come back with their text and their questions for a workplace', async () => {
    await save(anna, 1, text('Senaste texten.'));
    await removePart(anna, draftId, SECTION, true);
    const [removed] = (await showModule(anna, 'prov')).draft!.removed;
    expect(removed).toMatchObject({ part: SECTION, name: 'Om heder', by: 'Anna Andersson' });
    await restoreRevision(bo, draftId, SECTION, removed!.number);
    const after = await document();
    expect(after.sections.map(({ slug }) => slug)).toEqual(['stod', 'heder']);
    expect(after.sections[1]?.body).toEqual(bodyOf('Senaste texten.'));
    expect(after.discussion?.sections[1]).toEqual(sampleModule('prov').discussion?.sections[0]);
    expect((await showModule(anna, 'prov')).draft!.removed).toEqual([]);
  });

  test('that somebody is writing in stay', async () => {
    await holdPart(bo, { draftId, part: SECTION });
    expect(await removePart(anna, draftId, SECTION, true)).toMatchObject({ kind: 'refused' });
    expect(await restoreRevision(anna, draftId, SECTION, 1)).toMatchObject({ kind: 'refused' });
  });

  test.each(['modul', 'kunskapskontroll', 'samtal', 'avsnitt/finns-inte', 'allt'])(
    'only: %s is not removed',
    async (part) => expect(await removePart(anna, draftId, part, true)).toMatchObject({ kind: 'refused' }),
  );
});

describe('The history of a part', () => {
  const history = async (fields: Record<string, string>, subject = 'prov') =>
    (await showHistory(anna, subject, new URLSearchParams(fields))).history!;

  test('tells who saved what when, and what stands', async () => {
    await save(anna, 1, text('Annas.'));
    wait(2);
    await save(bo, 1, text('Bos.'));
    const { revisions, name } = await history({ del: SECTION });
    expect(name).toBe('Om heder');
    expect(revisions.map(({ number, cause, by, isCurrent }) => [number, cause, by, isCurrent])).toEqual([
      [3, 'kept', 'Bo Berg', false],
      [2, 'edit', 'Anna Andersson', true],
      [1, 'start', null, false],
    ]);
  });

  test('compares any two as text to read', async () => {
    await save(anna, 1, text(FIRST, 'Andra stycket om skam.'));
    const { comparison } = await history({ del: SECTION, fran: '1', till: '2' });
    expect(comparison?.lines).toEqual([
      [
        { kind: 'same', text: 'Andra stycket om ' },
        { kind: 'removed', text: 'heder' },
        { kind: 'added', text: 'skam' },
        { kind: 'same', text: '.' },
      ],
    ]);
    for (const fields of [{ fran: '1', till: '99' }, { fran: 'x', till: '2' }, { fran: '99999999999' }])
      expect((await history({ del: SECTION, ...fields } as Record<string, string>)).comparison).toBeNull();
  });

  test('lets an earlier version stand again, also one that was put aside, and keeps the one that stood', async () => {
    await save(anna, 1, text('Annas.'));
    wait(2);
    await save(bo, 1, text('Bos.'));
    await holdPart(anna, { draftId, part: SECTION, release: true });
    await holdPart(bo, { draftId, part: SECTION, release: true });
    const answer = await answerHistoryForm(anna, 'prov', { del: SECTION, nr: '3' });
    expect(answer).toMatchObject({ kind: 'onward' });
    expect(await partNow()).toMatchObject({ content: text('Bos.'), revision: 4 });
    await answerHistoryForm(anna, 'prov', { del: SECTION, nr: '1' });
    expect((await partNow())?.content).toEqual(original);
    expect(texts(await revisionsOf())).toContain('Annas.');
    for (const nr of ['99', '0', '-1', 'x', '1e9', undefined])
      expect(await answerHistoryForm(anna, 'prov', { del: SECTION, nr })).toMatchObject({ kind: 'refused' });
  });

  test('compares a text with the one that stood before it, not with one that was put aside', async () => {
    await save(anna, 1, text('Annas.'));
    await holdPart(anna, { draftId, part: SECTION, release: true });
    await save(bo, 1, text('Bos.'));
    wait(10);
    await save(anna, 2, text('Annas igen.'));
    const { revisions } = await history({ del: SECTION });
    expect(revisions.map(({ number, cause, before }) => [number, cause, before])).toEqual([
      [4, 'edit', 2],
      [3, 'kept', 2],
      [2, 'edit', 1],
      [1, 'start', null],
    ]);
  });

  test('of a module without a draft is empty, and of no module is not found', async () => {
    expect(await showHistory(anna, 'andra', new URLSearchParams())).toEqual({
      title: 'Modul andra',
      history: null,
    });
    await expect(showHistory(anna, 'finns-inte', new URLSearchParams())).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('A new module', () => {
  test('gets an address from its title, the last place, and nothing that is written for the editor', async () => {
    const form = { titel: 'Åldrande och heder', malgrupp: 'För dig i äldreomsorgen.' };
    const made = await createModule(anna, form);
    expect(made).toMatchObject({ kind: 'created', slug: 'aldrande-och-heder' });
    const whole = await readDraft(database.db, made.kind === 'created' ? made.draftId : 0);
    expect(whole?.document).toMatchObject({
      kind: 'fordjupning',
      meta: { title: form.titel, audience: form.malgrupp, position: 3, goals: [] },
      sections: [],
      discussion: null,
    });
    expect(await createModule(bo, form)).toMatchObject({
      kind: 'refused',
      errors: { titel: expect.any(String) },
    });
    const next = await createModule(bo, { ...form, titel: 'Åldrande – och heder!' });
    expect(next).toMatchObject({ kind: 'created', slug: 'aldrande-och-heder-2' });
    const { modules } = await showDesk(anna);
    expect(modules.find(({ slug }) => slug === 'aldrande-och-heder')).toMatchObject({
      title: form.titel,
      state: 'writing',
      published: null,
    });
    const gone = await answerModuleForm(anna, 'aldrande-och-heder-2', { gor: 'kasta', sakert: 'ja' });
    expect(gone).toEqual({ kind: 'onward', to: '/redaktor?klart=kastat' });
    await expect(showModule(anna, 'aldrande-och-heder-2')).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([
    ['Ny', 'ny-2'],
    ['Fakta', 'fakta-2'],
    ['Modul prov!', 'modul-prov'],
    ['Prov', 'prov-2'],
  ])('called %s cannot have an address of another page', async (titel, slug) => {
    const made = await createModule(anna, { titel, malgrupp: 'Alla' });
    expect(made).toMatchObject({ kind: 'created', slug });
    if (made.kind === 'created') await discardDraft(anna, made.draftId);
  });

  test('needs a title and for whom it is; what was typed is kept', async () => {
    expect(await createModule(anna, { titel: ' ', malgrupp: '' })).toEqual({
      kind: 'refused',
      errors: { titel: expect.any(String), malgrupp: expect.any(String) },
      typed: { titel: ' ', malgrupp: '' },
    });
  });
});

describe('Facts', () => {
  test('are added, changed, removed and brought back like parts of a module', async () => {
    const opened = await openDraft(anna, 'fakta');
    const id = opened.kind === 'opened' ? opened.draftId : 0;
    const law = { ...sampleFacts.laws[0]!, id: 'lvu', short: 'LVU' };
    expect(await addFact(anna, id, 'laws/lvu', law)).toEqual({ kind: 'done', part: 'laws/lvu' });
    expect(await addFact(anna, id, 'laws/lvu', law)).toMatchObject({
      kind: 'refused',
      errors: { id: expect.any(String) },
    });
    expect(await addFact(anna, id, 'laws/annat', law)).toMatchObject({ kind: 'refused' });
    expect(await addFact(anna, id, 'avsnitt/x', law)).toMatchObject({ kind: 'refused' });
    const saved = await savePart(anna, {
      draftId: id,
      part: 'laws/lvu',
      base: 1,
      content: { ...law, text: 'Ny' },
    });
    expect(saved).toMatchObject({ kind: 'saved' });
    await removePart(anna, id, 'laws/sol');
    expect((await readDraft(database.db, id))?.facts?.laws.map((one) => one.id)).toEqual(['lvu']);
    await restoreRevision(bo, id, 'laws/sol', 1);
    expect((await readDraft(database.db, id))?.facts?.laws.map((one) => one.id)).toEqual(['lvu', 'sol']);
    const { title, history } = await showHistory(bo, 'fakta', new URLSearchParams({ del: 'laws/sol' }));
    expect([title, history?.name]).toEqual(['Fakta', 'Lagrum: SoL (sol)']);
    expect(await addSection(anna, id, { rubrik: 'Nej' })).toMatchObject({ kind: 'refused' });
  });
});
