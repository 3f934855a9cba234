import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listFactUses } from '#db/queries/fact-use.ts';
import { draft, draftPart, draftRevision } from '#db/schema/editorial.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { factsInUse } from '#src/features/desk/next-review.ts';
import { requireContent } from '#src/features/documents/content-reader.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { FactKind } from '#src/features/documents/parts.ts';
import { discardDraft, openDraft, readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import { savePart } from '#src/features/editorial/save-part.server.ts';
import { formOf, type AnyFact } from '#src/features/facts-editor/fact-form.ts';
import { changeFact, checkFact, readFactAddress } from '#src/features/facts-editor/fact-request.server.ts';
import { showFact, showFacts, showNewFact } from '#src/features/facts-editor/facts-desk.server.ts';
import { addNewFact, discardFacts } from '#src/features/facts-editor/save-fact.server.ts';
import type { Contact, Law, Source } from '#src/features/facts/facts.schema.ts';
import { publishShippedContent } from '#src/features/releases/publish-shipped.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addActor } from '../support/training.ts';

let database: TestDatabase;
let editor: Actor;
let colleague: Actor;
const TODAY = '2026-12-01';
/** A contact that no page shows, in the shipped facts. */
const UNUSED = 'origo';

beforeAll(async () => {
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
  database = await createTestDatabase();
  await publishShippedContent(database.db);
  editor = await addActor(database.db, { role: 'redaktor', name: 'Rut Redaktör' });
  colleague = await addActor(database.db, { role: 'redaktor', name: 'Kaj Kollega' });
});

afterAll(async () => {
  setClock(null);
  await database.drop();
});

beforeEach(async () => {
  await discardFacts(editor);
});

/** The form of a fact as a browser sends it, as it stands now, with other values in some fields. */
async function filled(kind: FactKind, id: string, others: Record<string, string | string[]> = {}) {
  const { fact, base } = await showFact(editor, kind, id);
  const form = formOf(kind, fact!);
  const posted = new FormData();
  const fields = { ...form.texts, sources: form.sources, atgard: 'spara', ...others };
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) posted.append(name, one);
  posted.set('utkast', String(base.draftId ?? ''));
  posted.set('revision', String(base.revision));
  posted.set('sett', base.seen);
  return posted;
}

const save = async (kind: FactKind, id: string, others: Record<string, string | string[]>, by = editor) =>
  changeFact(by, kind, id, await filled(kind, id, others));

const drafted = async (part: string) =>
  (await readOpenDraft(database.db, 'fakta'))?.parts.find((one) => one.part === part)?.content as AnyFact;

