import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { rateLimit } from '#db/schema/access.ts';
import { person } from '#db/schema/organisation.ts';
import { completion } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { changeCredits, showCredits } from '#src/features/completions/credits.server.ts';
import { importCompletions } from '#src/features/completions/import.server.ts';
import { loadMyPage } from '#src/features/my-page/my-page.server.ts';
import { submitQuiz } from '#src/features/quiz/quiz.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, employ } from '../support/staff.ts';
import { addActor, PARTS, publishSampleCourse, sampleAnswers } from '../support/training.ts';

let database: TestDatabase;
let db: TestDatabase['db'];
let unitId: number;
let coordinator: Actor;
let numbers = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await publishSampleCourse(db);
  const root = await addUnit(db, 'K', 'municipality');
  unitId = await addUnit(db, 'F', 'department', root);
  coordinator = await addActor(db, { role: 'samordnare', name: 'Sara Samordnare' });
});
afterAll(() => database.drop());
afterEach(async () => {
  setClock(null);
  await db.delete(rateLimit);
});

async function addEmployee(options: Partial<Actor> = {}) {
  const actor = await addActor(db, options);
  const number = `A${++numbers}`;
  await db.update(person).set({ employeeNumber: number }).where(eq(person.id, actor.personId));
  await employ(db, actor.personId, unitId);
  return { actor, number };
}

async function pass(actor: Actor, slug: string) {
  const form = new URLSearchParams([...sampleAnswers(slug), ['_inlamning', randomUUID()]]);
  await submitQuiz(actor, slug, form, '127.0.0.1');
}

const CREDIT = {
  gor: 'tillgodorakna',
  datum: '2022-05-01',
  underlag: 'Intyg på papper',
  skal: 'Gick kursen i Lund',
};
const credit = (actor: Actor, modul: string, change: Record<string, string> = {}) =>
  changeCredits(coordinator, { ...CREDIT, person: actor.personId, modul, ...change });
const correct = (actor: Actor, genomforande: string, change: Record<string, string> = {}) =>
  changeCredits(coordinator, {
    gor: 'ratta',
    person: actor.personId,
    genomforande,
    skal: 'Fel person',
    ...change,
  });
const show = async (actor: Actor) => (await showCredits(coordinator, actor.personId)).found!;
const idOf = async (actor: Actor, slug: string) =>
  (await show(actor)).completions.find((row) => row.slug === slug && row.voidedReason === null)!.id;
const validOf = async (actor: Actor) =>
  (await loadMyPage(actor)).completions
    .filter((row) => row.voidedReason === null)
    .map((row) => `${row.moduleSlug} ${row.completedOn}`)
    .sort();

describe('Training credited by hand', () => {
  test('counts from its day, and the person sees evidence, reason and an intyg', async () => {
    const { actor } = await addEmployee();
    expect(await credit(actor, 'grundkurs')).toEqual({ kind: 'credited', personId: actor.personId });
    const own = await loadMyPage(actor);
    expect(own.completions).toMatchObject([
      {
        method: 'import',
        source: 'Intyg på papper',
        reason: 'Gick kursen i Lund',
        completedOn: '2022-05-01',
      },
    ]);
    expect(own).toMatchObject({ hasCourse: true, next: { kind: 'done' } });
    expect(own.certificateCode).not.toBeNull();
    const [row] = await db.select().from(completion).where(eq(completion.personId, actor.personId));
    expect(row).toMatchObject({ rule: 'credit-1', recordedBy: coordinator.personId, importId: null });
  });

  test('is recorded once however often it is sent, also by file, and again after it was voided', async () => {
    const { actor, number } = await addEmployee();
    const sent = await Promise.all(Array.from({ length: 5 }, () => credit(actor, 'del-1')));
    expect(sent.filter(({ kind }) => kind === 'credited')).toHaveLength(1);
    const bytes = Buffer.from(`anstnr;modul;datum;kalla\n${number};del-1;2022-05-01;Fil\n`);
    const file = { fileName: 'c.csv', bytes, dryRun: false };
    expect(await importCompletions('cli', file)).toMatchObject({ difference: { counts: { unchanged: 1 } } });
    await correct(actor, await idOf(actor, 'del-1'));
    expect(await validOf(actor)).toEqual([]);
    expect(await credit(actor, 'del-1')).toMatchObject({ kind: 'credited' });
    expect(await validOf(actor)).toEqual(['del-1 2022-05-01']);
  });

  test('says to wait while a file is being imported, and keeps what was typed', async () => {
    const { actor } = await addEmployee();
    const refused = await database.sql.begin(async (importer) => {
      await importer`select pg_advisory_xact_lock(hashtext('trygg-grund import'))`;
      return credit(actor, 'del-1');
    });
    expect(refused).toMatchObject({ kind: 'refused', status: 503, typed: { underlag: 'Intyg på papper' } });
    expect(await credit(actor, 'del-1')).toMatchObject({ kind: 'credited' });
  });

  test('of the last part gives the grundkurs', async () => {
    const { actor } = await addEmployee();
    for (const slug of PARTS.slice(0, 4)) await pass(actor, slug);
    await credit(actor, 'del-5');
    expect(await validOf(actor)).toContainEqual(expect.stringMatching(/^grundkurs /));
  });

  test.each([
    ['datum', { datum: '2199-01-01' }],
    ['datum', { datum: '2014-12-31' }],
    ['datum', { datum: 'i fjol' }],
    ['modul', { modul: 'finns-inte' }],
    ['underlag', { underlag: ' ' }],
    ['underlag', { underlag: 'x'.repeat(201) }],
    ['skal', { skal: 'x\0y z' }],
    ['anstnr', { person: randomUUID() }],
    ['anstnr', { person: 'en person' }],
  ])('with a wrong %s changes nothing and says what to do', async (field, change) => {
    const { actor } = await addEmployee();
    const refused = await credit(actor, 'del-1', change);
    expect(refused).toMatchObject({ kind: 'refused', status: 422, typed: change });
    expect(Object.keys(refused.kind === 'refused' ? refused.errors : {})).toEqual([field]);
    expect(await validOf(actor)).toEqual([]);
  });
});

