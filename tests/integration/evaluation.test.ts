import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { assessmentAsked, assessmentCount } from '#db/schema/evaluation.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { showQuestions } from '#src/features/editorial/question-statistics.server.ts';
import { evaluationCsv, showEvaluation } from '#src/features/evaluation/evaluation.server.ts';
import { findAssessmentToOffer, takeAssessment } from '#src/features/evaluation/self-assessment.server.ts';
import { submitQuiz } from '#src/features/quiz/quiz.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, employ } from '../support/staff.ts';
import {
  addActor,
  PARTS,
  publishSampleCourse,
  publishVersion,
  sampleAnswers,
  sampleQuiz,
} from '../support/training.ts';

let database: TestDatabase;
let db: TestDatabase['db'];
let root: number;
let departments: number[];
let coordinator: Actor;
let editor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await publishSampleCourse(db);
  root = await addUnit(db, 'K', 'municipality');
  departments = [await addUnit(db, 'F1', 'department', root), await addUnit(db, 'F2', 'department', root)];
  coordinator = await addActor(db, { role: 'samordnare' });
  editor = await addActor(db, { role: 'redaktor' });
});
afterAll(() => database.drop());
afterEach(async () => {
  setClock(null);
  await db.delete(assessmentCount);
});

const ANSWERS = { tillfalle: 'fore', recognise: '2', ask: '4', act: '5' };

async function addEmployee(unitId = departments[0]!): Promise<Actor> {
  const actor = await addActor(db);
  await employ(db, actor.personId, unitId);
  return actor;
}

const addEmployees = (count: number) => Promise.all(Array.from({ length: count }, () => addEmployee()));
const counters = () =>
  db
    .select({
      question: assessmentCount.question,
      answer: assessmentCount.answer,
      waiting: assessmentCount.waiting,
      shown: assessmentCount.shown,
    })
    .from(assessmentCount)
    .orderBy(assessmentCount.question, assessmentCount.answer);

async function pass(actor: Actor, slug: string, right = 5) {
  const form = new URLSearchParams([...sampleAnswers(slug, right), ['_inlamning', randomUUID()]]);
  return submitQuiz(actor, slug, form, '127.0.0.1');
}

