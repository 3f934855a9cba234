import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { draft, draftPart, publication, review } from '#db/schema/editorial.ts';
import { shippedLeft } from '#db/schema/releases.ts';
import { lockDraft } from '#db/queries/drafts.ts';
import { insertRelease } from '#db/queries/releases.ts';
import type { Actor } from '#src/features/auth/auth.ts';
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
import { createModule } from '#src/features/editorial/new-module.server.ts';
import { addFact, removePart, restoreRevision } from '#src/features/editorial/parts.server.ts';
import { holdPart } from '#src/features/editorial/save-part.server.ts';
import { addSection, moveSection } from '#src/features/editorial/sections.server.ts';
import { withdrawReview } from '#src/features/editorial/withdraw-review.server.ts';
import { leaveShippedNews } from '#src/features/releases/shipped-news.server.ts';
import { bodyOf, publishModule, sampleFacts, sampleModule } from '../support/drafts.ts';
import { addActor } from '../support/training.ts';
import {
  database,
  anna,
  bo,
  draftId,
  wait,
  SECTION,
  original,
  text,
  save,
  partNow,
  revisionsOf,
  texts,
  moment,
  useOpenDraft,
  handIn,
  slugs,
} from '../support/open-draft.ts';

useOpenDraft();

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
    wait(2);
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
      dueAt: moment(20_000),
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

test('The desk tells no more of what came with the software once somebody has decided to leave it', async () => {
  const shipped = async () =>
    (await showDesk(anna)).tasks.flatMap((task) => (task.kind === 'shipped' ? [task.subject] : []));
  expect(await shipped()).toEqual(expect.arrayContaining(['del-1', 'fakta']));
  expect(await leaveShippedNews(anna, 'fakta')).toBe(true);
  expect(await leaveShippedNews(anna, 'fakta')).toBe(false);
  expect(await leaveShippedNews(bo, 'prov')).toBe(false);
  expect(await shipped()).toContain('del-1');
  expect(await shipped()).not.toContain('fakta');
  expect(await database.db.select().from(shippedLeft)).toMatchObject([
    { subject: 'fakta', leftBy: anna.personId },
  ]);
  // What was left is that text: another one, of another version of the software, is news.
  await database.db
    .insert(shippedLeft)
    .values({ subject: 'del-1', contentHash: 'en annan text', leftBy: anna.personId });
  expect(await shipped()).toContain('del-1');
  const reader = await addActor(database.db, { role: 'medarbetare' });
  await expect(leaveShippedNews(reader, 'del-1')).rejects.toMatchObject({ code: 'not-allowed' });
});
