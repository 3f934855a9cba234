import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { queryIndicator } from '#db/queries/indicator.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { requirement } from '#db/schema/rules.ts';
import { attempt, completion, completionCorrection } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { loadMyPage } from '#src/features/my-page/my-page.server.ts';
import { findProgress } from '#src/features/completions/progress.server.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { submitQuiz } from '#src/features/quiz/quiz.server.ts';
import { findOwnResult } from '#src/features/quiz/result.server.ts';
import { submitRefresher } from '#src/features/refreshers/submit-refresher.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { goBackTo, releaseDocuments, sampleDocument } from '../support/releases.ts';
import { addUnit, employ } from '../support/staff.ts';
import { addActor, currentVersionId, PARTS } from '../support/training.ts';

const FORDJUPNING = 'provfordjupning';
const UNTIL = '2026-06-30';

let database: TestDatabase;
let db: TestDatabase['db'];
let unitId: number;
let first: number;

const at = (day: string) => setClock(() => new Date(`${day}T10:00:00Z`));

beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
  at('2026-03-02');
  first = await releaseDocuments(
    db,
    [...PARTS, FORDJUPNING].map((slug) => sampleDocument(slug)),
  );
  unitId = await addUnit(db, 'K', 'municipality');
  await db.insert(requirement).values({ moduleSlug: 'grundkurs', valid: '(,)' });
});
afterEach(async () => {
  setClock(null);
  await database.drop();
});

async function addEmployee(): Promise<Actor> {
  const actor = await addActor(db);
  await employ(db, actor.personId, unitId);
  return actor;
}

function formOf(
  versionId: number,
  questions: readonly string[],
  { id = randomUUID() as string, answer = 'a' } = {},
) {
  return new URLSearchParams([
    ...questions.map((question): [string, string] => [question, answer]),
    ['_inlamning', id],
    ['_version', String(versionId)],
  ]);
}

const allQuestions = ['ett', 'tva', 'tre'].flatMap((section) => [`${section}-1`, `${section}-2`]);

async function pass(actor: Actor, slug: string) {
  const versionId = await currentVersionId(db, slug);
  return submitQuiz(actor, slug, formOf(versionId, allQuestions), '127.0.0.1');
}

async function passCourse(actor: Actor, day: string) {
  at(day);
  for (const slug of PARTS) await pass(actor, slug);
}

async function refresh(
  actor: Actor,
  slug: string,
  questions: readonly string[] = ['tva-1', 'tva-2'],
  options: { id?: string; answer?: string } = {},
) {
  const versionId = await currentVersionId(db, slug);
  return submitRefresher(actor, slug, formOf(versionId, questions, options), '127.0.0.1');
}

const changed = (slug: string, words = 'Något helt annat.'): ModuleDocument =>
  sampleDocument(slug, { tva: words });

async function rowsOf({ personId }: Actor, slug: string) {
  const rows = await db.execute<{ rule: string; on: string; version: number; hasIntyg: boolean }>(sql`
    select c.rule, c.completed_on::text as "on", v.version, k.code is not null as "hasIntyg"
    from completion c left join module_version v on v.id = c.module_version_id
    left join certificate k on k.completion_id = c.id
    where c.person_id = ${personId} and c.module_slug = ${slug} order by c.completed_at, v.version`);
  return [...rows];
}

/** How many of all employed have what is required on a day. */
async function completedOn(day: string): Promise<number> {
  const [row] = await queryIndicator(db, { asOf: day });
  return row!.completed;
}