describe('Answers to the self-assessment', () => {
  test('wait until ten have come, and are then shown together', async () => {
    for (const actor of await addEmployees(9)) await takeAssessment(actor, ANSWERS);
    expect(await showEvaluation(coordinator)).toEqual([]);
    expect(await counters()).toMatchObject([{ waiting: 9, shown: 0 }, { waiting: 9 }, { waiting: 9 }]);
    await takeAssessment(await addEmployee(), { ...ANSWERS, recognise: '4' });
    const [year] = await showEvaluation(coordinator);
    expect(year!.rows).toMatchObject([
      { code: 'F1', before: { answers: 10, sure: { recognise: 1, ask: 10, act: 10 } }, after: null },
    ]);
    await takeAssessment(await addEmployee(), ANSWERS);
    expect(await showEvaluation(coordinator)).toEqual([year]);
    expect((await counters()).reduce((sum, row) => sum + row.waiting, 0)).toBe(3);
  });

  test('that come at once are shown in tens, none lost and none twice', async () => {
    const actors = await addEmployees(27);
    await Promise.all(actors.map((actor) => takeAssessment(actor, ANSWERS)));
    for (const row of await counters()) expect(row).toMatchObject({ waiting: 7, shown: 20 });
  });

  test('sent twice, or after declining, count once or not at all', async () => {
    const [actor, quiet] = [await addEmployee(), await addEmployee()];
    const sent = await Promise.all(Array.from({ length: 5 }, () => takeAssessment(actor, ANSWERS)));
    expect(sent.filter(({ kind }) => kind === 'answered')).toHaveLength(1);
    expect(await takeAssessment(quiet, { ...ANSWERS, nej: 'ja' })).toMatchObject({ kind: 'declined' });
    expect(await takeAssessment(quiet, ANSWERS)).toEqual({ kind: 'not-asked' });
    expect(await counters()).toMatchObject([{ waiting: 1 }, { waiting: 1 }, { waiting: 1 }]);
  });

  test('leave nothing that ties a person to an answer', async () => {
    const actor = await addEmployee();
    await takeAssessment(actor, ANSWERS);
    const columns = await db.execute<{ column_name: string }>(sql`
      select column_name from information_schema.columns
      where table_name in ('assessment_asked', 'assessment_count') order by column_name`);
    expect(columns.map((row) => row.column_name)).toEqual([
      'answer',
      'department_id',
      'moment',
      'moment',
      'person_id',
      'question',
      'shown',
      'waiting',
      'year',
    ]);
    const [row] = await db.execute<{ same: boolean }>(sql`
      select exists (select from ${assessmentAsked} a join ${assessmentCount} c on a.xmin = c.xmin) as same`);
    expect(row).toEqual({ same: false });
  });

  test('that are missing are asked for, and nothing is stored', async () => {
    const actor = await addEmployee();
    expect(await takeAssessment(actor, { tillfalle: 'fore', recognise: '2', ask: '6' })).toMatchObject({
      kind: 'refused',
      errors: { ask: expect.any(String), act: expect.any(String) },
      typed: { recognise: '2' },
    });
    expect(await counters()).toEqual([]);
    expect(await findAssessmentToOffer(actor)).toBe('before');
  });

  test('go to one department, the first by code, and to none without employment', async () => {
    const actor = await addActor(db);
    expect(await findAssessmentToOffer(actor)).toBeNull();
    expect(await takeAssessment(actor, ANSWERS)).toEqual({ kind: 'not-asked' });
    await employ(db, actor.personId, root);
    expect(await findAssessmentToOffer(actor)).toBeNull();
    const team = await addUnit(db, 'F0-1', 'team', departments[1]!);
    await employ(db, actor.personId, team);
    expect(await findAssessmentToOffer(actor)).toBe('before');
    await employ(db, actor.personId, departments[0]!);
    await takeAssessment(actor, ANSWERS);
    const rows = await db.select().from(assessmentCount);
    expect(new Set(rows.map((row) => row.departmentId))).toEqual(new Set([departments[0]]));
  });

  test('are asked for after the grundkurs, but not when it was credited, nor for the other moment', async () => {
    const [actor, credited] = [await addEmployee(), await addEmployee()];
    for (const slug of PARTS) await pass(actor, slug);
    await complete(db, credited.personId, 'grundkurs', '2022-05-01');
    expect(await findAssessmentToOffer(actor)).toBe('after');
    expect(await findAssessmentToOffer(credited)).toBeNull();
    expect(await takeAssessment(actor, ANSWERS)).toEqual({ kind: 'not-asked' });
    expect(await takeAssessment(actor, { ...ANSWERS, tillfalle: 'efter' })).toMatchObject({
      kind: 'answered',
    });
    expect((await counters()).map(({ waiting }) => waiting)).toEqual([1, 1, 1]);
  });

  test('are the same in the file as on the page', async () => {
    for (const actor of await addEmployees(10)) await takeAssessment(actor, ANSWERS);
    const years = await showEvaluation(coordinator);
    const [, first, ...more] = evaluationCsv(years).trim().split('\r\n');
    expect(first).toBe(`${years[0]!.year};F1;Enhet F1;fore;kanna igen;10;0;0,0`);
    expect(more).toHaveLength(2);
    expect(more[0]).toMatch(/;fraga;10;10;100,0$/);
  });

  test('are shown to samordnare and administrators', async () => {
    await expect(showEvaluation(editor)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(showEvaluation(await addActor(db))).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(showEvaluation(null)).rejects.toMatchObject({ code: 'not-signed-in' });
  });
});

describe('What is misunderstood', () => {
  test('is counted from the first attempt of each person on the published version, from ten on', async () => {
    const actors = await Promise.all(Array.from({ length: 12 }, () => addActor(db)));
    // An earlier version says nothing of the one that is published now.
    for (const actor of actors) await pass(actor, 'del-4', 0);
    await publishVersion(db, 'del-4', { ...sampleQuiz('del-4'), passMark: 0.6 });
    for (const actor of actors.slice(0, 9)) await pass(actor, 'del-4', 2);
    const ofPart = async () => (await showQuestions(editor)).questions.filter(({ slug }) => slug === 'del-4');
    expect(await ofPart()).toEqual([]);
    await pass(actors[9]!, 'del-4', 5);
    const shown = await ofPart();
    expect(shown).toHaveLength(5);
    // What came after the tenth waits for ten more: nobody's own answers can be told from two looks.
    for (const actor of actors) await pass(actor, 'del-4', 5);
    expect(await ofPart()).toEqual(shown);
    // Nine of ten had the third question wrong the first time, all with the same option.
    expect(shown.find(({ number }) => number === 3)).toMatchObject({
      answers: 10,
      right: 10,
      wrong: { text: 'Svar c', people: 9 },
      version: 2,
    });
    expect(shown.find(({ number }) => number === 1)).toMatchObject({ right: 100, wrong: null });
    expect(shown.map(({ right }) => right)).toEqual(
      shown.map(({ right }) => right).toSorted((a, b) => a - b),
    );
    for (const actor of await Promise.all(Array.from({ length: 8 }, () => addActor(db))))
      await pass(actor, 'del-4', 5);
    expect((await ofPart()).find(({ number }) => number === 3)).toMatchObject({ answers: 20, right: 55 });
  });

  test('is shown to redaktörer and administrators, without anyone in it', async () => {
    const page = JSON.stringify(await showQuestions(editor));
    expect(page).not.toMatch(/person_|personId|unit/);
    await expect(showQuestions(coordinator)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(showQuestions(null)).rejects.toMatchObject({ code: 'not-signed-in' });
  });
});
