import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { rateLimit } from '#db/schema/access.ts';
import { completion, completionCorrection } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { createCertificateCode } from '#src/features/certificates/certificates.ts';
import { lookUpCertificate } from '#src/features/certificates/certificates.server.ts';
import { loadMyPage } from '#src/features/my-page/my-page.server.ts';
import { submitQuiz } from '#src/features/quiz/quiz.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addActor, PARTS, publishSampleCourse, sampleAnswers } from '../support/training.ts';

const ADDRESS = '192.0.2.7';

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
  await db.delete(rateLimit);
});

/** Passes all parts; returns the code of the intyg. */
async function complete(actor: Actor): Promise<string> {
  for (const slug of PARTS) {
    const form = new URLSearchParams([...sampleAnswers(slug), ['_inlamning', randomUUID()]]);
    await submitQuiz(actor, slug, form, ADDRESS);
  }
  const { certificateCode } = await loadMyPage(actor);
  if (!certificateCode) throw new Error('no intyg');
  return certificateCode;
}

test('The intyg of a completed grundkurs names person, course, version and the day in Stockholm', async () => {
  const actor = await addActor(db, { name: 'Ingrid Intygsson' });
  setClock(() => new Date('2026-12-31T23:10:00Z'));
  const code = await complete(actor);
  expect(await lookUpCertificate(null, code, ADDRESS)).toEqual({
    kind: 'genuine',
    certificate: {
      code,
      name: 'Ingrid Intygsson',
      title: 'Grundkursen',
      version: 1,
      completedOn: '2027-01-01',
      method: 'online',
      isOwn: false,
      isProtected: false,
    },
  });
});

test('The name of a protected person is shown to nobody but herself', async () => {
  const actor = await addActor(db, { isProtected: true });
  const admin = await addActor(db, { role: 'admin' });
  const code = await complete(actor);
  for (const other of [null, admin]) {
    expect(await lookUpCertificate(other, code, ADDRESS)).toMatchObject({ certificate: { name: null } });
  }
  expect(await lookUpCertificate(actor, code, ADDRESS)).toMatchObject({ certificate: { name: actor.name } });
});

test('A completion that was corrected away takes its intyg along', async () => {
  const actor = await addActor(db);
  const code = await complete(actor);
  const [course] = (await loadMyPage(actor)).completions.filter((row) => row.moduleSlug === 'grundkurs');
  await db.insert(completionCorrection).values({ completionId: course!.id, reason: 'Fel person' });
  expect(await lookUpCertificate(null, code, ADDRESS)).toMatchObject({ kind: 'voided' });
  const own = await loadMyPage(actor);
  expect(own).toMatchObject({ hasCourse: false, certificateCode: null });
  expect(own.completions.find((row) => row.id === course!.id)).toMatchObject({ voidedReason: 'Fel person' });
});

test('Codes are never alike, and one wrong character finds nothing', async () => {
  const code = await complete(await addActor(db));
  expect(code).toMatch(/^[\w-]{22,}$/);
  for (let place = 0; place < code.length; place++) {
    const other = code.slice(0, place) + (code[place] === 'A' ? 'B' : 'A') + code.slice(place + 1);
    expect(await lookUpCertificate(null, other, ADDRESS)).toEqual({ kind: 'unknown' });
  }
  expect(await lookUpCertificate(null, code.toUpperCase(), ADDRESS)).toEqual({ kind: 'unknown' });
  const codes = new Set(Array.from({ length: 10_000 }, createCertificateCode));
  expect(codes.size).toBe(10_000);
});

test('Guessing is limited per network, reading a genuine one is not', async () => {
  const code = await complete(await addActor(db));
  for (let n = 0; n < 200; n++) {
    expect((await lookUpCertificate(null, code, ADDRESS)).kind).toBe('genuine');
  }
  for (let n = 0; n < 60; n++) {
    expect((await lookUpCertificate(null, createCertificateCode(), ADDRESS)).kind).toBe('unknown');
  }
  expect(await lookUpCertificate(null, createCertificateCode(), ADDRESS)).toMatchObject({ kind: 'limited' });
  expect((await lookUpCertificate(null, code, '192.0.2.8')).kind).toBe('genuine');
});

test('A credited completion is shown with where it comes from, and has one intyg that says so', async () => {
  const actor = await addActor(db);
  await db.insert(completion).values({
    personId: actor.personId,
    moduleSlug: 'grundkurs',
    method: 'import',
    rule: 'import-1',
    source: 'Kursintyg 2022',
    completedAt: new Date('2022-05-01T10:00:00Z'),
    completedOn: '2022-05-01',
  });
  const [own, again] = await Promise.all([loadMyPage(actor), loadMyPage(actor)]);
  expect(own.completions).toMatchObject([
    { title: 'Grundkursen', version: null, method: 'import', source: 'Kursintyg 2022' },
  ]);
  expect(own.next).toEqual({ kind: 'done' });
  const code = own.certificateCode!;
  expect(again.certificateCode).toBe(code);
  expect((await loadMyPage(actor)).certificateCode).toBe(code);
  expect(await lookUpCertificate(null, code, ADDRESS)).toMatchObject({
    certificate: { title: 'Grundkursen', version: null, method: 'import', completedOn: '2022-05-01' },
  });
});