describe('A part that becomes a new requirement', () => {
  test('ends older completions of the grundkurs with the set day, and the refresher alone completes it anew', async () => {
    const [taker, other] = [await addEmployee(), await addEmployee()];
    await passCourse(taker, '2026-03-02');
    await passCourse(other, '2026-03-02');
    at('2026-04-01');
    await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    expect(await completedOn(UNTIL)).toBe(2);
    expect(await completedOn('2026-07-01')).toBe(0);

    const before = await loadMyPage(taker);
    expect(before.refreshers).toMatchObject([
      { slug: 'del-3', until: UNTIL, isOver: false, refresher: { minutes: 5 } },
    ]);
    expect(before.refreshers[0]!.refresher!.sections.map(({ slug }) => slug)).toEqual(['tva']);
    expect(before.next).toEqual({ kind: 'done' });
    expect(before.validity.get('grundkurs')).toMatchObject({ lastDay: UNTIL, isRenewable: false });

    at('2026-04-10');
    expect(await refresh(taker, 'del-3')).toMatchObject({ kind: 'recorded' });
    expect(await rowsOf(taker, 'del-3')).toMatchObject([
      { rule: 'quiz-1', version: 1 },
      { rule: 'repetition-1', version: 2, on: '2026-04-10' },
    ]);
    expect(await rowsOf(taker, 'grundkurs')).toMatchObject([
      { version: 1, on: '2026-03-02', hasIntyg: true },
      { version: 2, on: '2026-04-10', hasIntyg: true, rule: 'grundkurs-3' },
    ]);
    expect(await completedOn('2026-07-01')).toBe(1);
    const after = await loadMyPage(taker);
    expect(after.refreshers).toEqual([]);
    expect(after.validity.get('grundkurs')).toMatchObject({ lastDay: null });

    at('2026-07-02');
    const late = await loadMyPage(other);
    expect(late).toMatchObject({
      next: { kind: 'part', slug: 'del-3' },
      refreshers: [{ slug: 'del-3', isOver: true }],
    });
    expect(late.validity.get('grundkurs')).toMatchObject({ isOver: true, isRenewable: false });
    expect(await findProgress(other)).toMatchObject({ renewing: true });
    await refresh(other, 'del-3');
    expect(await completedOn('2026-07-02')).toBe(2);
    expect(await completedOn('2026-07-01')).toBe(1);
    expect((await loadMyPage(other)).next).toEqual({ kind: 'done' });
  });

  test('twice, for two parts, is done part by part: each step counts as long as the next one allows', async () => {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    at('2026-04-01');
    await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    at('2026-05-01');
    await releaseDocuments(db, [changed('del-1')], { requiredUntil: '2026-09-30' });
    expect((await loadMyPage(actor)).refreshers.map(({ slug }) => slug)).toEqual(['del-1', 'del-3']);
    await refresh(actor, 'del-1');
    expect(await rowsOf(actor, 'grundkurs')).toHaveLength(1);
    expect(await completedOn('2026-07-01')).toBe(0);
    await refresh(actor, 'del-3');
    expect(await rowsOf(actor, 'grundkurs')).toMatchObject([{ version: 1 }, { version: 3 }]);

    const steady = await addEmployee();
    at('2026-05-02');
    await db.execute(sql`
      insert into completion (person_id, module_slug, method, rule, completed_at, completed_on)
      values (${steady.personId}, 'grundkurs', 'import', 'import-1', '2026-01-05T10:00:00Z', '2026-01-05')`);
    at('2026-05-03');
    await pass(steady, 'del-3');
    expect(await rowsOf(steady, 'grundkurs')).toMatchObject([{ version: null }, { version: 2 }]);
    expect(await completedOn('2026-09-30')).toBe(2);
    expect(await completedOn('2026-10-01')).toBe(1);
  });

  test('is no part of a first grundkurs in its older version after the set day, and ends it before', async () => {
    const [early, late] = [await addEmployee(), await addEmployee()];
    for (const actor of [early, late]) for (const slug of PARTS.slice(0, 4)) await pass(actor, slug);
    at('2026-04-01');
    await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    at('2026-05-01');
    await pass(early, 'del-5');
    expect(await rowsOf(early, 'grundkurs')).toMatchObject([{ version: 1, on: '2026-05-01' }]);
    expect((await loadMyPage(early)).validity.get('grundkurs')).toMatchObject({ lastDay: UNTIL });
    at('2026-07-10');
    await pass(late, 'del-5');
    expect(await rowsOf(late, 'grundkurs')).toEqual([]);
    expect((await loadMyPage(late)).next).toMatchObject({ slug: 'del-3' });
    await refresh(late, 'del-3');
    expect(await rowsOf(late, 'grundkurs')).toMatchObject([{ version: 2, on: '2026-07-10' }]);
  });

  test('asks nothing of who began after it, or took the whole part again', async () => {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    at('2026-04-01');
    await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    await pass(actor, 'del-3');
    expect(await rowsOf(actor, 'grundkurs')).toMatchObject([{ version: 1 }, { version: 2 }]);
    const fresh = await addEmployee();
    await passCourse(fresh, '2026-04-02');
    expect((await loadMyPage(fresh)).refreshers).toEqual([]);
    expect(await completedOn('2026-12-31')).toBe(2);
  });
});

