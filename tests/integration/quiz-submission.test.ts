import { randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  attempt,
  certificate,
  completion,
  completionCorrection,
  moduleVersion,
} from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { submitQuiz as submit } from '#src/features/quiz/quiz.server.ts';
import { findOwnResult } from '#src/features/quiz/result.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  addActor,
  currentVersionId,
  FORDJUPNING,
  PARTS,
  publishCourseVersion,
  publishSampleCourse,
  publishVersion,
  sampleAnswers,
  sampleQuiz,
} from '../support/training.ts';

let database: TestDatabase;
let db: TestDatabase['db'];

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await publishSampleCourse(db);
});
afterAll(() => database.drop());
afterEach(() => setClock(null));

const submitQuiz = (actor: Actor, slug: string, data: URLSearchParams) =>
  submit(actor, slug, data, '127.0.0.1');

function form(fields: [string, string][], head: { id?: string; version?: number | string } = {}) {
  const data = new URLSearchParams(fields);
  if (head.id !== undefined) data.set('_inlamning', head.id);
  if (head.version !== undefined) data.set('_version', String(head.version));
  return data;
}

async function pass(actor: Actor, slug: string, id: string = randomUUID()) {
  return submitQuiz(
    actor,
    slug,
    form(sampleAnswers(slug), { id, version: await currentVersionId(db, slug) }),
  );
}

const attemptsOf = ({ personId }: Actor) => db.select().from(attempt).where(eq(attempt.personId, personId));
const completionsOf = ({ personId }: Actor) =>
  db.select().from(completion).where(eq(completion.personId, personId)).orderBy(completion.recordedAt);
const certificatesOf = (actor: Actor) =>
  db
    .select({ code: certificate.code })
    .from(certificate)
    .innerJoin(completion, eq(completion.id, certificate.completionId))
    .where(eq(completion.personId, actor.personId));
const slugsOf = async (actor: Actor) => (await completionsOf(actor)).map((row) => row.moduleSlug).sort();

/** Lets all of them come as far as writing completions before any may. */
async function atTheSameMoment(submissions: (() => Promise<unknown>)[]) {
  await database.sql
    .begin(async (holder) => {
      await holder`lock table completion in exclusive mode`;
      const running = submissions.map((submit) => submit());
      const waiting = async () => {
        const [row] = await holder`select count(*)::int as n from pg_locks where not granted`;
        return row!['n'] as number;
      };
      while ((await waiting()) < submissions.length);
      return running;
    })
    .then((running) => Promise.all(running));
}