describe('A fact', () => {
  test('is saved in a draft that the first change opens, and readers keep what they have', async () => {
    expect(await readOpenDraft(database.db, 'fakta')).toBeNull();
    const reply = await save('contacts', 'bris', { phone: '0771-50 50 50', hours: '' });
    expect(reply).toEqual({ kind: 'done', to: '/redaktor/fakta/contacts/bris?klart=sparat' });
    expect(await drafted('contacts/bris')).toMatchObject({
      phone: '0771-50 50 50',
      phoneHref: 'tel:0771505050',
      checked: '2026-11-21',
    });
    expect(Object.keys(await drafted('contacts/bris'))).not.toContain('hours');
    const page = await showFact(editor, 'contacts', 'bris');
    expect(page.mark).toBe('changed');
    expect((page.published as Contact).phone).toBe('116 111');
    const { facts, draft: summary } = await showFacts(editor, new URLSearchParams({ lage: 'andrade' }));
    expect(facts.map(({ id, mark }) => [id, mark])).toEqual([['bris', 'changed']]);
    expect(summary).toMatchObject({ state: 'writing', changed: 1, added: 0, removed: 0 });
  });

  test('that is sent as it is opens no draft, and neither does one that is refused', async () => {
    expect(await save('laws', 'sol-19-1', {})).toMatchObject({
      to: '/redaktor/fakta/laws/sol-19-1?klart=samma-som-forut',
    });
    expect(await save('laws', 'sol-19-1', { text: ' ' })).toMatchObject({ kind: 'refused' });
    expect(await readOpenDraft(database.db, 'fakta')).toBeNull();
  });

  test.each<[FactKind, string, Record<string, string | string[]>, string]>([
    ['laws', 'sol-19-1', { short: '' }, 'short'],
    ['laws', 'sol-19-1', { text: 'x'.repeat(2_001) }, 'text'],
    ['laws', 'sol-19-1', { checked: '2026-02-30' }, 'checked'],
    ['laws', 'sol-19-1', { checked: '2026-12-02' }, 'checked'],
    ['laws', 'sol-19-1', { status: 'kanske' }, 'status'],
    ['laws', 'sol-19-1', { sources: [] }, 'sources'],
    ['laws', 'sol-19-1', { sources: ['finns-inte'] }, 'sources'],
    ['laws', 'sol-19-1', { confirmedBy: 'Socialförvaltningen' }, 'confirmedOn'],
    ['laws', 'sol-19-1', { confirmedOn: '2026-11-30' }, 'confirmedBy'],
    ['contacts', 'bris', { phone: 'ring oss' }, 'phone'],
    ['contacts', 'bris', { phone: '' }, 'reach'],
    ['contacts', 'bris', { audience: '' }, 'audience'],
    ['figures', 'anstallda-malmo', { value: '' }, 'value'],
    ['figures', 'anstallda-malmo', { year: '' }, 'year'],
    ['sources', 'p1', { title: '' }, 'title'],
    ['sources', 'p1', { url: 'javascript:alert(1)' }, 'url'],
    ['sources', 'p1', { alsoAt: 'https://exempel.test/\nhttps://user:pw@exempel.test/' }, 'alsoAt'],
    ['words', 'hederskultur', { instead: '' }, 'instead'],
  ])('of %s (%s) is refused with words at the field: %j', async (kind, id, others, field) => {
    const reply = await save(kind, id, others);
    expect(reply.kind).toBe('refused');
    if (reply.kind !== 'refused') return;
    expect(Object.keys(reply.errors)).toEqual([field]);
    expect(reply.errors[field]).toMatch(/\p{L}.*[.?]$/u);
    // What was typed stands there still.
    expect(reply.form?.texts).toMatchObject(
      Object.fromEntries(Object.entries(others).filter(([name]) => name !== 'sources')),
    );
  });

  test('may be confirmed, and stay without a number when it says how to be reached', async () => {
    await save('contacts', 'ratt-att-valja', { confirmedBy: 'Länsstyrelsen', confirmedOn: '2026-11-30' });
    expect(await drafted('contacts/ratt-att-valja')).toMatchObject({
      status: 'uncertain',
      confirmed: { by: 'Länsstyrelsen', on: '2026-11-30' },
    });
    expect((await showFact(editor, 'contacts', 'ratt-att-valja')).condition.kind).toBe('current');
    await save('contacts', 'bris', { phone: '', reach: 'Sök på bris.se.' });
    expect(await drafted('contacts/bris')).toMatchObject({ phone: null, phoneHref: null });
  });

  test('is open to editors and administrators only', async () => {
    const staff = await addActor(database.db, { role: 'medarbetare', name: 'Moa Medarbetare' });
    const posted = await filled('laws', 'sol-19-1');
    for (const [actor, code] of [
      [null, 'not-signed-in'],
      [staff, 'not-allowed'],
    ] as const) {
      for (const attempt of [
        () => showFacts(actor, new URLSearchParams()),
        () => showFact(actor, 'laws', 'sol-19-1'),
        () => showNewFact(actor),
        () => changeFact(actor, 'laws', 'sol-19-1', posted),
        () => checkFact(actor, 'laws', 'sol-19-1', posted),
        () => addNewFact(actor, 'laws', posted),
        () => discardFacts(actor),
        async () => readFactAddress(actor, { kind: 'allt' }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code });
      }
    }
    const admin = await addActor(database.db, { role: 'admin', name: 'Ada Admin' });
    expect((await showFacts(admin, new URLSearchParams())).facts.length).toBeGreaterThan(0);
  });
});