describe('Going back to an earlier version', () => {
  test('withdraws its requirement from that day, and leaves the days before as they were', async () => {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    at('2026-04-01');
    const second = await releaseDocuments(db, [changed('del-3')], { requiredUntil: '2026-05-31' });
    expect([await completedOn('2026-06-10'), await completedOn('2026-06-20')]).toEqual([0, 0]);
    at('2026-06-15');
    await goBackTo(db, first);
    const days = ['2026-05-31', '2026-06-01', '2026-06-14', '2026-06-15', '2026-12-31'];
    expect(await Promise.all(days.map(completedOn))).toEqual([1, 0, 0, 1, 1]);
    const own = await loadMyPage(actor);
    expect(own).toMatchObject({ refreshers: [], next: { kind: 'done' } });
    expect(own.validity.get('grundkurs')).toMatchObject({ lastDay: null });

    at('2026-06-20');
    await goBackTo(db, second);
    expect(await Promise.all([...days, '2026-06-19', '2026-06-20'].map(completedOn))).toEqual([
      1, 0, 0, 1, 0, 1, 0,
    ]);
    expect((await loadMyPage(actor)).refreshers).toMatchObject([{ slug: 'del-3', isOver: true }]);
  });

  test('gives the days without the requirement back, when it is asked anew', async () => {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    at('2026-04-01');
    const second = await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    at('2026-04-11');
    await goBackTo(db, first);
    at('2026-05-01');
    await goBackTo(db, second);
    expect((await loadMyPage(actor)).refreshers).toMatchObject([{ until: '2026-07-20' }]);
    expect([await completedOn('2026-07-20'), await completedOn('2026-07-21')]).toEqual([1, 0]);
    // Back and forth once more within a day changes nothing.
    await goBackTo(db, first);
    await goBackTo(db, second);
    expect((await loadMyPage(actor)).refreshers).toMatchObject([{ until: '2026-07-20' }]);
  });

  test('withdraws nothing of a version that the one gone back to has grown out of', async () => {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    at('2026-04-01');
    await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    const third = await releaseDocuments(db, [sampleDocument('del-3', { tva: 'Något helt annat!' })]);
    await releaseDocuments(db, [sampleDocument('del-3', { tva: 'Ännu en gång.' })]);
    await goBackTo(db, third);
    expect(await completedOn('2026-07-01')).toBe(0);
    await goBackTo(db, first);
    expect(await completedOn('2026-07-01')).toBe(1);
    // What is written from there on has not grown out of it, whatever its number.
    await releaseDocuments(db, [sampleDocument('del-3', { tre: 'En liten rättelse.' })]);
    expect(await completedOn('2026-07-01')).toBe(1);
    expect((await loadMyPage(actor)).refreshers).toEqual([]);
  });
});

