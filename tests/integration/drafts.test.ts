import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { draft, draftPart, draftRevision, publication, review } from '#db/schema/editorial.ts';
import { countRevisions, insertRevision } from '#db/queries/draft-revisions.ts';
import { lockDraft } from '#db/queries/drafts.ts';
import { insertRelease } from '#db/queries/releases.ts';
import { insertReview, setDraftState } from '#db/queries/reviews.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { limits } from '#src/lib/limits.ts';
import { showDesk } from '#src/features/desk/desk.server.ts';
import { answerHistoryForm, showHistory } from '#src/features/desk/history.server.ts';
import { answerModuleForm } from '#src/features/desk/module-form.server.ts';
import { showModule } from '#src/features/desk/module-page.server.ts';
import {
  discardDraft,
  findCurrentFacts,
  openDraft,
  readDraft,
} from '#src/features/editorial/drafts.server.ts';
import { MOST_REVISIONS } from '#src/features/editorial/drafts.ts';
import { createModule } from '#src/features/editorial/new-module.server.ts';
import { addFact, removePart, restoreRevision } from '#src/features/editorial/parts.server.ts';
import { holdPart, savePart } from '#src/features/editorial/save-part.server.ts';
import { addSection, moveSection } from '#src/features/editorial/sections.server.ts';
import { withdrawReview } from '#src/features/editorial/withdraw-review.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { POST as hall } from '#src/pages/redaktor/hall.ts';
import { POST as spara } from '#src/pages/redaktor/spara.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { bodyOf, publishFacts, publishModule, sampleFacts, sampleModule } from '../support/drafts.ts';
import { addActor } from '../support/training.ts';

const START = Date.parse('2026-06-15T10:00:00Z');
let database: TestDatabase;
let anna: Actor;
let bo: Actor;
let hidden: Actor;
/** Minutes after the start. */
let minutes = 0;

beforeAll(async () => {
  setClock(() => new Date(START + minutes * 60_000));
  database = await createTestDatabase();
  anna = await addActor(database.db, { role: 'redaktor', name: 'Anna Andersson' });
  bo = await addActor(database.db, { role: 'admin', name: 'Bo Berg' });
  hidden = await addActor(database.db, { role: 'redaktor', name: 'Hemlig Person', isProtected: true });
  await publishFacts(database.db);
  await publishModule(database.db, sampleModule('prov'));
  await publishModule(database.db, sampleModule('andra', 2));
});

afterAll(async () => {
  setClock(null);
  await database.drop();
});

const SECTION = 'avsnitt/heder';
let draftId = 0;

beforeEach(async () => {
  minutes += 60;
  const open = await openDraft(anna, 'prov');
  if (open.kind !== 'opened') throw new Error(open.message);
  await discardDraft(anna, open.draftId);
  const again = await openDraft(anna, 'prov');
  draftId = again.kind === 'opened' ? again.draftId : 0;
});

const meta = { title: 'Om heder', minutes: 3, lead: 'Kort om det.', sources: ['p1'] };
const text = (...paragraphs: string[]) => ({ meta, body: bodyOf(...paragraphs) });
const FIRST = 'Första stycket om heder.';
const SECOND = 'Andra stycket om heder.';
const original = text(FIRST, SECOND);

const save = (actor: Actor | null, base: number, content: unknown, part = SECTION) =>
  savePart(actor, { draftId, part, base, content });
const partNow = async (part = SECTION) =>
  (await readDraft(database.db, draftId))!.parts.find((one) => one.part === part);
const revisionsOf = (part = SECTION) =>
  database.db
    .select()
    .from(draftRevision)
    .where(eq(draftRevision.draftId, draftId))
    .orderBy(draftRevision.number)
    .then((rows) => rows.filter((row) => row.part === part));
const texts = (rows: { content: unknown }[]) => JSON.stringify(rows.map(({ content }) => content));

/** Hands the draft in as it is, without the gate, and says how far it has come. */
async function handIn(state: 'review' | 'approved', by = anna) {
  const whole = await readDraft(database.db, draftId);
  await database.db.transaction(async (tx) => {
    const id = await insertReview(tx, {
      draftId,
      document: whole!.document,
      documentHash: 'x',
      findings: [],
      note: null,
      submittedBy: by.personId,
      submittedAt: new Date(START + minutes * 60_000),
    });
    if (state === 'approved') {
      await tx
        .update(review)
        .set({ decision: 'approved', decidedBy: bo.personId, decidedAt: new Date() })
        .where(eq(review.id, id));
    }
    await setDraftState(tx, draftId, state);
  });
  const [row] = await database.db.select().from(review).where(eq(review.draftId, draftId));
  return row!.id;
}

