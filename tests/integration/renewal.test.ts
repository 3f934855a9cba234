import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { person } from '#db/schema/organisation.ts';
import { requirement, versionRequirement } from '#db/schema/rules.ts';
import { certificate, completion, completionCorrection } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { standingOf } from '#src/features/completions/completions.ts';
import { importCompletions } from '#src/features/completions/import.server.ts';
import { loadMyPage } from '#src/features/my-page/my-page.server.ts';
import { findProgress } from '#src/features/completions/progress.server.ts';
import { readTrainingRecord } from '#src/features/completions/training-record.server.ts';
import { submitQuiz } from '#src/features/quiz/quiz.server.ts';
import { addDays, setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { listRequirementsOf } from '../support/requirements.ts';
import { addUnit, employ } from '../support/staff.ts';
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
let unitId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await publishSampleCourse(db);
  unitId = await addUnit(db, 'K', 'municipality');
});
afterAll(() => database.drop());
afterEach(async () => {
  setClock(null);
  await db.delete(requirement);
});

const at = (day: string) => setClock(() => new Date(`${day}T10:00:00Z`));

async function addEmployee(): Promise<Actor> {
  const actor = await addActor(db);
  await employ(db, actor.personId, unitId);
  return actor;
}

async function pass(actor: Actor, slug: string, id: string = randomUUID()) {
  const form = new URLSearchParams([...sampleAnswers(slug), ['_inlamning', id]]);
  return submitQuiz(actor, slug, form, '127.0.0.1');
}

async function passAll(actor: Actor, day: string) {
  at(day);
  for (const slug of PARTS) await pass(actor, slug);
}

const rowsOf = ({ personId }: Actor, slug: string) =>
  db
    .select()
    .from(completion)
    .where(sql`${completion.personId} = ${personId} and ${completion.moduleSlug} = ${slug}`)
    .orderBy(completion.completedAt, completion.repeat);

async function voidLatest(actor: Actor, slug: string) {
  const row = (await rowsOf(actor, slug)).at(-1)!;
  await db.insert(completionCorrection).values({ completionId: row.id, reason: 'Fel person' });
}

const ask = (moduleSlug: string, validityMonths: number) =>
  db.insert(requirement).values({ moduleSlug, valid: '[2020-01-01,)', validityMonths });

describe('What was voided', () => {
  test('can be completed again on the site, the same version, once however often it is sent', async () => {
    const actor = await addEmployee();
    await passAll(actor, '2026-03-01');
    for (const slug of ['del-2', 'grundkurs']) await voidLatest(actor, slug);
    expect(await loadMyPage(actor)).toMatchObject({ hasCourse: false, next: { slug: 'del-2' } });
    at('2026-03-05');
    const id = randomUUID();
    await Promise.all([...Array.from({ length: 10 }, () => pass(actor, 'del-2', id)), pass(actor, 'del-2')]);
    await pass(actor, 'del-2');
    const [part, course] = [await rowsOf(actor, 'del-2'), await rowsOf(actor, 'grundkurs')];
    expect(part.map(({ repeat, completedOn }) => [repeat, completedOn])).toEqual([
      [0, '2026-03-01'],
      [1, '2026-03-05'],
    ]);
    expect(course.map(({ repeat, completedOn }) => [repeat, completedOn])).toEqual([
      [0, '2026-03-01'],
      [1, '2026-03-05'],
    ]);
  });

  test('twice can be completed a third time', async () => {
    const actor = await addEmployee();
    for (const repeat of [0, 1, 2]) {
      if (repeat > 0) await voidLatest(actor, 'del-1');
      await pass(actor, 'del-1');
      expect((await rowsOf(actor, 'del-1')).map((row) => row.repeat)).toHaveLength(repeat + 1);
    }
    expect((await rowsOf(actor, 'del-1')).map((row) => row.repeat).sort()).toEqual([0, 1, 2]);
  });
});