describe('A correction', () => {
  test('strikes the completion with its reason, and names who did it', async () => {
    const { actor } = await addEmployee();
    await pass(actor, 'del-1');
    const id = await idOf(actor, 'del-1');
    await Promise.all([correct(actor, id), correct(actor, id)]);
    expect((await show(actor)).completions).toMatchObject([
      { voidedReason: 'Fel person', voidedBy: 'Sara Samordnare' },
    ]);
    expect((await loadMyPage(actor)).completions).toMatchObject([{ voidedReason: 'Fel person' }]);
  });

  test('of a part leaves the grundkurs that was given, unless that is voided with it', async () => {
    const [one, other] = [(await addEmployee()).actor, (await addEmployee()).actor];
    for (const actor of [one, other]) for (const slug of PARTS) await pass(actor, slug);
    expect((await show(one)).completions.filter((row) => row.buildsCourse)).toHaveLength(5);
    await correct(one, await idOf(one, 'del-3'));
    expect(await loadMyPage(one)).toMatchObject({ hasCourse: true });
    await correct(other, await idOf(other, 'del-3'), { aven: 'grundkursen' });
    expect(await loadMyPage(other)).toMatchObject({ hasCourse: false, next: { slug: 'del-3' } });
    expect(await validOf(other)).toHaveLength(4);
  });

  test('of a credited grundkurs brings the one that the own parts give', async () => {
    const { actor } = await addEmployee();
    await credit(actor, 'grundkurs');
    setClock(() => new Date('2026-05-02T10:00:00Z'));
    for (const slug of PARTS) await pass(actor, slug);
    await correct(actor, await idOf(actor, 'grundkurs'));
    expect(await validOf(actor)).toContain('grundkurs 2026-05-02');
  });

  test('needs a reason, and a completion of that very person', async () => {
    const [{ actor }, other] = [await addEmployee(), (await addEmployee()).actor];
    await pass(actor, 'del-1');
    const id = await idOf(actor, 'del-1');
    expect(await correct(actor, id, { skal: '' })).toMatchObject({
      errors: { [`skal-${id}`]: expect.any(String) },
    });
    expect(await correct(other, id)).toMatchObject({ kind: 'refused' });
    expect(await correct(actor, randomUUID())).toMatchObject({ kind: 'refused' });
    expect(await validOf(actor)).toHaveLength(1);
  });
});

describe('Looking a person up', () => {
  test('by employee number is seen by the person, with who and why', async () => {
    const { actor, number } = await addEmployee();
    expect(await changeCredits(coordinator, { gor: 'sok', anstnr: ` ${number} ` })).toEqual({
      kind: 'found',
      personId: actor.personId,
    });
    await show(actor);
    expect((await loadMyPage(actor)).looks).toMatchObject([
      { viewer: 'Sara Samordnare', purpose: 'correction', unit: 'Enhet F' },
    ]);
  });

  test('shows no attempts, scores or answers', async () => {
    const { actor } = await addEmployee();
    await pass(actor, 'del-1');
    const text = JSON.stringify(await show(actor));
    expect(text).not.toMatch(/attempt|correct|score|answers|certificate/i);
  });

  test('with protected identity shows no name, nor among the latest', async () => {
    const { actor } = await addEmployee({ name: 'Hemliga Hilda', isProtected: true });
    await credit(actor, 'del-2');
    const page = await showCredits(coordinator, actor.personId);
    expect(page.found).toMatchObject({ name: null });
    expect(page.latest[0]).toMatchObject({ person: null, reason: 'Gick kursen i Lund' });
    expect(JSON.stringify(page)).not.toContain('Hilda');
  });

  test('that nobody has, or that HR does not know, finds nobody', async () => {
    expect(await changeCredits(coordinator, { anstnr: 'finns-inte' })).toMatchObject({ status: 422 });
    expect(await changeCredits(coordinator, {})).toMatchObject({ errors: { anstnr: expect.any(String) } });
    const outsider = await addActor(db);
    expect((await showCredits(coordinator, outsider.personId)).found).toBeNull();
    expect(await credit(outsider, 'del-1')).toMatchObject({ kind: 'refused' });
  });

  test('is limited', async () => {
    const statuses = [];
    for (let n = 0; n < 61; n++) statuses.push(await changeCredits(coordinator, { anstnr: 'finns-inte' }));
    expect(statuses.at(-1)).toMatchObject({ status: 429 });
  });

  test('is for samordnare and administrators', async () => {
    for (const role of ['medarbetare', 'redaktor'] as const) {
      const other = await addActor(db, { role });
      await expect(showCredits(other, null)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(changeCredits(other, {})).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(changeCredits(null, {})).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('writes down everyone who stands by name among the latest', async () => {
    const { actor } = await addEmployee({ name: 'Nils Nämnd' });
    await credit(actor, 'del-1');
    await showCredits(coordinator, null);
    const [row] = await db.execute<{ looks: number }>(sql`
      select count(*)::int as looks from list_look_person where person_id = ${actor.personId}`);
    expect(row).toEqual({ looks: 1 });
  });
});