describe('A form that somebody else was faster than', () => {
  test('keeps what was typed and shows the other text, and saves when it is sent again', async () => {
    const mine = await filled('laws', 'sol-19-1', { title: 'Min rubrik' });
    await save('laws', 'sol-19-1', { title: 'Kollegans rubrik' }, colleague);
    const reply = await changeFact(editor, 'laws', 'sol-19-1', mine);
    expect(reply).toMatchObject({ kind: 'stale', by: 'Kaj Kollega', theirs: { title: 'Kollegans rubrik' } });
    if (reply.kind !== 'stale') return;
    expect(reply.form.texts['title']).toBe('Min rubrik');
    expect(await drafted('laws/sol-19-1')).toMatchObject({ title: 'Kollegans rubrik' });
    mine.set('utkast', String(reply.base.draftId));
    mine.set('revision', String(reply.base.revision));
    mine.set('sett', reply.base.seen);
    expect(await changeFact(editor, 'laws', 'sol-19-1', mine)).toMatchObject({ kind: 'done' });
    expect(await drafted('laws/sol-19-1')).toMatchObject({ title: 'Min rubrik' });
    const { db } = database;
    const kept = await db.select().from(draftRevision).where(eq(draftRevision.part, 'laws/sol-19-1'));
    expect(kept.map(({ content }) => (content as Law).title)).toContain('Kollegans rubrik');
  });

  test('made in a draft that was discarded since saves in the new one, when the text is the same', async () => {
    await save('laws', 'sol-19-4', { title: 'Ändrad' });
    const other = await filled('laws', 'sol-19-1', { title: 'Min rubrik' });
    await discardFacts(colleague);
    expect(await changeFact(editor, 'laws', 'sol-19-1', other)).toMatchObject({ kind: 'done' });
    const stale = await filled('laws', 'sol-19-1', { title: 'Ännu en' });
    await discardFacts(colleague);
    expect(await changeFact(editor, 'laws', 'sol-19-1', stale)).toMatchObject({
      kind: 'stale',
      theirs: { title: 'Skyldighet att anmäla när ett barn kan fara illa' },
    });
  });

  test('does not hold the fact for others after it was saved', async () => {
    await save('laws', 'sol-19-1', { title: 'Först' });
    expect(await save('laws', 'sol-19-1', { title: 'Sedan' }, colleague)).toMatchObject({ kind: 'done' });
    const [part] = await database.db.select().from(draftPart).where(eq(draftPart.part, 'laws/sol-19-1'));
    expect(part?.heldBy).toBeNull();
  });

  test('waits when the draft is being written in elsewhere, and nothing is lost', async () => {
    const opened = await openDraft(colleague, 'fakta');
    if (opened.kind !== 'opened') throw new Error('the draft opens');
    const { draftId } = opened;
    const theirs = { ...(await drafted('laws/sol-19-1')), title: 'Hålls' } as Law;
    await savePart(colleague, { draftId, part: 'laws/sol-19-1', base: 1, content: theirs });
    expect(await save('laws', 'sol-19-1', { title: 'Min' })).toMatchObject({ kind: 'stale' });
    await discardDraft(colleague, draftId);
  });
});