describe('With a validity of 36 months', () => {
  test('passing again changes nothing before the renewal opens, and renews after, with a new intyg', async () => {
    await ask('grundkurs', 36);
    const actor = await addEmployee();
    await passAll(actor, '2024-03-14');
    const first = await loadMyPage(actor);
    expect(first.validity.get('grundkurs')).toEqual({
      lastDay: '2027-03-13',
      isRenewable: false,
      isOver: false,
    });
    await passAll(actor, '2026-12-13');
    expect(await rowsOf(actor, 'grundkurs')).toHaveLength(1);
    expect(await rowsOf(actor, 'del-1')).toHaveLength(1);

    at('2026-12-14');
    expect(await loadMyPage(actor)).toMatchObject({
      hasCourse: true,
      completed: ['grundkurs'],
      next: { kind: 'part', slug: 'del-1' },
    });
    await Promise.all(Array.from({ length: 5 }, () => pass(actor, 'del-1')));
    expect(await rowsOf(actor, 'del-1')).toMatchObject([{ repeat: 0 }, { repeat: 1 }]);
    expect(await findProgress(actor)).toEqual({
      signedIn: true,
      completed: ['del-1', 'grundkurs'],
      renewing: true,
    });
    at('2027-05-01');
    for (const slug of PARTS.slice(1)) {
      expect((await loadMyPage(actor)).validity.get('grundkurs')).toMatchObject({ isOver: true });
      await pass(actor, slug);
    }
    const rows = await rowsOf(actor, 'grundkurs');
    expect(rows).toMatchObject([
      { repeat: 0, completedOn: '2024-03-14', rule: 'grundkurs-3' },
      { repeat: 1, completedOn: '2027-05-01', rule: 'grundkurs-3' },
    ]);
    const own = await loadMyPage(actor);
    expect(own.validity.get('grundkurs')).toMatchObject({ lastDay: '2030-04-30', isRenewable: false });
    expect(own.next).toEqual({ kind: 'done' });
    expect(own.certificateCode).not.toBe(first.certificateCode);
    const codes = await db
      .select({ code: certificate.code })
      .from(certificate)
      .innerJoin(completion, eq(completion.id, certificate.completionId))
      .where(eq(completion.personId, actor.personId));
    expect(codes.map(({ code }) => code)).toContain(first.certificateCode);
    expect(codes).toHaveLength(2);
  });

  test('a fördjupning is renewed by passing it once', async () => {
    await ask(FORDJUPNING, 36);
    const actor = await addEmployee();
    await passAll(actor, '2024-03-01');
    await pass(actor, FORDJUPNING);
    at('2027-02-01');
    await Promise.all(Array.from({ length: 5 }, () => pass(actor, FORDJUPNING)));
    expect(await rowsOf(actor, FORDJUPNING)).toMatchObject([
      { completedOn: '2024-03-01' },
      { completedOn: '2027-02-01', repeat: 1 },
    ]);
    expect(await rowsOf(actor, 'grundkurs')).toHaveLength(1);
  });

  test('nothing runs out for one of whom the course is not required', async () => {
    await ask('grundkurs', 36);
    const actor = await addActor(db);
    await passAll(actor, '2021-03-14');
    at('2026-06-01');
    expect((await loadMyPage(actor)).validity.get('grundkurs')).toMatchObject({ lastDay: null });
    await passAll(actor, '2026-06-01');
    expect(await rowsOf(actor, 'grundkurs')).toHaveLength(1);
  });
});

test('A credited part inside the renewal counts towards it', async () => {
  await ask('grundkurs', 12);
  const actor = await addEmployee();
  await db.update(person).set({ employeeNumber: 'F1' }).where(eq(person.id, actor.personId));
  await passAll(actor, '2025-01-10');
  at('2025-12-20');
  for (const slug of PARTS.slice(1)) await pass(actor, slug);
  const bytes = Buffer.from('anstnr;modul;datum;kalla\nF1;del-1;2025-12-20;APT\n');
  await importCompletions('cli', { fileName: 'a.csv', bytes, dryRun: false });
  expect(await rowsOf(actor, 'grundkurs')).toMatchObject([
    { completedOn: '2025-01-10' },
    { completedOn: '2025-12-20', repeat: 1 },
  ]);
});

