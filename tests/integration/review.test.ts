import { eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCurrentVersion, insertNextVersion } from '#db/queries/modules.ts';
import { queryIndicator } from '#db/queries/indicator.ts';
import { failPublication, takeUpPublication } from '#db/queries/publication-work.ts';
import { findPublicationState } from '#db/queries/publications.ts';
import { lockDraft } from '#db/queries/drafts.ts';
import { draft, publication, review } from '#db/schema/editorial.ts';
import { module } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { showDesk } from '#src/features/desk/desk.server.ts';
import { toVersion } from '#src/features/documents/to-version.ts';
import { discardDraft, openDraft, readDraft } from '#src/features/editorial/drafts.server.ts';
import { restoreRevision } from '#src/features/editorial/parts.server.ts';
import { holdPart, savePart } from '#src/features/editorial/save-part.server.ts';
import type { Finding } from '#src/features/gate/findings.ts';
import { suppress } from '#src/features/indicator/suppression.ts';
import { readSnapshot } from '#src/features/publishing/draft-snapshot.server.ts';
import {
  cancelPublication,
  previewPublication,
  requestPublication,
} from '#src/features/publishing/publication.server.ts';
import { showReview } from '#src/features/publishing/review-page.server.ts';
import { answerReviewForm } from '#src/features/publishing/review-request.server.ts';
import {
  decideReview,
  storeReview,
  submitForReview,
  takeBack,
} from '#src/features/publishing/review.server.ts';
import { showReleases } from '#src/features/publishing/releases-page.server.ts';
import { storeNewRequirement } from '#src/features/rules/new-requirement.server.ts';
import { publicationWords } from '#src/i18n/publishing.ts';
import { addDays, setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { bodyOf, publishFacts, publishModule, sampleModule } from '../support/drafts.ts';
import { addUnit, complete, hire, requireModules } from '../support/staff.ts';
import { addActor } from '../support/training.ts';

const START = Date.parse('2026-06-15T10:00:00Z');
const MODULE = 'prov';
const SECTION = 'avsnitt/heder';
const WARNING: Finding = { rule: 'lix', severity: 'warning', part: SECTION, message: 'Svår text.' };

let database: TestDatabase;
let author: Actor;
let other: Actor;
let approver: Actor;
let minutes = 0;
let draftId = 0;
let texts = 0;

/** A published module that 120 of 180 people in three departments have completed, and which is required. */
beforeAll(async () => {
  setClock(() => new Date(START + minutes * 60_000));
  database = await createTestDatabase();
  const { db } = database;
  author = await addActor(db, { role: 'redaktor', name: 'Anna Andersson' });
  other = await addActor(db, { role: 'redaktor', name: 'Cilla Citron' });
  approver = await addActor(db, { role: 'admin', name: 'Bo Berg' });
  await publishFacts(db);
  await publishModule(db, sampleModule(MODULE));
  await requireModules(db, [MODULE]);
  const top = await addUnit(db, 'M', 'municipality');
  for (const code of ['A', 'B', 'C']) {
    const department = await addUnit(db, code, 'department', top);
    for (let index = 0; index < 60; index += 1) {
      const personId = await hire(db, department);
      if (index % 3 !== 0) await complete(db, personId, MODULE, '2026-03-01');
    }
  }
});

afterAll(async () => {
  setClock(null);
  await database.drop();
});

beforeEach(async () => {
  minutes += 60;
  const [open] = await database.db.select().from(draft).where(isNull(draft.closedAt));
  if (open) await discardDraft(author, open.id);
  const opened = await openDraft(author, MODULE);
  draftId = opened.kind === 'opened' ? opened.draftId : 0;
});

const part = async () => (await readDraft(database.db, draftId))!.parts.find((one) => one.part === SECTION)!;

/** Something new in a section, by somebody. */
async function write(actor: Actor): Promise<void> {
  await holdPart(actor, { draftId, part: SECTION, take: true });
  const { revision, content } = await part();
  const body = bodyOf(`Skriven mening nummer ${(texts += 1)}.`);
  const result = await savePart(actor, {
    draftId,
    part: SECTION,
    base: revision,
    content: { ...(content as object), body },
  });
  expect(result.kind).toBe('saved');
}

/** Handed in with what the gate would have found: it has its own tests. */
async function handIn(by: Actor, findings: Finding[] = [WARNING]): Promise<number> {
  const result = await database.db.transaction(async (tx) => {
    const locked = (await lockDraft(tx, draftId))!;
    const { hash } = await readSnapshot(tx, locked);
    const report = { checkedAt: new Date(), findings, documentHash: hash };
    return storeReview(tx, { draft: locked, report, note: 'Titta på slutet.', submittedBy: by.personId });
  });
  if (result.kind !== 'submitted') throw new Error(result.kind);
  return result.reviewId;
}

async function approve(): Promise<number> {
  await write(author);
  const reviewId = await handIn(author);
  expect(await decideReview(approver, reviewId, 'approved', null)).toEqual({ kind: 'decided' });
  return reviewId;
}

const stateOf = async () => (await database.db.select().from(draft).where(eq(draft.id, draftId)))[0]?.state;
const reviewOf = async (id: number) => (await database.db.select().from(review).where(eq(review.id, id)))[0]!;
const form = (fields: Record<string, string> = {}) =>
  new URLSearchParams({ andring: 'minor', skal: 'Ett stavfel', nar: 'nu', ...fields });
async function preview(fields: Record<string, string> = {}) {
  const seen = await previewPublication(author, MODULE, form(fields));
  if (seen.kind !== 'preview') throw new Error(JSON.stringify(seen));
  return seen;
}
async function request(fields: Record<string, string> = {}) {
  const { basis } = await preview(fields);
  return requestPublication(author, MODULE, form({ ...fields, underlag: basis }));
}

describe('Handing in', () => {
  test('keeps the whole document, its hash and the warnings, and says what has changed and who wrote', async () => {
    await write(author);
    const reviewId = await handIn(author);
    const stored = await reviewOf(reviewId);
    expect(stored.document).toMatchObject({
      slug: MODULE,
      sections: [{ body: bodyOf(`Skriven mening nummer ${texts}.`) }, {}],
    });
    expect(await stateOf()).toBe('review');
    const page = await showReview(approver, MODULE);
    expect(page).toMatchObject({
      kind: 'draft',
      state: 'review',
      authors: ['Anna Andersson'],
      decisionObstacle: null,
      standing: { note: 'Titta på slutet.', submitter: 'Anna Andersson', findings: [WARNING] },
    });
    const changes = page.kind === 'draft' ? page.changes! : [];
    expect(changes.map((one) => [one.name, one.kind])).toEqual([['Om heder', 'changed']]);
    const written = changes[0]!.lines.flat().filter(({ kind }) => kind === 'added');
    expect(written.map(({ text }) => text).join('')).toContain(`Skriven mening nummer ${texts}.`);
  });

  test('is stopped by an error of the gate, with the list, and nothing is handed in', async () => {
    await write(author);
    const error: Finding = { rule: 'x', severity: 'error', part: SECTION, message: 'Fel.' };
    await expect(handIn(author, [error, WARNING])).rejects.toThrow('stopped');
    expect(await stateOf()).toBe('writing');
  });

  test('runs the gate itself, which stops what has no text', async () => {
    const { revision, content } = await part();
    await savePart(author, {
      draftId,
      part: SECTION,
      base: revision,
      content: { ...(content as object), body: { type: 'doc', content: [] } },
    });
    const result = await submitForReview(author, draftId, null);
    expect(result.kind).toBe('stopped');
    expect(await stateOf()).toBe('writing');
    expect(await submitForReview(author, 999_999, null)).toEqual({ kind: 'gone' });
  });

  test('of something that changed while it was checked is refused', async () => {
    await write(author);
    const result = await database.db.transaction(async (tx) => {
      const locked = (await lockDraft(tx, draftId))!;
      const report = { checkedAt: new Date(), findings: [], documentHash: 'something else' };
      return storeReview(tx, { draft: locked, report, note: null, submittedBy: author.personId });
    });
    expect(result).toEqual({ kind: 'changed' });
  });
});

describe('Two people see what is published: it cannot be approved', () => {
  test('by who handed it in', async () => {
    await write(author);
    const id = await handIn(approver);
    expect(await decideReview(approver, id, 'approved', null)).toEqual({
      kind: 'obstacle',
      obstacle: 'submitted-it',
    });
    expect((await reviewOf(id)).decision).toBeNull();
  });

  test('by who wrote it, though somebody else handed it in', async () => {
    await write(author);
    const id = await handIn(other);
    expect(await decideReview(author, id, 'approved', null)).toEqual({
      kind: 'obstacle',
      obstacle: 'wrote-in-it',
    });
  });

  test('by who wrote in it before another wrote over it', async () => {
    await write(approver);
    await write(author);
    const id = await handIn(author);
    expect(await decideReview(approver, id, 'approved', null)).toMatchObject({ kind: 'obstacle' });
  });

  test('by who only brought back an earlier revision', async () => {
    const { revision } = await part();
    await write(author);
    await holdPart(approver, { draftId, part: SECTION, take: true });
    await restoreRevision(approver, draftId, SECTION, revision);
    await write(author);
    const id = await handIn(author);
    expect(await decideReview(approver, id, 'approved', null)).toMatchObject({ kind: 'obstacle' });
  });

  test('by who had text put aside against another one', async () => {
    await write(author);
    await holdPart(author, { draftId, part: SECTION, take: true });
    const { revision, content } = await part();
    const body = bodyOf('Min egen mening.');
    const aside = await savePart(approver, {
      draftId,
      part: SECTION,
      base: revision - 1,
      content: { ...(content as object), body },
    });
    expect(aside.kind).toBe('conflict');
    const id = await handIn(author);
    expect(await decideReview(approver, id, 'approved', null)).toMatchObject({ kind: 'obstacle' });
  });

  test('by somebody who is no editor', async () => {
    await write(author);
    const id = await handIn(author);
    const reader = await addActor(database.db, { role: 'samordnare' });
    await expect(decideReview(reader, id, 'approved', null)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(decideReview(null, id, 'approved', null)).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('in the database itself by who handed it in', async () => {
    await write(author);
    const id = await handIn(author);
    const change = { decision: 'approved', decidedBy: author.personId } as const;
    await expect(database.db.update(review).set(change).where(eq(review.id, id))).rejects.toMatchObject({
      cause: { constraint_name: 'review_by_two_people' },
    });
  });

  test('but by who only opened the draft', async () => {
    await write(other);
    const id = await handIn(other);
    expect(await decideReview(author, id, 'approved', null)).toEqual({ kind: 'decided' });
  });

  test('and not published when who approved turns out to have written', async () => {
    const id = await approve();
    await database.db.update(review).set({ decidedBy: other.personId }).where(eq(review.id, id));
    await database.sql`
      insert into draft_revision (draft_id, part, number, content, cause, saved_by)
      values (${draftId}, ${SECTION}, 900, '{}', 'edit', ${other.personId})`;
    expect(await previewPublication(author, MODULE, form())).toEqual({
      kind: 'hindered',
      obstacle: 'same-person',
    });
    await takeBack(author, MODULE);
  });
});

describe('A decision', () => {
  test('to send back needs a comment and makes the draft one to write in', async () => {
    await write(author);
    const id = await handIn(author);
    expect(await decideReview(approver, id, 'returned', null)).toEqual({ kind: 'comment-missing' });
    expect(await decideReview(approver, id, 'returned', 'Kortare, tack.')).toEqual({ kind: 'decided' });
    expect(await stateOf()).toBe('writing');
    expect(await showReview(author, MODULE)).toMatchObject({
      reviews: [{ decision: 'returned', comment: 'Kortare, tack.', decider: 'Bo Berg' }],
    });
  });

  test('cannot be made twice, nor about what has changed since', async () => {
    await write(author);
    const first = await handIn(author);
    await write(author);
    expect(await stateOf()).toBe('writing');
    expect((await reviewOf(first)).decision).toBe('withdrawn');
    expect(await decideReview(approver, first, 'approved', null)).toEqual({ kind: 'stale' });
    const second = await handIn(author);
    await decideReview(approver, second, 'approved', null);
    expect(await decideReview(approver, second, 'returned', 'Nej')).toEqual({ kind: 'stale' });
    await takeBack(author, MODULE);
  });

  test('holds letter by letter: what changed without anybody saying so is not approved', async () => {
    await write(author);
    const id = await handIn(author);
    await database.sql`
      update draft_part set content = jsonb_set(content, '{meta,lead}', '"Något annat."')
      where draft_id = ${draftId} and part = ${SECTION}`;
    expect(await decideReview(approver, id, 'approved', null)).toEqual({ kind: 'stale' });
    await takeBack(author, MODULE);
  });

  test('posted by a form keeps what was typed wrong and says where', async () => {
    await write(author);
    const id = await handIn(author);
    const fields = { granskning: String(id), atgard: 'skicka-tillbaka' };
    expect(await answerReviewForm(approver, MODULE, new URLSearchParams(fields))).toMatchObject({
      kind: 'refused',
      errors: { kommentar: expect.stringContaining('Skriv vad som ska ändras') },
    });
    const long = new URLSearchParams({ ...fields, kommentar: 'x'.repeat(2_001) });
    expect(await answerReviewForm(approver, MODULE, long)).toMatchObject({
      errors: { kommentar: expect.any(String) },
    });
    const unknown = new URLSearchParams({ atgard: 'godkann', granskning: '0 or 1=1' });
    expect(await answerReviewForm(approver, MODULE, unknown)).toMatchObject({ kind: 'refused' });
    await takeBack(author, MODULE);
  });

  test('names nobody with protected identity', async () => {
    const hidden = await addActor(database.db, {
      role: 'redaktor',
      name: 'Hemlig Person',
      isProtected: true,
    });
    await write(hidden);
    await handIn(hidden);
    const page = await showReview(approver, MODULE);
    expect(JSON.stringify(page)).not.toContain('Hemlig');
    expect(page).toMatchObject({ authors: ['en kollega'], standing: { submitter: 'en kollega' } });
    await takeBack(author, MODULE);
  });
});

describe('What publishing means', () => {
  const until = '2026-12-31';

  test('a small change: nobody loses it, and how many it concerns', async () => {
    await approve();
    for (const change of ['minor', 'refresh']) {
      const seen = await preview({ andring: change });
      expect(seen.effect).toEqual({ course: MODULE, holders: 120, requirement: null });
    }
    await takeBack(author, MODULE);
  });

  test('a new requirement: what is said is what happens, the day before and the day after', async () => {
    await approve();
    const seen = await preview({ andring: 'requirement', till: until });
    expect(seen.effect).toMatchObject({ holders: 120, requirement: { until, lost: 120, required: 180 } });
    const whatIf = seen.effect!.requirement!.whatIf;
    const version = (await findCurrentVersion(database.db, MODULE))!;
    await database.db
      .transaction(async (tx) => {
        const next = await insertNextVersion(tx, { ...toVersion(sampleModule(MODULE)), contentHash: 'ny' });
        expect(next.version).toBe(version.version + 1);
        const wanted = { moduleSlug: MODULE, versionId: next.id, reason: 'Ny lag', until };
        await storeNewRequirement(tx, wanted, author.personId);
        const dayBefore = suppress(await queryIndicator(tx, { asOf: until }));
        const dayAfter = suppress(await queryIndicator(tx, { asOf: addDays(until, 1) }));
        const byCode = (rows: typeof dayAfter) => new Map(rows.map((row) => [row.code, row]));
        expect(whatIf.rows.map(({ before }) => before.code)).toEqual(['M', 'A', 'B', 'C']);
        for (const row of whatIf.rows) {
          expect(row.before.outcome).toBe(byCode(dayBefore).get(row.before.code)?.outcome);
          expect(row.after.outcome).toBe(byCode(dayAfter).get(row.after.code)?.outcome);
        }
        expect(dayBefore[0]?.completed).toBe(120);
        expect(dayAfter[0]?.completed).toBe(0);
        throw new Error('rolled back');
      })
      .catch((error: Error) => expect(error.message).toBe('rolled back'));
    expect((await findCurrentVersion(database.db, MODULE))!.id).toBe(version.id);
    await takeBack(author, MODULE);
  });

  test('of few is not said', async () => {
    const { db } = database;
    await publishModule(db, sampleModule('ovanlig', 2));
    const people = await db.execute<{ id: string }>('select person_id as id from employment limit 4');
    for (const { id } of people) await complete(db, id, 'ovanlig', '2026-03-01');
    const { measureEffect } = await import('#src/features/publishing/publication-effect.server.ts');
    const wanted = { change: 'requirement', reason: 'x', until } as const;
    const effect = await measureEffect({ slug: 'ovanlig', title: 'Ovanlig' }, wanted, author.personId);
    expect(effect).toMatchObject({ holders: null, requirement: { lost: null, required: 0 } });
    expect(await measureEffect({ slug: 'finns-inte', title: 'Ny' }, wanted, author.personId)).toBeNull();
  });

  test('of a part of the grundkurs is what it means for the grundkurs', async () => {
    const { db } = database;
    await db.insert(module).values([
      { slug: 'grundkurs', kind: 'course', position: 0 },
      { slug: 'del-1', kind: 'part', position: 1 },
    ]);
    const content = { title: 'Grundkursen', contentHash: '1', quiz: null, sections: [] };
    await insertNextVersion(db, { ...content, moduleSlug: 'grundkurs' });
    await insertNextVersion(db, { ...content, moduleSlug: 'del-1' });
    const people = await db.execute<{ id: string }>('select person_id as id from employment limit 60');
    for (const { id } of people) await complete(db, id, 'grundkurs', '2026-03-01');
    const { measureEffect } = await import('#src/features/publishing/publication-effect.server.ts');
    const wanted = { change: 'requirement', reason: 'x', until } as const;
    const effect = await measureEffect({ slug: 'del-1', title: 'Del 1' }, wanted, author.personId);
    expect(effect).toMatchObject({ course: 'grundkurs', holders: 60, requirement: { lost: 60 } });
  });
});

describe('Publishing', () => {
  const { errors } = publicationWords;

  test.each<[string, Record<string, string>, string, string]>([
    ['no kind of change', { andring: 'stor' }, 'andring', errors.change],
    ['no reason', { skal: ' ' }, 'skal', errors.reason],
    ['a requirement without a day', { andring: 'requirement' }, 'manader', errors.untilMissing],
    ['0 months', { andring: 'requirement', manader: '0' }, 'manader', errors.months],
    ['25 months', { andring: 'requirement', manader: '25' }, 'manader', errors.months],
    ['both', { andring: 'requirement', manader: '3', till: '2026-12-31' }, 'till', errors.both],
    ['a day that has been', { andring: 'requirement', till: '2026-06-01' }, 'till', errors.untilBefore],
    ['a day far away', { andring: 'requirement', till: '2062-06-01' }, 'till', errors.untilFar],
    ['a time that has been', { nar: 'senare', dag: '2026-06-01', tid: '06:30' }, 'dag', errors.past],
    ['more than a year ahead', { nar: 'senare', dag: '2027-07-01', tid: '06:30' }, 'dag', errors.tooFar],
    ['no such time', { nar: 'senare', dag: '2027-03-28', tid: '02:30' }, 'tid', errors.noSuchTime],
    ['half a time', { nar: 'senare', dag: '2026-12-01', tid: '25:00' }, 'tid', errors.time],
    ['no day', { nar: 'senare', tid: '06:30' }, 'dag', errors.day],
    [
      'a requirement that is over before it is published',
      { andring: 'requirement', till: '2026-08-01', nar: 'senare', dag: '2026-09-01', tid: '06:30' },
      'till',
      errors.untilBefore,
    ],
  ])('is refused with %s, tied to its field', async (_, fields, field, message) => {
    await approve();
    const seen = await previewPublication(author, MODULE, form(fields));
    expect(seen).toMatchObject({ kind: 'refused', errors: { [field]: message } });
    await takeBack(author, MODULE);
  });

  test('is not for what nobody has approved', async () => {
    await write(author);
    const hindered = { kind: 'hindered', obstacle: 'not-approved' };
    expect(await previewPublication(author, MODULE, form())).toEqual(hindered);
    await handIn(author);
    expect(await requestPublication(author, MODULE, form())).toEqual(hindered);
    await takeBack(author, MODULE);
  });

  test('at a time, in Stockholm, waits until then, can be called off, and leaves the draft approved', async () => {
    await approve();
    const later = { nar: 'senare', dag: '2026-12-01', tid: '06:30' };
    const asked = await request(later);
    if (asked.kind !== 'requested') throw new Error(asked.kind);
    const [row] = await database.db.select().from(publication).where(eq(publication.id, asked.id));
    expect(row?.dueAt.toISOString()).toBe('2026-12-01T05:30:00.000Z');
    expect((await showReleases(author, { before: null, chosen: null })).open).toMatchObject([
      {
        id: asked.id,
        submitterName: 'Anna Andersson',
        approverName: 'Bo Berg',
        requesterName: 'Anna Andersson',
      },
    ]);
    expect(await previewPublication(author, MODULE, form())).toEqual({
      kind: 'hindered',
      obstacle: 'already',
    });
    expect(await takeBack(author, MODULE)).toEqual({ kind: 'waiting' });
    expect(await cancelPublication(approver, asked.id)).toEqual({ kind: 'cancelled', subject: MODULE });
    expect(await cancelPublication(approver, asked.id)).toMatchObject({ kind: 'too-late' });
    expect(await stateOf()).toBe('approved');
    await takeBack(author, MODULE);
  });

  test('that waits is called off when somebody writes in the draft', async () => {
    await approve();
    const asked = await request({ nar: 'senare', dag: '2026-12-01', tid: '06:30' });
    if (asked.kind !== 'requested') throw new Error(asked.kind);
    await write(other);
    expect((await findPublicationState(database.db, asked.id))?.state).toBe('cancelled');
    expect(await stateOf()).toBe('writing');
    expect(await requestPublication(author, MODULE, form())).toMatchObject({ kind: 'hindered' });
  });

  test('that failed is told of until the draft is thrown away', async () => {
    await approve();
    const asked = await request();
    if (asked.kind !== 'requested') throw new Error(asked.kind);
    const at = new Date(START + minutes * 60_000);
    await takeUpPublication(database.db, asked.id, at);
    await failPublication(database.db, asked.id, { failure: 'En länk leder ingenstans.', at });
    const failed = async () => [
      (await showReleases(author, { before: null, chosen: null })).failed.map(({ id }) => id),
      (await showDesk(author)).tasks.flatMap((task) => (task.kind === 'failed' ? [task.id] : [])),
    ];
    expect(await failed()).toEqual([[asked.id], [asked.id]]);
    await discardDraft(author, draftId);
    expect(await failed()).toEqual([[], []]);
  });

  test('counts the months of a requirement from the day of publication', async () => {
    await approve();
    const fields = { andring: 'requirement', manader: '3', nar: 'senare', dag: '2026-12-01', tid: '00:15' };
    expect((await preview(fields)).until).toBe('2027-03-01');
    await takeBack(author, MODULE);
  });

  test('shows its effect again when the rules or the review are not those it was counted on', async () => {
    await approve();
    const { basis } = await preview();
    const ask = (fields: Record<string, string>) =>
      requestPublication(author, MODULE, form({ ...fields, underlag: basis }));
    expect(await requestPublication(author, MODULE, form())).toEqual({ kind: 'stale' });
    expect(await ask({ andring: 'requirement', manader: '3' })).toEqual({ kind: 'stale' });
    await requireModules(database.db, ['ovanlig']);
    expect(await ask({})).toEqual({ kind: 'stale' });
    expect(await request()).toMatchObject({ kind: 'requested' });
    const [row] = await database.db.select().from(publication).where(eq(publication.state, 'waiting'));
    await cancelPublication(author, row!.id);
    await takeBack(author, MODULE);
  });

  test.each<['medarbetare' | 'samordnare']>([['medarbetare'], ['samordnare']])(
    'is not for a %s',
    async (role) => {
      const reader = await addActor(database.db, { role });
      const refused = { code: 'not-allowed' };
      await expect(showReview(reader, MODULE)).rejects.toMatchObject(refused);
      await expect(previewPublication(reader, MODULE, form())).rejects.toMatchObject(refused);
      await expect(requestPublication(reader, MODULE, form())).rejects.toMatchObject(refused);
      await expect(cancelPublication(reader, 1)).rejects.toMatchObject(refused);
      await expect(showReleases(reader, { before: null, chosen: null })).rejects.toMatchObject(refused);
      await expect(takeBack(reader, MODULE)).rejects.toMatchObject(refused);
    },
  );
});
