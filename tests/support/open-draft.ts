import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { draftRevision, review } from '#db/schema/editorial.ts';
import { insertReview, setDraftState } from '#db/queries/reviews.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { discardDraft, openDraft, readDraft } from '#src/features/editorial/drafts.server.ts';
import { savePart } from '#src/features/editorial/save-part.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { bodyOf, publishFacts, publishModule, sampleModule } from './drafts.ts';
import { addActor } from './training.ts';

const START = Date.parse('2026-06-15T10:00:00Z');
export const SECTION = 'avsnitt/heder';
export let database: TestDatabase;
export let anna: Actor;
export let bo: Actor;
/** An editor whose identity is protected. */
export let hidden: Actor;
/** The draft of the module `prov`, opened anew for each test. */
export let draftId = 0;
let minutes = 0;

/** Lets time pass. */
export const wait = (more: number): void => void (minutes += more);
/** The time now, or some minutes from now. */
export const moment = (from = 0): Date => new Date(START + (minutes + from) * 60_000);

/** A database with two published modules, three editors and an open draft, for the tests of one file. */
export function useOpenDraft(): void {
  beforeAll(async () => {
    setClock(() => moment());
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

  beforeEach(async () => {
    wait(60);
    const open = await openDraft(anna, 'prov');
    if (open.kind !== 'opened') throw new Error(open.message);
    await discardDraft(anna, open.draftId);
    const again = await openDraft(anna, 'prov');
    draftId = again.kind === 'opened' ? again.draftId : 0;
  });
}

export const meta = { title: 'Om heder', minutes: 3, lead: 'Kort om det.', sources: ['p1'] };
export const text = (...paragraphs: string[]) => ({ meta, body: bodyOf(...paragraphs) });
export const FIRST = 'Första stycket om heder.';
export const SECOND = 'Andra stycket om heder.';
export const original = text(FIRST, SECOND);

export const save = (actor: Actor | null, base: number, content: unknown, part = SECTION) =>
  savePart(actor, { draftId, part, base, content });
export const partNow = async (part = SECTION) =>
  (await readDraft(database.db, draftId))!.parts.find((one) => one.part === part);
export const revisionsOf = (part = SECTION) =>
  database.db
    .select()
    .from(draftRevision)
    .where(eq(draftRevision.draftId, draftId))
    .orderBy(draftRevision.number)
    .then((rows) => rows.filter((row) => row.part === part));
export const texts = (rows: { content: unknown }[]) => JSON.stringify(rows.map(({ content }) => content));

/** Hands the draft in as it is, without the gate, and says how far it has come. */
export async function handIn(state: 'review' | 'approved', by = anna) {
  const whole = await readDraft(database.db, draftId);
  await database.db.transaction(async (tx) => {
    const id = await insertReview(tx, {
      draftId,
      document: whole!.document,
      documentHash: 'x',
      findings: [],
      note: null,
      submittedBy: by.personId,
      submittedAt: moment(),
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

/** The sections of the draft, in order. */
export const slugs = async () =>
  (await readDraft(database.db, draftId))!.document!.sections.map(({ slug }) => slug);