describe('An import and a submission at the same time', () => {
  test('give the grundkurs once to each, and take few locks', async () => {
    const actors = await Promise.all(Array.from({ length: 60 }, addEmployee));
    for (const [index, { personId }] of actors.entries()) {
      await db
        .update(person)
        .set({ employeeNumber: `S${index}` })
        .where(eq(person.id, personId));
    }
    const lines = actors.flatMap((_, index) =>
      PARTS.slice(0, 4).map((slug) => `S${index};${slug};2026-01-10;Pärm`),
    );
    const file = Buffer.from(`anstnr;modul;datum;kalla\n${lines.join('\n')}\n`);
    // Ten have the last part already, so that the import itself has something to give.
    for (const actor of actors.slice(0, 10)) await pass(actor, 'del-5');
    const locks = await database.sql
      .begin(async (holder) => {
        await holder`lock table certificate in exclusive mode`;
        const importing = importCompletions('cli', { fileName: 'b.csv', bytes: file, dryRun: false });
        const waiting = async () => {
          const rows =
            await holder`select pid from pg_locks where not granted and relation = 'certificate'::regclass`;
          return rows[0]?.['pid'] as number | undefined;
        };
        let pid: number | undefined;
        while (!(pid = await waiting()));
        let done = 0;
        const submitting = actors
          .slice(10, 14)
          .map((actor) => pass(actor, 'del-5').finally(() => (done += 1)));
        // Each comes as far as it can before the import may go on.
        const held = async () => {
          const [row] = await holder`
            select count(*)::int as n from pg_locks where not granted and locktype = 'advisory'`;
          return row!['n'] as number;
        };
        while ((await held()) + done < submitting.length);
        const [row] = await holder`
          select count(*)::int as n from pg_locks where pid = ${pid} and locktype = 'advisory'`;
        return { n: row!['n'] as number, running: [importing, ...submitting] };
      })
      .then(async ({ n, running }) => {
        await Promise.all(running);
        return n;
      });
    expect(locks).toBeLessThan(5);
    await Promise.all(actors.slice(14).map((actor) => pass(actor, 'del-5')));
    for (const actor of actors) expect(await rowsOf(actor, 'grundkurs')).toHaveLength(1);
  });
});

test('The rule in words and the query say the same of how long a completion counts', async () => {
  const day = '2026-06-01';
  const versions = [await currentVersionId(db, FORDJUPNING)];
  for (const questions of [6, 7])
    versions.push(await publishVersion(db, FORDJUPNING, sampleQuiz(FORDJUPNING, questions)));
  await db.insert(versionRequirement).values([
    { moduleVersionId: versions[1]!, olderCountUntil: '2025-08-31', reason: 'Ny lag' },
    { moduleVersionId: versions[2]!, olderCountUntil: '2026-09-30', reason: 'Ny lag' },
  ]);
  const given = fc.array(
    fc.record({ back: fc.integer({ min: 0, max: 2000 }), version: fc.constantFrom(null, ...versions) }),
    { minLength: 1, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(given, fc.option(fc.integer({ min: 1, max: 40 })), async (all, validityMonths) => {
      await db.delete(requirement);
      await db.insert(requirement).values({ moduleSlug: FORDJUPNING, valid: '(,)', validityMonths });
      const { personId } = await addEmployee();
      for (const [index, { back, version }] of all.entries()) {
        const completedOn = addDays(day, -back);
        await db.insert(completion).values({
          personId,
          moduleSlug: FORDJUPNING,
          moduleVersionId: version,
          method: 'session',
          occasion: `tillfalle:${index}`,
          rule: 'session-1',
          completedOn,
          completedAt: new Date(`${completedOn}T10:00:00Z`),
        });
      }
      const [own] = await listRequirementsOf(db, personId, day);
      const standing = standingOf(await readTrainingRecord(db, personId, day), FORDJUPNING)!;
      const counts = standing.expiresOn === null || standing.expiresOn > day;
      expect(own!.completedOn).toBe(counts ? standing.completion.completedOn : null);
      expect(own!.expiresOn).toBe(counts ? standing.expiresOn : null);
    }),
    { numRuns: 40 },
  );
});

test('A version that became a new requirement opens the renewal; only what came after it renews', async () => {
  await db.insert(requirement).values({ moduleSlug: 'grundkurs', valid: '(,)' });
  const actor = await addEmployee();
  await passAll(actor, '2026-05-05');
  const versionId = await publishCourseVersion(db, randomUUID());
  await db.execute(sql`alter table module_version disable trigger module_version_is_append_only`);
  await db.execute(sql`update module_version set published_at = '2026-06-01' where id = ${versionId}`);
  await db.execute(sql`alter table module_version enable always trigger module_version_is_append_only`);
  await db
    .insert(versionRequirement)
    .values({ moduleVersionId: versionId, olderCountUntil: '2026-07-31', reason: 'Ny lag' });
  at('2026-06-10');
  const own = await loadMyPage(actor);
  expect(own.validity.get('grundkurs')).toEqual({ lastDay: '2026-07-31', isRenewable: true, isOver: false });
  expect(own.next).toMatchObject({ slug: 'del-1' });
  for (const slug of PARTS.filter((slug) => slug !== 'del-3')) await pass(actor, slug);
  expect(await rowsOf(actor, 'grundkurs')).toHaveLength(1);
  await pass(actor, 'del-3');
  const [, renewed] = await rowsOf(actor, 'grundkurs');
  expect(renewed).toMatchObject({ completedOn: '2026-06-10', moduleVersionId: versionId, repeat: 0 });
  expect((await loadMyPage(actor)).validity.get('grundkurs')).toMatchObject({ lastDay: null });
});