describe('A check against the source', () => {
  test('sets the day and the status, and nothing else', async () => {
    const before = (await showFact(editor, 'laws', 'sol-19-1')).fact as Law;
    const posted = await filled('laws', 'sol-19-1', { status: 'uncertain', text: 'Något annat' });
    expect(await checkFact(editor, 'laws', 'sol-19-1', posted)).toEqual({
      kind: 'done',
      to: '/redaktor/fakta/laws/sol-19-1?klart=kontrollerat',
    });
    expect(await drafted('laws/sol-19-1')).toEqual({ ...before, checked: TODAY, status: 'uncertain' });
  });

  test('of a source sets its day', async () => {
    await checkFact(editor, 'sources', 'p1', await filled('sources', 'p1'));
    expect((await drafted('sources/p1')) as Source).toMatchObject({ checked: TODAY });
  });

  test('is refused when the text is another than the one that was read', async () => {
    const read = await filled('laws', 'sol-19-1');
    await save('laws', 'sol-19-1', { title: 'Ny rubrik' }, colleague);
    expect(await checkFact(editor, 'laws', 'sol-19-1', read)).toMatchObject({ kind: 'stale' });
    expect(await drafted('laws/sol-19-1')).toMatchObject({ checked: '2026-11-21' });
  });

  test('needs a status that says something', async () => {
    const posted = await filled('laws', 'sol-19-1', { status: 'unverified' });
    expect(await checkFact(editor, 'laws', 'sol-19-1', posted)).toMatchObject({
      kind: 'refused',
      errors: { status: expect.any(String) },
    });
  });
});

describe('Facts come and go', () => {
  const newLaw = (others: Record<string, string> = {}) => {
    const posted = new FormData();
    const fields = {
      short: '1 kap. 1 § provlagen',
      title: 'Om prov',
      text: 'Det ska prövas.',
      status: 'verified',
      checked: TODAY,
      sources: 'l1',
      ...others,
    };
    for (const [name, value] of Object.entries(fields)) posted.set(name, value);
    return posted;
  };

  test('a new one gets an id from its text, or its own, and stands last', async () => {
    expect(await addNewFact(editor, 'laws', newLaw())).toEqual({
      kind: 'added',
      id: 'lag-1-kap-1-provlagen',
    });
    expect(await addNewFact(editor, 'laws', newLaw({ id: 'provlagen' }))).toMatchObject({ kind: 'added' });
    const { facts } = await showFacts(editor, new URLSearchParams({ slag: 'laws' }));
    expect(facts.slice(-2).map(({ id, mark }) => [id, mark])).toEqual([
      ['lag-1-kap-1-provlagen', 'new'],
      ['provlagen', 'new'],
    ]);
    expect((await showFact(editor, 'laws', 'provlagen')).published).toBeNull();
  });

  test.each(['Prov Lagen', 'ny', 'sol-19-1'])('a new one is refused the id %s', async (id) => {
    const reply = await addNewFact(editor, 'laws', newLaw({ id }));
    expect(reply).toMatchObject({ kind: 'refused', id, errors: { id: expect.any(String) } });
    expect(await readOpenDraft(database.db, 'fakta')).toBeNull();
  });

  test('one that a page shows is not removed, and says where', async () => {
    const { uses } = await showFact(editor, 'contacts', 'bris');
    expect(uses).toContainEqual({ kind: 'page', name: 'Stöd' });
    expect(uses.some((use) => use.kind === 'module')).toBe(true);
    const posted = new FormData();
    posted.set('atgard', 'ta-bort');
    expect(await changeFact(editor, 'contacts', 'bris', posted)).toMatchObject({ kind: 'refused' });
    expect(await readOpenDraft(database.db, 'fakta')).toBeNull();
  });

  test('what each module shows is found as the documents themselves say', async () => {
    const { modules } = requireContent('content');
    const shownIn = (document: ModuleDocument) =>
      factsInUse(document).map(({ kind, id }) => `${kind.slice(0, -1)}/${id}`);
    const sourcesIn = ({ meta, sections }: ModuleDocument) => [
      ...new Set([meta, ...sections.map((section) => section.meta)].flatMap(({ sources }) => sources)),
    ];
    const found = await listFactUses(database.db);
    expect(found.map(({ slug }) => slug)).toEqual(modules.map(({ slug }) => slug).toSorted());
    for (const { slug, title, shown, sources } of found) {
      const document = modules.find((one) => one.slug === slug)!;
      expect(title).toBe(document.meta.title);
      expect(shown.toSorted()).toEqual(shownIn(document).toSorted());
      expect(sources.toSorted()).toEqual(sourcesIn(document).toSorted());
    }
  });

  test('a source of a fact is used by it', async () => {
    const { uses } = await showFact(editor, 'sources', 'p43');
    expect(uses).toContainEqual(expect.objectContaining({ kind: 'fact', id: 'bris' }));
  });

  test('one that only a draft of a module shows is not removed either', async () => {
    const opened = await openDraft(editor, 'del-1');
    if (opened.kind !== 'opened') throw new Error('the draft opens');
    const { draftId } = opened;
    const part = (await readOpenDraft(database.db, 'del-1'))!.parts.find((one) => one.part === 'modul')!;
    const content = structuredClone(part.content) as { intro: { content: unknown[] } };
    content.intro.content.push({ type: 'contact', attrs: { id: UNUSED } });
    expect(await savePart(editor, { draftId, part: 'modul', base: part.revision, content })).toMatchObject({
      kind: 'saved',
    });
    expect((await showFact(editor, 'contacts', UNUSED)).uses).toEqual([
      expect.objectContaining({ kind: 'module', slug: 'del-1', isDraft: true }),
    ]);
    await discardDraft(editor, draftId);
    expect((await showFact(editor, 'contacts', UNUSED)).uses).toEqual([]);
  });

  test('one that nothing shows is removed in the draft, and put back', async () => {
    const posted = new FormData();
    posted.set('atgard', 'ta-bort');
    expect(await changeFact(editor, 'contacts', UNUSED, posted)).toEqual({
      kind: 'done',
      to: '/redaktor/fakta?slag=contacts&klart=borttaget',
    });
    const removed = await showFact(editor, 'contacts', UNUSED);
    expect(removed).toMatchObject({ fact: null, mark: 'removed', published: { id: UNUSED } });
    const back = new FormData();
    back.set('atgard', 'tillbaka');
    expect(await changeFact(editor, 'contacts', UNUSED, back)).toMatchObject({ kind: 'done' });
    expect((await showFact(editor, 'contacts', UNUSED)).mark).toBeNull();
  });
});