describe('Opening a draft', () => {
  test('gives the published module, part by part, and the same draft to whoever opens it', async () => {
    expect(await openDraft(bo, 'prov')).toEqual({ kind: 'opened', draftId });
    const whole = await readDraft(database.db, draftId);
    expect(whole?.document).toEqual(sampleModule('prov'));
    expect(whole?.parts.every(({ revision, savedBy }) => revision === 1 && savedBy === null)).toBe(true);
  });

  test('gives one draft to two who open it at once', async () => {
    await discardDraft(anna, draftId);
    const [one, other] = await Promise.all([openDraft(anna, 'prov'), openDraft(bo, 'prov')]);
    expect(one).toEqual(other);
  });

  test('of the facts gives every fact as a part', async () => {
    const opened = await openDraft(anna, 'fakta');
    const whole = await readDraft(database.db, opened.kind === 'opened' ? opened.draftId : 0);
    expect(whole?.facts).toEqual(sampleFacts);
    expect(whole?.parts.map(({ part }) => part).toSorted()).toEqual(['laws/sol', 'sources/p1']);
  });

  test.each(['finns-inte', 'grundkurs', ''])('of %j is not possible', async (subject) => {
    await expect(openDraft(anna, subject)).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each(['medarbetare', 'samordnare'] as const)('is not for %s, nor is anything else', async (role) => {
    const other = await addActor(database.db, { role });
    const chief = { ...other, isManager: true };
    for (const someone of [other, chief]) {
      const part = { draftId, part: SECTION };
      for (const attempt of [
        () => openDraft(someone, 'prov'),
        () => createModule(someone, { titel: 'X', malgrupp: 'Y' }),
        () => discardDraft(someone, draftId),
        () => save(someone, 1, text('x')),
        () => holdPart(someone, part),
        () => addSection(someone, draftId, { rubrik: 'X' }),
        () => moveSection(someone, draftId, SECTION, 1),
        () => removePart(someone, draftId, SECTION),
        () => restoreRevision(someone, draftId, SECTION, 1),
        () => addFact(someone, draftId, 'laws/x', {}),
        () => showDesk(someone),
        () => showModule(someone, 'prov'),
        () => showHistory(someone, 'prov', new URLSearchParams()),
        () => answerModuleForm(someone, 'prov', { gor: 'oppna' }),
        () => answerHistoryForm(someone, 'prov', {}),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(save(null, 1, text('x'))).rejects.toMatchObject({ code: 'not-signed-in' });
    expect((await partNow())?.content).toEqual(original);
  });
});

describe('Saving a part', () => {
  test('stores what was written and says its number', async () => {
    const saved = await save(anna, 1, text('Nytt.'));
    expect(saved).toEqual({
      kind: 'saved',
      revision: 2,
      at: new Date(START + minutes * 60_000).toISOString(),
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
      minutes += 4;
      expect(await save(anna, index + 1, text(words))).toMatchObject({ kind: 'saved', revision: index + 2 });
    }
    const rows = await revisionsOf();
    expect(rows.map(({ number, cause }) => [number, cause])).toEqual([
      [1, 'start'],
      [5, 'edit'],
    ]);
    minutes += 6;
    await save(anna, 5, text('Efter en paus'));
    expect(await revisionsOf()).toHaveLength(3);
  });

  test('after somebody else, or after a review, is a new revision', async () => {
    await save(anna, 1, text(FIRST, 'Anna'));
    await save(bo, 2, text('Bo', 'Anna'), SECTION).then((result) => expect(result.kind).toBe('conflict'));
    minutes += 2;
    expect(await save(bo, 2, text('Bo', 'Anna'))).toMatchObject({ kind: 'saved' });
    await handIn('review');
    minutes += 1;
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
    minutes += 2;
    const merged = await save(bo, 1, text(FIRST, SECOND, 'Bos stycke.'));
    const both = text('Annas stycke.', SECOND, 'Bos stycke.');
    expect(merged).toMatchObject({ kind: 'merged', revision: 3, content: both });
    expect((await partNow())?.content).toEqual(both);
    expect(texts(await revisionsOf())).toContain('Annas stycke.');
  });

  test('the same paragraph keeps the first one’s and puts the other aside, once however often it is sent', async () => {
    await save(anna, 1, text('Annas stycke.'));
    minutes += 2;
    const lost = await save(bo, 1, text('Bos stycke.'));
    expect(lost).toEqual({
      kind: 'conflict',
      revision: 2,
      content: text('Annas stycke.'),
      by: 'Anna Andersson',
      at: new Date(START + (minutes - 2) * 60_000).toISOString(),
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
    minutes += 2;
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
    minutes += 2;
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
    minutes += 60;
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

describe('Holding a part', () => {
  const hold = (actor: Actor, more = {}) => holdPart(actor, { draftId, part: SECTION, ...more });

  test('keeps others out for 90 seconds after the holder was last heard of', async () => {
    expect(await hold(anna)).toMatchObject({ kind: 'mine', revision: 1 });
    minutes += 1;
    expect(await hold(bo)).toEqual({
      kind: 'held',
      by: 'Anna Andersson',
      since: new Date(START + (minutes - 1) * 60_000).toISOString(),
    });
    await save(anna, 1, text('Jag skriver.'));
    minutes += 1;
    expect(await hold(bo)).toMatchObject({ kind: 'held' });
    minutes += 1;
    expect(await hold(bo)).toMatchObject({ kind: 'mine', revision: 2 });
  });

  test('ends when the holder lets go, and only she can', async () => {
    await hold(anna);
    await hold(bo, { release: true });
    expect(await hold(bo)).toMatchObject({ kind: 'held' });
    expect(await hold(anna, { release: true })).toEqual({ kind: 'released' });
    expect(await hold(bo)).toMatchObject({ kind: 'mine' });
  });

  test('that is taken over puts what the first one saves next aside', async () => {
    await hold(anna);
    expect(await hold(bo, { take: true })).toMatchObject({ kind: 'mine' });
    expect(await save(anna, 1, text('Annas.'))).toMatchObject({ kind: 'conflict', by: 'Bo Berg', kept: 2 });
    expect(await save(bo, 1, text('Bos.'))).toMatchObject({ kind: 'saved', revision: 3 });
    expect(texts(await revisionsOf())).toContain('Annas.');
  });

  test('is shown on the module’s page and on the desk', async () => {
    await hold(anna);
    const own = (await showModule(anna, 'prov')).draft!.parts.find(({ part }) => part === SECTION);
    const others = (await showModule(bo, 'prov')).draft!.parts.find(({ part }) => part === SECTION);
    expect([own?.holder, others?.holder]).toEqual(['me', { name: 'Anna Andersson' }]);
    const { modules } = await showDesk(bo);
    expect(modules.find(({ slug }) => slug === 'prov')).toMatchObject({
      state: 'writing',
      writers: ['Anna Andersson'],
    });
  });
});

describe('A draft that is handed in', () => {
  test.each(['review', 'approved'] as const)(
    'in %s is being written again after any change',
    async (state) => {
      const changes: (() => Promise<unknown>)[] = [
        () => save(anna, 1, text('Ändrat.')),
        () => addSection(anna, draftId, { rubrik: 'Ett till' }),
        () => moveSection(anna, draftId, SECTION, 1),
        () => removePart(anna, draftId, 'avsnitt/ett-till'),
        () => restoreRevision(anna, draftId, SECTION, 1),
      ];
      for (const change of changes) {
        await handIn(state);
        await change();
        expect((await readDraft(database.db, draftId))?.draft.state).toBe('writing');
      }
      const rows = await database.db.select().from(review).where(eq(review.draftId, draftId));
      const decision = state === 'review' ? 'withdrawn' : 'approved';
      expect(rows.map((row) => row.decision)).toEqual(changes.map(() => decision));
    },
  );

  test('stays so when nothing is changed, or a text is only put aside', async () => {
    await save(anna, 1, text('Annas.'));
    await handIn('review');
    minutes += 2;
    expect(await save(anna, 2, text('Annas.'))).toMatchObject({ kind: 'saved' });
    await holdPart(anna, { draftId, part: SECTION, release: true });
    expect(await save(bo, 1, text('Bos.'))).toMatchObject({ kind: 'conflict' });
    expect((await readDraft(database.db, draftId))?.draft.state).toBe('review');
  });

  test('takes a planned publication with it, but not one that has begun', async () => {
    const reviewId = await handIn('approved');
    const planned = {
      reviewId,
      subject: 'prov',
      change: 'minor' as const,
      reason: 'Stavfel',
      requestedBy: bo.personId,
      dueAt: new Date(START + 1e9),
    };
    const [row] = await database.db.insert(publication).values(planned).returning();
    const { modules } = await showDesk(anna);
    expect(modules.find(({ slug }) => slug === 'prov')?.state).toBe('planned');
    await database.db.update(publication).set({ state: 'building' }).where(eq(publication.id, row!.id));
    expect(await save(anna, 1, text('Under bygget.'))).toMatchObject({ kind: 'refused' });
    expect(await addSection(anna, draftId, { rubrik: 'Under bygget' })).toMatchObject({ kind: 'refused' });
    expect(await discardDraft(anna, draftId)).toMatchObject({ kind: 'refused' });
    await database.db.update(publication).set({ state: 'waiting' }).where(eq(publication.id, row!.id));
    // Somebody has just taken it up, and is not done.
    await database.db.transaction(async (tx) => {
      await tx.update(publication).set({ step: 'check' }).where(eq(publication.id, row!.id));
      expect(await save(anna, 1, text('I samma stund.'))).toMatchObject({ kind: 'refused' });
    });
    await save(anna, 1, text('Före bygget.'));
    const [after] = await database.db.select().from(publication).where(eq(publication.id, row!.id));
    expect(after).toMatchObject({ state: 'cancelled', failure: expect.stringContaining('ändrades') });
  });

  test('can be taken back without a change', async () => {
    await handIn('review');
    const done = await database.db.transaction(async (tx) => {
      await lockDraft(tx, draftId);
      return withdrawReview(tx, draftId, anna.personId);
    });
    expect(done).toBe(true);
    expect((await readDraft(database.db, draftId))?.draft.state).toBe('writing');
    expect(await database.db.transaction((tx) => withdrawReview(tx, draftId))).toBe(false);
  });

  test('waits on the desk of those who have not written in it', async () => {
    await save(anna, 1, text('Annas.'));
    await handIn('review', anna);
    const waits = async (actor: Actor) => (await showDesk(actor)).tasks.some(({ kind }) => kind === 'review');
    expect([await waits(anna), await waits(bo)]).toEqual([false, true]);
  });
});

const slugs = async () => (await readDraft(database.db, draftId))!.document!.sections.map(({ slug }) => slug);
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
    minutes += 2;
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
    minutes += 2;
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

describe('What the editor sends', () => {
  const post = (body: unknown) =>
    new Request('http://localhost/', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const ask = async (route: typeof spara, actor: Actor | null, body: unknown) => {
    const context = { locals: { actor }, request: post(body) } as unknown as Parameters<typeof spara>[0];
    const response = await route(context);
    expect(response.headers.get('content-type')).toContain('application/json');
    return [response.status, ((await response.json()) as { kind: string }).kind];
  };
  const hold = (writer: Actor) => ({ draftId, part: SECTION, writer: writer.personId });
  const body = (writer: Actor, content: unknown, base = 1) => ({ ...hold(writer), base, content });

  test('is answered as JSON, with a status for each outcome', async () => {
    expect(await ask(spara, anna, body(anna, text('Annas.')))).toEqual([200, 'saved']);
    expect(await ask(hall, bo, hold(bo))).toEqual([423, 'held']);
    expect(await ask(hall, bo, { ...hold(bo), take: true })).toEqual([200, 'mine']);
    expect(await ask(hall, bo, { ...hold(bo), release: true })).toEqual([200, 'released']);
    expect(await ask(spara, bo, body(bo, text('Bos.')))).toEqual([409, 'conflict']);
    expect(await ask(spara, bo, body(bo, text(FIRST, SECOND), 1))).toEqual([200, 'merged']);
    expect(await ask(spara, bo, body(bo, 'x'))).toEqual([422, 'refused']);
    for (const unreadable of ['', '{', '[]', 'null', hold(anna), { ...body(anna, 1), draftId: -1 }])
      expect(await ask(spara, anna, unreadable)).toEqual([422, 'refused']);
    expect(await ask(hall, anna, 'draftId=1')).toEqual([422, 'refused']);
    await discardDraft(anna, draftId);
    expect(await ask(spara, anna, body(anna, text('Sent.')))).toEqual([410, 'closed']);
    expect(await ask(hall, anna, hold(anna))).toEqual([410, 'closed']);
  });

  test('by somebody who is signed out, or may not write, is answered as JSON too', async () => {
    const other = await addActor(database.db, { role: 'samordnare' });
    for (const route of [spara, hall]) {
      expect(await ask(route, null, body(anna, text('x')))).toEqual([401, 'signed-out']);
      expect(await ask(route, other, body(anna, text('x')))).toEqual([403, 'not-allowed']);
      expect(await ask(route, null, '{')).toEqual([401, 'signed-out']);
    }
  });

  test('from the page of somebody else than who has signed in since is not saved', async () => {
    expect(await ask(spara, bo, body(anna, text('Annas.')))).toEqual([401, 'signed-out']);
    expect(await ask(hall, bo, hold(anna))).toEqual([401, 'signed-out']);
    expect(await revisionsOf()).toHaveLength(1);
    expect(await partNow()).toMatchObject({ heldBy: null });
    expect(await ask(spara, anna, body(anna, text('Annas.')))).toEqual([200, 'saved']);
  });
});

describe('The module’s page', () => {
  test('does what its forms ask for, and says what stands in the way', async () => {
    const ask = (fields: Record<string, string>) => answerModuleForm(anna, 'prov', fields);
    expect(await ask({ gor: 'lagg-till', rubrik: 'Nytt avsnitt' })).toEqual({
      kind: 'onward',
      to: '/redaktor/moduler/prov?klart=tillagt',
    });
    expect(await ask({ gor: 'upp', del: 'avsnitt/nytt-avsnitt' })).toMatchObject({ kind: 'onward' });
    expect(await slugs()).toEqual(['heder', 'nytt-avsnitt', 'stod']);
    expect(await ask({ gor: 'ned', del: 'avsnitt/nytt-avsnitt' })).toMatchObject({ kind: 'onward' });
    expect(await ask({ gor: 'ta-bort', del: SECTION })).toMatchObject({
      kind: 'ask',
      questions: ['Vad gäller om heder?'],
    });
    expect(await ask({ gor: 'ta-bort', del: SECTION, sakert: 'ja' })).toMatchObject({ kind: 'onward' });
    expect(await ask({ gor: 'ta-tillbaka', del: SECTION, nr: '1' })).toMatchObject({ kind: 'onward' });
    expect(await ask({ gor: 'lagg-till', rubrik: '' })).toMatchObject({
      kind: 'refused',
      typed: { rubrik: '' },
    });
    expect(await ask({ gor: 'kasta' })).toMatchObject({
      kind: 'refused',
      errors: { sakert: expect.any(String) },
    });
    expect(await ask({ gor: 'annat' })).toMatchObject({ kind: 'refused' });
    expect(await ask({ gor: 'kasta', sakert: 'ja' })).toEqual({
      kind: 'onward',
      to: '/redaktor/moduler/prov?klart=kastat',
    });
    expect(await ask({ gor: 'lagg-till', rubrik: 'För sent' })).toMatchObject({ kind: 'refused' });
    expect((await showModule(anna, 'prov')).draft).toBeNull();
    expect(await ask({ gor: 'oppna' })).toMatchObject({ kind: 'onward' });
    expect((await showModule(anna, 'prov')).draft?.isBehind).toBe(false);
    await publishModule(database.db, { ...sampleModule('prov'), intro: bodyOf('Från någon annan.') });
    expect((await showModule(anna, 'prov')).draft?.isBehind).toBe(true);
    await publishModule(database.db, sampleModule('prov'));
    await expect(showModule(anna, 'fakta')).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('What is in a draft is not there twice, and what was thrown away is still in the database', async () => {
  await save(anna, 1, text('Kastas.'));
  await discardDraft(bo, draftId);
  expect(texts(await revisionsOf())).toContain('Kastas.');
  const open = await database.db.select().from(draft).where(eq(draft.subject, 'prov'));
  expect(open.filter(({ closedAt }) => closedAt === null)).toEqual([]);
  const parts = await database.db.select().from(draftPart).where(eq(draftPart.draftId, draftId));
  expect(parts).toHaveLength(5);
});

test('The desk tells of content that came with the software and is not published', async () => {
  const facts = (await findCurrentFacts(database.db))!;
  await database.db.transaction((tx) =>
    insertRelease(tx, { factsVersionId: facts.id, contentHash: 'x' }, []),
  );
  const { tasks } = await showDesk(anna);
  const shipped = tasks.flatMap((task) => (task.kind === 'shipped' ? [task.subject] : []));
  expect(shipped).toContain('del-1');
  expect(shipped).not.toContain('prov');
});