describe('A submission', () => {
  test('that passes is stored with its score and completes the part, on the day in Stockholm', async () => {
    const actor = await addActor(db);
    const id = randomUUID();
    // 23:30 in UTC is the next day in Stockholm.
    setClock(() => new Date('2026-03-01T23:30:00Z'));
    expect(await pass(actor, 'del-1', id)).toEqual({ kind: 'recorded', submissionId: id });
    expect(await attemptsOf(actor)).toMatchObject([{ id, correct: 5, questions: 5, passed: true }]);
    expect(await completionsOf(actor)).toMatchObject([
      { moduleSlug: 'del-1', method: 'online', rule: 'quiz-1', completedOn: '2026-03-02', attemptId: id },
    ]);
  });

  test('with exactly the pass mark right passes, with one less it is stored and completes nothing', async () => {
    const [just, short] = [await addActor(db), await addActor(db)];
    await submitQuiz(just, 'del-1', form(sampleAnswers('del-1', 4)));
    await submitQuiz(short, 'del-1', form(sampleAnswers('del-1', 3)));
    expect(await attemptsOf(just)).toMatchObject([{ correct: 4, passed: true }]);
    expect(await slugsOf(just)).toEqual(['del-1']);
    expect(await attemptsOf(short)).toMatchObject([{ correct: 3, passed: false }]);
    expect(await slugsOf(short)).toEqual([]);
  });

  test('may be repeated without limit; passing again leaves the first completion as it was', async () => {
    const actor = await addActor(db);
    await submitQuiz(actor, 'del-2', form(sampleAnswers('del-2', 1)));
    await pass(actor, 'del-2');
    const [first] = await completionsOf(actor);
    await pass(actor, 'del-2');
    await submitQuiz(actor, 'del-2', form(sampleAnswers('del-2', 0)));
    expect(await attemptsOf(actor)).toHaveLength(4);
    expect(await completionsOf(actor)).toEqual([first]);
  });

  test('without id and version is taken as a new one to the current version', async () => {
    const actor = await addActor(db);
    expect(await submitQuiz(actor, 'del-1', form(sampleAnswers('del-1')))).toMatchObject({
      kind: 'recorded',
    });
    expect(await attemptsOf(actor)).toMatchObject([{ moduleVersionId: await currentVersionId(db, 'del-1') }]);
  });

  test('with unanswered questions is not stored and tells which are missing', async () => {
    const actor = await addActor(db);
    const id = randomUUID();
    const some = sampleAnswers('del-1').filter(([question]) => !/f[24]$/.test(question));
    expect(await submitQuiz(actor, 'del-1', form(some, { id }))).toMatchObject({
      kind: 'incomplete',
      submissionId: id,
      missing: [2, 4],
      answers: { 'del-1-f1': ['a'], 'del-1-f2': [], 'del-1-f5': ['a', 'b'] },
    });
    expect(await attemptsOf(actor)).toEqual([]);
  });

  test.each([
    ['an unknown option', { 'del-1-f1': 'z' }],
    ['a version that does not exist', { _version: '2147483647' }],
    ['a version that is no number', { _version: '1;drop' }],
    ['an id that is no UUID', { _inlamning: 'x' }],
  ])('with %s is refused and not stored', async (_, fields) => {
    const actor = await addActor(db);
    const data = form(sampleAnswers('del-1'));
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    expect(await submitQuiz(actor, 'del-1', data)).toEqual({ kind: 'invalid' });
    expect(await attemptsOf(actor)).toEqual([]);
  });

  test("with another module's version is refused", async () => {
    const actor = await addActor(db);
    const version = await currentVersionId(db, 'del-2');
    expect(await submitQuiz(actor, 'del-1', form(sampleAnswers('del-1'), { version }))).toEqual({
      kind: 'invalid',
    });
  });

  test.each(['grundkurs', 'del-9', 'finns-inte'])(
    'to %s, which has no knowledge check, finds none',
    async (slug) => {
      const actor = await addActor(db);
      const outcome = await submitQuiz(actor, slug, form([]));
      expect(['unknown-module', 'not-entitled']).toContain(outcome.kind);
    },
  );
});

describe('The same submission again', () => {
  test('gives the stored result and changes nothing, whatever order the fields come in', async () => {
    const actor = await addActor(db);
    const id = randomUUID();
    const first = await pass(actor, 'del-1', id);
    const before = await completionsOf(actor);
    const turned = form(sampleAnswers('del-1').toReversed(), { id: id.toUpperCase() });
    expect(await submitQuiz(actor, 'del-1', turned)).toEqual(first);
    expect(await attemptsOf(actor)).toHaveLength(1);
    expect(await completionsOf(actor)).toEqual(before);
  });

  test('with other answers is refused and changes nothing', async () => {
    const actor = await addActor(db);
    const id = randomUUID();
    await submitQuiz(actor, 'del-1', form(sampleAnswers('del-1', 0), { id }));
    expect(await pass(actor, 'del-1', id)).toEqual({ kind: 'already-graded', submissionId: id, isOwn: true });
    expect(await attemptsOf(actor)).toMatchObject([{ correct: 0 }]);
    expect(await completionsOf(actor)).toEqual([]);
  });

  test('from another person is refused, and she never sees the result', async () => {
    const [owner, other] = [await addActor(db), await addActor(db)];
    const id = randomUUID();
    await pass(owner, 'del-1', id);
    expect(await pass(other, 'del-1', id)).toEqual({
      kind: 'already-graded',
      submissionId: id,
      isOwn: false,
    });
    expect(await attemptsOf(other)).toEqual([]);
    expect(await findOwnResult(other, 'del-1', id)).toBeNull();
    expect(await findOwnResult(owner, 'del-1', id)).toMatchObject({ passed: true, correct: 5 });
  });

  test('to another module is refused', async () => {
    const actor = await addActor(db);
    const id = randomUUID();
    await pass(actor, 'del-1', id);
    expect(await pass(actor, 'del-2', id)).toMatchObject({ kind: 'already-graded' });
    expect(await findOwnResult(actor, 'del-2', id)).toBeNull();
  });

  test('twenty times at once is one attempt and one completion', async () => {
    const actor = await addActor(db);
    const id = randomUUID();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => pass(actor, 'del-3', id)));
    expect(outcomes).toEqual(outcomes.map(() => ({ kind: 'recorded', submissionId: id })));
    expect(await attemptsOf(actor)).toHaveLength(1);
    expect(await completionsOf(actor)).toHaveLength(1);
  });

  test('from two persons at once belongs to one of them', async () => {
    const actors = await Promise.all(Array.from({ length: 8 }, () => addActor(db)));
    const id = randomUUID();
    const outcomes = await Promise.all(actors.map((actor) => pass(actor, 'del-4', id)));
    expect(outcomes.filter(({ kind }) => kind === 'recorded')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'already-graded')).toHaveLength(7);
    expect(await db.select().from(attempt).where(eq(attempt.id, id))).toHaveLength(1);
  });
});