describe('The list', () => {
  const ids = async (search: Record<string, string>) =>
    (await showFacts(editor, new URLSearchParams(search))).facts.map(({ id }) => id);

  test('finds by kind, state and words', async () => {
    expect(await ids({ sok: 'bris barn', slag: 'contacts' })).toEqual([]);
    expect(await ids({ sok: 'BRIS', slag: 'contacts' })).toEqual(['bris']);
    expect(await ids({ lage: 'stoppade' })).toContain(UNUSED);
    expect(await ids({ lage: 'gamla' })).toEqual([]);
    expect(await ids({ lage: 'oanvanda', slag: 'contacts' })).not.toContain('bris');
    expect(await ids({ slag: 'allt', lage: 'vad som helst' })).toContain('sol-19-1');
  });

  test('says what has not been checked for six months', async () => {
    setClock(() => new Date('2027-05-22T10:00:00Z'));
    expect(await ids({ lage: 'gamla' })).toContain('sol-19-1');
    expect((await showFact(editor, 'sources', 'p1')).condition).toEqual({
      kind: 'stale',
      since: '2027-05-21',
    });
    setClock(() => new Date(`${TODAY}T10:00:00Z`));
  });

  test('has nothing left of a draft that was discarded', async () => {
    await save('laws', 'sol-19-1', { title: 'Ny rubrik' });
    await discardFacts(editor);
    expect((await showFacts(editor, new URLSearchParams())).draft).toBeNull();
    const rows = await database.db.select().from(draft).where(eq(draft.subject, 'fakta'));
    expect(rows.every(({ state }) => state === 'discarded')).toBe(true);
  });
});
