import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { completion, completionCorrection } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { submitQuiz } from '#src/features/quiz/quiz.server.ts';
import { showEarlierVersion, type EarlierVersion } from '#src/features/refreshers/earlier.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { goBackTo, releaseDocuments, sampleDocument, sampleFacts } from '../support/releases.ts';
import { addActor, PARTS, publishVersion, sampleQuiz } from '../support/training.ts';

const FORDJUPNING = 'provfordjupning';

let database: TestDatabase;
let db: TestDatabase['db'];

const at = (day: string) => setClock(() => new Date(`${day}T10:00:00Z`));
const factsOf = (title: string): Facts => ({
  ...sampleFacts,
  sources: [{ ...sampleFacts.sources[0]!, title }],
});

beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
  at('2026-03-01');
  await releaseDocuments(
    db,
    [...PARTS, FORDJUPNING].map((slug) => sampleDocument(slug)),
    { facts: factsOf('Källan i mars') },
  );
});
afterEach(async () => {
  setClock(null);
  await database.drop();
});

async function pass(actor: Actor, slug: string) {
  const version = (await findCurrentVersion(db, slug))!;
  const questions = ['ett', 'tva', 'tre'].flatMap((section) => [`${section}-1`, `${section}-2`]);
  const form = [
    ...questions.map((question): [string, string] => [question, 'a']),
    ['_inlamning', randomUUID()],
    ['_version', String(version.id)],
  ];
  await submitQuiz(actor, slug, new URLSearchParams(form), '127.0.0.1');
}

async function show(actor: Actor, slug: string, version: number | string): Promise<EarlierVersion> {
  const found = await showEarlierVersion(actor, slug, String(version));
  if (found.kind === 'locked') throw new Error('locked');
  return found;
}

describe('Who completed a version', () => {
  test('reads it as it was then, with the facts of the day she completed it and no key', async () => {
    const actor = await addActor(db);
    at('2026-03-05');
    await pass(actor, 'del-3');
    at('2026-04-01');
    await releaseDocuments(db, [], { facts: factsOf('Källan i april') });
    at('2026-05-01');
    await releaseDocuments(db, [sampleDocument('del-3', { tva: 'Nytt.' })], { facts: factsOf('I maj') });
    const found = await show(actor, 'del-3', 1);
    expect(found.document!.sections[1]!.body).toEqual(sampleDocument('del-3').sections[1]!.body);
    expect(found.facts.sources[0]!.title).toBe('Källan i mars');
    expect(found.own).toMatchObject({ completedOn: '2026-03-05', isVoided: false });
    expect(found.period).toMatchObject({
      since: new Date('2026-03-01T10:00:00Z'),
      until: new Date('2026-05-01T10:00:00Z'),
    });
    expect(found.questions!.kind).toBe('open');
    expect(JSON.stringify(found.questions)).not.toMatch(/correct|feedback|Därför/);
    const auditor = await addActor(db, { role: 'samordnare' });
    const seen = await show(auditor, 'del-3', 1);
    expect(seen.facts.sources[0]!.title).toBe('Källan i april');
    expect(seen).toMatchObject({ own: null, questions: { kind: 'with-key' } });
    expect(JSON.stringify(seen.questions)).toMatch(/"correct":true/);
  });

  test('reads it after it was voided, and nothing that she has not completed', async () => {
    const actor = await addActor(db);
    await pass(actor, 'del-3');
    const [row] = await db
      .select({ id: completion.id })
      .from(completion)
      .where(sql`${completion.personId} = ${actor.personId}`);
    await db.insert(completionCorrection).values({ completionId: row!.id, reason: 'Fel person' });
    expect((await show(actor, 'del-3', 1)).own).toMatchObject({ isVoided: true });
    for (const [slug, version] of [
      ['del-4', 1],
      ['del-3', 2],
      ['del-3', '1x'],
      ['del-3', '99999999999'],
      ['finns-inte', 1],
    ] as const) {
      await expect(show(actor, slug, version), `${slug} ${version}`).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    const other = await addActor(db);
    await expect(show(other, 'del-3', 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(showEarlierVersion(null, 'del-3', '1')).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('finds the parts that her grundkurs was made of, and reads each of them', async () => {
    const actor = await addActor(db);
    for (const slug of PARTS.filter((slug) => slug !== 'del-5')) await pass(actor, slug);
    at('2026-04-01');
    await releaseDocuments(db, [sampleDocument('del-1', { ett: 'Nytt.' })]);
    await pass(actor, 'del-5');
    at('2026-05-01');
    await releaseDocuments(db, [sampleDocument('del-2', { ett: 'Nytt.' })]);
    const course = await show(actor, 'grundkurs', 2);
    expect(course.parts.map(({ slug, version }) => `${slug} ${version}`)).toEqual([
      'del-1 2',
      'del-2 1',
      'del-3 1',
      'del-4 1',
      'del-5 1',
    ]);
    expect(course).toMatchObject({ document: null, questions: null });
    for (const { slug, version } of course.parts) expect(await show(actor, slug, version)).toBeTruthy();
    await expect(show(actor, 'del-2', 2)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of a fördjupning reads it for as long as she may read fördjupning; those who look back always do', async () => {
    const actor = await addActor(db);
    for (const slug of [...PARTS, FORDJUPNING]) await pass(actor, slug);
    expect((await show(actor, FORDJUPNING, 1)).own).not.toBeNull();
    const [row] = await db
      .select({ id: completion.id })
      .from(completion)
      .where(sql`${completion.personId} = ${actor.personId} and ${completion.moduleSlug} = 'grundkurs'`);
    await db.insert(completionCorrection).values({ completionId: row!.id, reason: 'Fel person' });
    expect(await showEarlierVersion(actor, FORDJUPNING, '1')).toEqual({ kind: 'locked' });
    for (const role of ['samordnare', 'redaktor', 'admin'] as const) {
      expect((await show(await addActor(db, { role }), FORDJUPNING, 1)).kind).toBe('version');
    }
  });
});

describe('A version', () => {
  test('that readers went back to is current, and the one they left ended that day', async () => {
    const admin = await addActor(db, { role: 'admin' });
    at('2026-04-01');
    await releaseDocuments(db, [sampleDocument('del-3', { tva: 'Nytt.' })]);
    at('2026-04-20');
    await goBackTo(db, 1);
    expect((await show(admin, 'del-3', 1)).period.until).toBeNull();
    expect((await show(admin, 'del-3', 2)).period).toMatchObject({
      since: new Date('2026-04-01T10:00:00Z'),
      until: new Date('2026-04-20T10:00:00Z'),
    });
  });

  test('from before texts were kept has its title and questions', async () => {
    await database.drop();
    database = await createTestDatabase();
    db = database.db;
    await db.execute(sql`insert into module (slug, kind, position) values ('del-3', 'part', 3)`);
    await publishVersion(db, 'del-3', sampleQuiz('del-3', 4));
    await publishVersion(db, 'del-3', sampleQuiz('del-3', 5));
    const admin = await addActor(db, { role: 'admin' });
    const found = await show(admin, 'del-3', 1);
    expect(found).toMatchObject({
      document: null,
      period: { releaseId: null },
      version: { title: 'Om del-3' },
    });
    expect(found.questions!.quiz.questions).toHaveLength(4);
  });
});
