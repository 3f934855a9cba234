import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pendingSubmission, rateLimit } from '#db/schema/access.ts';
import { attempt } from '#db/schema/training.ts';
import { dropKeptAnswers, findKeptAnswers } from '#src/features/quiz/pending.server.ts';
import { submitQuiz } from '#src/features/quiz/quiz.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { currentVersionId, FORDJUPNING, publishSampleCourse, sampleAnswers } from '../support/training.ts';

const ADDRESS = '192.0.2.7';
const HOUR = 3_600_000;
const started = Date.parse('2026-09-01T08:00:00Z');

let database: TestDatabase;
let db: TestDatabase['db'];

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await publishSampleCourse(db);
});
afterAll(() => database.drop());
afterEach(async () => {
  setClock(null);
  await db.delete(pendingSubmission);
  await db.delete(rateLimit);
});

async function keep(slug: string, fields = sampleAnswers(slug), id: string = randomUUID()) {
  const form = new URLSearchParams([...fields, ['_inlamning', id]]);
  const outcome = await submitQuiz(null, slug, form, ADDRESS);
  if (outcome.kind !== 'kept') throw new Error(`not kept: ${outcome.kind}`);
  return outcome.token;
}

test('Answers without a session are kept under a secret, with id and version, and are not graded', async () => {
  const id = randomUUID();
  const token = await keep('del-1', undefined, id);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(await findKeptAnswers(token, 'del-1')).toEqual({
    submissionId: id,
    versionId: await currentVersionId(db, 'del-1'),
    answers: {
      'del-1-f1': ['a'],
      'del-1-f2': ['a'],
      'del-1-f3': ['a'],
      'del-1-f4': ['a'],
      'del-1-f5': ['a', 'b'],
    },
  });
  expect(await db.select().from(attempt)).toEqual([]);
});

test('The database does not hold the secret', async () => {
  const token = await keep('del-1');
  const rows = await db.select().from(pendingSubmission);
  expect(rows).toHaveLength(1);
  const raw = Buffer.from(token, 'base64url');
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(rows[0]!.tokenHash.equals(raw)).toBe(false);
});

test('Another secret, or another module, finds nothing', async () => {
  const token = await keep('del-1');
  expect(await findKeptAnswers(token, 'del-2')).toBeNull();
  expect(await findKeptAnswers(`${token}x`, 'del-1')).toBeNull();
  expect(await findKeptAnswers(undefined, 'del-1')).toBeNull();
});

test('They are gone after two hours, and the next to be kept clears them out', async () => {
  setClock(() => new Date(started));
  const token = await keep('del-1');
  setClock(() => new Date(started + 2 * HOUR - 1));
  expect(await findKeptAnswers(token, 'del-1')).not.toBeNull();
  setClock(() => new Date(started + 2 * HOUR));
  expect(await findKeptAnswers(token, 'del-1')).toBeNull();
  await keep('del-2');
  expect(await db.select().from(pendingSubmission)).toHaveLength(1);
});

test('Dropping them leaves those of another module', async () => {
  const token = await keep('del-1');
  await dropKeptAnswers(token, 'del-2');
  expect(await findKeptAnswers(token, 'del-1')).not.toBeNull();
  await dropKeptAnswers(token, 'del-1');
  expect(await findKeptAnswers(token, 'del-1')).toBeNull();
});

test('Incomplete answers to a part are asked for, not kept; the questions of a fördjupning are not shown', async () => {
  const some = (slug: string) => new URLSearchParams(sampleAnswers(slug).slice(1));
  expect((await submitQuiz(null, 'del-1', some('del-1'), ADDRESS)).kind).toBe('incomplete');
  expect((await submitQuiz(null, FORDJUPNING, some(FORDJUPNING), ADDRESS)).kind).toBe('kept');
});

test('Answers that no form of ours sends are not kept', async () => {
  const form = new URLSearchParams([...sampleAnswers('del-1'), ['del-1-f1', 'z']]);
  expect(await submitQuiz(null, 'del-1', form, ADDRESS)).toEqual({ kind: 'invalid' });
  expect(await db.select().from(pendingSubmission)).toEqual([]);
});

test('One network cannot fill the table, and others are not in its way', async () => {
  const form = new URLSearchParams(sampleAnswers('del-1'));
  let kept = 0;
  while ((await submitQuiz(null, 'del-1', form, ADDRESS)).kind === 'kept') kept += 1;
  // One more may be kept every other second while this runs.
  expect(kept).toBeGreaterThanOrEqual(300);
  expect(kept).toBeLessThan(400);
  expect(await submitQuiz(null, 'del-1', form, ADDRESS)).toEqual({ kind: 'sign-in-first' });
  expect((await submitQuiz(null, 'del-1', form, '192.0.2.8')).kind).toBe('kept');
});