describe('A refresher', () => {
  async function setUp() {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    at('2026-04-01');
    await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    return actor;
  }

  test('is recorded once, however often and at once it is sent, also after it has completed the module', async () => {
    const actor = await setUp();
    const id = randomUUID();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => refresh(actor, 'del-3', ['tva-1', 'tva-2'], { id })),
    );
    expect(outcomes).toEqual(outcomes.map(() => ({ kind: 'recorded', submissionId: id })));
    expect(await refresh(actor, 'del-3', ['tva-1', 'tva-2'], { id })).toMatchObject({ kind: 'recorded' });
    expect(await refresh(actor, 'del-3', ['tva-1', 'tva-2'], { id, answer: 'b' })).toEqual({
      kind: 'already-graded',
      submissionId: id,
      isOwn: true,
    });
    await refresh(actor, 'del-3');
    expect(await rowsOf(actor, 'del-3')).toHaveLength(2);
    expect(await rowsOf(actor, 'grundkurs')).toHaveLength(2);
    expect(
      await db
        .select()
        .from(attempt)
        .where(sql`${attempt.id} = ${id}`),
    ).toMatchObject([
      { questions: 2, correct: 2, passed: true, answers: { 'tva-1': ['a'], 'tva-2': ['a'] } },
    ]);
  });

  test('asks for every question on what has changed, and completes nothing when it is not passed', async () => {
    const actor = await setUp();
    expect(await refresh(actor, 'del-3', ['tva-1'])).toMatchObject({ kind: 'incomplete', missing: [2] });
    expect(await refresh(actor, 'del-3', ['tva-1', 'tva-2'], { answer: 'x' })).toEqual({ kind: 'invalid' });
    const id = randomUUID();
    await refresh(actor, 'del-3', ['tva-1', 'tva-2'], { id, answer: 'b' });
    expect(await rowsOf(actor, 'del-3')).toHaveLength(1);
    const result = await findOwnResult(actor, 'del-3', id);
    expect(result).toMatchObject({ passed: false, correct: 0, required: 2 });
    expect(result!.questions.map(({ prompt }) => prompt)).toEqual(['Fråga 1 om tva?', 'Fråga 2 om tva?']);
    expect(result!.questions.flatMap(({ rightNotChosen }) => rightNotChosen)).toEqual([]);
  });

  test('is only for who has completed an earlier version with the requirement between', async () => {
    const actor = await setUp();
    expect(await refresh(await addEmployee(), 'del-3')).toEqual({ kind: 'invalid' });
    await releaseDocuments(db, [changed('del-2')]);
    expect(await refresh(actor, 'del-2')).toEqual({ kind: 'invalid' });
    expect((await loadMyPage(actor)).refreshers.map(({ slug }) => slug)).toEqual(['del-3']);
    const versionId = await currentVersionId(db, 'del-2');
    const form = formOf(versionId, ['tva-1', 'tva-2']);
    expect(await submitRefresher(actor, 'del-3', form, '127.0.0.1')).toEqual({ kind: 'invalid' });
  });

  test('spans all that has changed since the version she completed, and ends in what readers meet', async () => {
    const actor = await setUp();
    await releaseDocuments(db, [sampleDocument('del-3', { tva: 'Något helt annat.', tre: 'Också nytt.' })]);
    expect(await refresh(actor, 'del-3')).toMatchObject({ kind: 'incomplete' });
    await refresh(actor, 'del-3', ['tva-1', 'tva-2', 'tre-1', 'tre-2']);
    expect(await rowsOf(actor, 'del-3')).toMatchObject([{ version: 1 }, { version: 3 }]);
    expect(await rowsOf(actor, 'grundkurs')).toMatchObject([{ version: 1 }, { version: 3 }]);
  });

  test('asks the whole check where no question is about what has changed', async () => {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    at('2026-04-01');
    const silent = changed('del-3');
    const questions = silent.quiz.questions.filter(({ section }) => section !== 'tva');
    await releaseDocuments(db, [{ ...silent, quiz: { ...silent.quiz, questions } }], {
      requiredUntil: UNTIL,
    });
    const ids = questions.map(({ id }) => id);
    expect(await refresh(actor, 'del-3', ids.slice(0, 2))).toMatchObject({ kind: 'incomplete' });
    await refresh(actor, 'del-3', ids);
    expect(await rowsOf(actor, 'del-3')).toMatchObject([{ rule: 'quiz-1' }, { rule: 'quiz-1', version: 2 }]);
  });

  test('of a fördjupning is offered without a day to who need not have it, and completes it', async () => {
    const actor = await addEmployee();
    await passCourse(actor, '2026-03-02');
    await pass(actor, FORDJUPNING);
    at('2026-04-01');
    await releaseDocuments(db, [changed(FORDJUPNING)], { requiredUntil: UNTIL });
    expect((await loadMyPage(actor)).refreshers).toMatchObject([{ slug: FORDJUPNING, until: null }]);
    await db.insert(requirement).values({ moduleSlug: FORDJUPNING, valid: '(,)' });
    expect((await loadMyPage(actor)).refreshers).toMatchObject([{ slug: FORDJUPNING, until: UNTIL }]);
    await refresh(actor, FORDJUPNING);
    expect(await rowsOf(actor, FORDJUPNING)).toMatchObject([{ version: 1 }, { rule: 'repetition-1' }]);
    expect(await rowsOf(actor, 'grundkurs')).toHaveLength(1);
    const [course] = await db
      .select({ id: completion.id })
      .from(completion)
      .where(sql`${completion.personId} = ${actor.personId} and ${completion.moduleSlug} = 'grundkurs'`);
    await db.insert(completionCorrection).values({ completionId: course!.id, reason: 'Fel person' });
    expect(await refresh(actor, FORDJUPNING)).toEqual({ kind: 'not-entitled' });
  });

  test('is not offered where the text she read was not kept: she takes the whole module', async () => {
    const actor = await addEmployee();
    await db.execute(sql`
      insert into completion (person_id, module_slug, method, rule, completed_at, completed_on)
      values (${actor.personId}, 'del-3', 'import', 'import-1', '2026-01-05T10:00:00Z', '2026-01-05')`);
    at('2026-04-01');
    await releaseDocuments(db, [changed('del-3')], { requiredUntil: UNTIL });
    expect((await loadMyPage(actor)).refreshers).toMatchObject([{ slug: 'del-3', refresher: null }]);
    expect(await refresh(actor, 'del-3')).toEqual({ kind: 'invalid' });
    await pass(actor, 'del-3');
    expect((await loadMyPage(actor)).refreshers).toEqual([]);
  });

  test('waits, with its answers, when the session has ended', async () => {
    const actor = await setUp();
    const version = (await findCurrentVersion(db, 'del-3'))!;
    const form = formOf(version.id, ['tva-1']);
    const kept = await submitRefresher(null, 'del-3', form, '127.0.0.1');
    expect(kept.kind).toBe('kept');
    const [row] = await db.execute(sql`select module_slug, answers from pending_submission`);
    expect(row).toEqual({ module_slug: 'repetition/del-3', answers: { 'tva-1': ['a'] } });
    expect(await rowsOf(actor, 'del-3')).toHaveLength(1);
  });
});