describe('The grundkurs', () => {
  test('is completed with the fifth part, at its time, with one intyg', async () => {
    const actor = await addActor(db);
    for (const [day, slug] of PARTS.entries()) {
      setClock(() => new Date(Date.UTC(2026, 4, day + 1, 12)));
      await pass(actor, slug);
      expect(await slugsOf(actor)).toEqual(day === 4 ? [...PARTS, 'grundkurs'] : PARTS.slice(0, day + 1));
    }
    const course = (await completionsOf(actor)).find((row) => row.moduleSlug === 'grundkurs');
    expect(course).toMatchObject({
      method: 'online',
      rule: 'grundkurs-3',
      completedOn: '2026-05-05',
      completedAt: new Date('2026-05-05T12:00:00Z'),
      moduleVersionId: await currentVersionId(db, 'grundkurs'),
    });
    const [intyg, ...more] = await certificatesOf(actor);
    expect(more).toEqual([]);
    expect(Buffer.from(intyg!.code, 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  test('is completed once when five parts are passed at the very same moment', async () => {
    const actor = await addActor(db);
    await atTheSameMoment(PARTS.map((slug) => () => pass(actor, slug)));
    expect(await slugsOf(actor)).toEqual([...PARTS, 'grundkurs']);
    expect(await certificatesOf(actor)).toHaveLength(1);
  });

  test('is completed once however ten submissions of the five parts come in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...PARTS, ...PARTS], { minLength: 10 }), async (order) => {
        const actor = await addActor(db);
        await Promise.all(order.map((slug) => pass(actor, slug)));
        expect(await slugsOf(actor)).toEqual([...PARTS, 'grundkurs']);
        expect(await certificatesOf(actor)).toHaveLength(1);
        expect(await attemptsOf(actor)).toHaveLength(10);
      }),
      { numRuns: 10 },
    );
  });

  test('counts parts that were completed otherwise, at their own time', async () => {
    const actor = await addActor(db);
    const at = new Date('2026-06-10T08:00:00Z');
    await db.insert(completion).values({
      personId: actor.personId,
      moduleSlug: 'del-5',
      method: 'import',
      rule: 'import-1',
      completedAt: at,
      completedOn: '2026-06-10',
    });
    setClock(() => new Date('2026-05-01T08:00:00Z'));
    for (const slug of PARTS.slice(0, 4)) await pass(actor, slug);
    const course = (await completionsOf(actor)).find((row) => row.moduleSlug === 'grundkurs');
    expect(course).toMatchObject({ completedAt: at, completedOn: '2026-06-10' });
  });

  test('does not count a part that was corrected away', async () => {
    const actor = await addActor(db);
    await pass(actor, 'del-1');
    const [first] = await completionsOf(actor);
    await db.insert(completionCorrection).values({ completionId: first!.id, reason: 'Fel person' });
    for (const slug of PARTS.slice(1)) await pass(actor, slug);
    expect(await slugsOf(actor)).toEqual([...PARTS]);
  });

  test('that was credited as a whole is not completed again by its parts', async () => {
    const actor = await addActor(db);
    await db.insert(completion).values({
      personId: actor.personId,
      moduleSlug: 'grundkurs',
      method: 'import',
      rule: 'import-1',
      completedAt: new Date('2022-05-01T10:00:00Z'),
      completedOn: '2022-05-01',
    });
    for (const slug of PARTS) await pass(actor, slug);
    expect(await slugsOf(actor)).toEqual([...PARTS, 'grundkurs']);
  });

  test('is never awarded for a fördjupning, and a new version of it awards nobody anew', async () => {
    const actor = await addActor(db);
    for (const slug of PARTS) await pass(actor, slug);
    await publishCourseVersion(db, randomUUID());
    await pass(actor, FORDJUPNING);
    await pass(actor, 'del-1');
    expect((await slugsOf(actor)).filter((slug) => slug === 'grundkurs')).toHaveLength(1);
  });
});

describe('A new version published meanwhile', () => {
  test('leaves whoever is midway graded against the questions she saw', async () => {
    const actor = await addActor(db);
    const old = await publishVersion(db, 'del-2', sampleQuiz('del-2', 6));
    const current = await publishVersion(db, 'del-2', sampleQuiz('del-2', 5));
    const answers = sampleAnswers('del-2', 6, 6);
    expect(await submitQuiz(actor, 'del-2', form(answers, { version: old }))).toMatchObject({
      kind: 'recorded',
    });
    expect(await attemptsOf(actor)).toMatchObject([{ moduleVersionId: old, questions: 6, passed: true }]);
    expect(await completionsOf(actor)).toMatchObject([{ moduleVersionId: old }]);
    await submitQuiz(actor, 'del-2', form(sampleAnswers('del-2'), { version: current }));
    expect((await completionsOf(actor)).map((row) => row.moduleVersionId).sort()).toEqual(
      [old, current].sort(),
    );
  });
});

describe('A fördjupning', () => {
  test('is graded only for those who have completed the grundkurs', async () => {
    const actor = await addActor(db);
    expect(await pass(actor, FORDJUPNING)).toEqual({ kind: 'not-entitled' });
    for (const slug of PARTS) await pass(actor, slug);
    expect(await pass(actor, FORDJUPNING)).toMatchObject({ kind: 'recorded' });
    expect(await slugsOf(actor)).toEqual([...PARTS, 'grundkurs', FORDJUPNING].sort());
  });

  test('stays closed whatever the role', async () => {
    for (const role of ['samordnare', 'redaktor', 'admin'] as const) {
      const actor = await addActor(db, { role });
      expect(await pass(actor, FORDJUPNING)).toEqual({ kind: 'not-entitled' });
    }
  });
});

test('A failure in the middle stores nothing at all', async () => {
  const actor = await addActor(db);
  for (const slug of PARTS.slice(0, 4)) await pass(actor, slug);
  const before = await attemptsOf(actor);
  await db.execute(
    `alter table certificate add constraint no_more check (issued_at < '2000-01-01') not valid`,
  );
  await expect(pass(actor, 'del-5')).rejects.toThrow();
  await db.execute('alter table certificate drop constraint no_more');
  expect(await attemptsOf(actor)).toEqual(before);
  expect(await slugsOf(actor)).toEqual(PARTS.slice(0, 4));
  await pass(actor, 'del-5');
  expect(await slugsOf(actor)).toEqual([...PARTS, 'grundkurs']);
});

test('Every completion of a part points to the passed attempt of the same person and version', async () => {
  const rows = await db
    .select({ completion, attempt, moduleVersion })
    .from(completion)
    .innerJoin(attempt, eq(attempt.id, completion.attemptId))
    .innerJoin(moduleVersion, eq(moduleVersion.id, completion.moduleVersionId));
  const [{ value: parts } = { value: 0 }] = await db
    .select({ value: count() })
    .from(completion)
    .where(eq(completion.rule, 'quiz-1'));
  expect(rows).toHaveLength(parts);
  for (const row of rows) {
    expect(row.attempt).toMatchObject({ passed: true, personId: row.completion.personId });
    expect(row.attempt.moduleVersionId).toBe(row.completion.moduleVersionId);
    expect(row.moduleVersion.moduleSlug).toBe(row.completion.moduleSlug);
  }
});
