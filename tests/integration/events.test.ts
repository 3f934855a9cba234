import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { insertSignup, listSignups, lockEvent } from '#db/queries/events.ts';
import { sessionEvent } from '#db/schema/events.ts';
import { notification } from '#db/schema/notifications.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { placeOf } from '#src/features/events/events.ts';
import {
  answerChange,
  cancelEvent,
  changeEvent,
  createEvent,
  showEventForm,
} from '#src/features/events/manage.server.ts';
import {
  listOwnEvents,
  showEvent,
  showEvents,
  signUp,
  withdraw,
} from '#src/features/events/signup.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { GET as getCalendar } from '#src/pages/utbildningstillfallen/[id].ics.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addActor, publishSampleCourse } from '../support/training.ts';

const NOW = '2026-06-15T10:00:00Z';
const FORM = {
  modul: 'provfordjupning',
  titel: 'Samtal om oro',
  datum: '2026-06-20',
  fran: '13:00',
  till: '15:00',
  plats: 'Sal 3',
  platser: '2',
};

let database: TestDatabase;
let editor: Actor;

beforeAll(async () => {
  // Without a mail server nobody is told anything.
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:2525');
  vi.stubEnv('MAIL_FROM', 'utbildning@exempel.test');
  vi.stubEnv('PUBLIC_ORIGIN', 'https://kurs.exempel.test');
  database = await createTestDatabase();
  await publishSampleCourse(database.db);
  editor = await addActor(database.db, { role: 'redaktor' });
});
afterAll(async () => {
  setClock(null);
  vi.unstubAllEnvs();
  await database.drop();
});
beforeEach(() => setClock(() => new Date(NOW)));

const people = (count: number) => Promise.all(Array.from({ length: count }, () => addActor(database.db)));

async function addEvent(change: Record<string, string> = {}): Promise<string> {
  const saved = await createEvent(editor, { ...FORM, ...change });
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved.errors));
  return saved.id;
}

async function standingOf(actor: Actor, id: string) {
  const { event, position } = await showEvent(actor, id);
  return placeOf(position, event.places);
}

async function mailsAbout(id: string, what = '') {
  const rows = await database.db.select().from(notification).orderBy(asc(notification.createdAt));
  const signups = await database.sql<{ id: string }[]>`select id from session_signup where event_id = ${id}`;
  const about = [id, ...signups.map((row) => row.id)];
  return rows.filter(({ key }) => key.startsWith(`event ${what}`) && about.some((one) => key.includes(one)));
}

/** Ends when a session of this database waits for a lock. */
async function someoneWaits(): Promise<void> {
  for (;;) {
    const rows = await database.sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (rows.length > 0) return;
  }
}

describe('Making an occasion', () => {
  test('is for editors, coordinators and administrators', async () => {
    for (const role of ['redaktor', 'samordnare', 'admin'] as const) {
      expect((await createEvent(await addActor(database.db, { role }), FORM)).kind).toBe('saved');
    }
    const manager = await addActor(database.db, { isManager: true });
    await expect(createEvent({ ...manager, isManager: true }, FORM)).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(createEvent(null, FORM)).rejects.toMatchObject({ code: 'not-signed-in' });
    const id = await addEvent();
    for (const refused of [
      () => changeEvent(manager, id, FORM),
      () => cancelEvent(manager, id, 'Läraren är sjuk'),
      () => showEventForm(manager, id),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'not-allowed' });
    }
  });

  test('gives back what was typed when something is wrong, and stores nothing', async () => {
    const count = () => database.db.$count(sessionEvent);
    const before = await count();
    expect(await createEvent(editor, { ...FORM, modul: 'finns-inte', titel: 'Kvar' })).toMatchObject({
      kind: 'invalid',
      errors: { modul: expect.any(String) },
      fields: { titel: 'Kvar', modul: 'finns-inte' },
    });
    expect((await createEvent(editor, {})).kind).toBe('invalid');
    expect(await count()).toBe(before);
  });

  test('shows on the list of everyone who is signed in until it has ended, and then for creators', async () => {
    const [someone] = await people(1);
    const id = await addEvent();
    const has = async (actor: Actor, list: 'coming' | 'past') =>
      (await showEvents(actor))[list].some(({ event }) => event.id === id);
    expect([await has(someone!, 'coming'), await has(editor, 'past')]).toEqual([true, false]);
    setClock(() => new Date('2026-06-20T13:00:00Z'));
    expect([await has(someone!, 'coming'), await has(editor, 'past')]).toEqual([false, true]);
    expect((await showEvents(someone!)).past).toEqual([]);
    await expect(showEvents(null)).rejects.toMatchObject({ code: 'not-signed-in' });
  });
});

describe('Signing up', () => {
  test('gives a place while there are any, and then a place in the queue', async () => {
    const id = await addEvent();
    const [first, second, third, fourth] = await people(4);
    for (const one of [first, second, third, fourth]) expect(await signUp(one!, id)).toBe('done');
    expect(await standingOf(first!, id)).toEqual({ kind: 'place' });
    expect(await standingOf(second!, id)).toEqual({ kind: 'place' });
    expect(await standingOf(third!, id)).toEqual({ kind: 'queue', queue: 1 });
    expect(await standingOf(fourth!, id)).toEqual({ kind: 'queue', queue: 2 });
    expect((await listOwnEvents(third!)).map(({ event }) => event.id)).toEqual([id]);
  });

  test('twice is signing up once', async () => {
    const id = await addEvent();
    const [one, other] = await people(2);
    await Promise.all([signUp(one!, id), signUp(one!, id), signUp(one!, id)]);
    await signUp(other!, id);
    await signUp(one!, id);
    expect((await showEvent(other!, id)).signedUp).toBe(2);
    expect((await showEvent(one!, id)).position).toBe(1);
  });

  test('by fifty at once never gives more than the twenty places, and nobody who was told of one loses it', async () => {
    const id = await addEvent({ platser: '20' });
    const crowd = await people(50);
    const told = await Promise.all(
      crowd.map(async (one) => {
        await signUp(one, id);
        return { one, place: await standingOf(one, id) };
      }),
    );
    for (const { one, place } of told) expect(await standingOf(one, id)).toEqual(place);
    expect(told.filter(({ place }) => place.kind === 'place').length).toBe(20);
    const queue = told.flatMap(({ place }) => (place.kind === 'queue' ? [place.queue] : []));
    expect(queue.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(new Set((await listSignups(database.db, id)).map((row) => row.personId)).size).toBe(50);
  });

  test('waits for whoever came before, so that a place once told is kept', async () => {
    const id = await addEvent({ platser: '1' });
    const [first, second] = await people(2);
    let told: Promise<unknown> | undefined;
    await database.db.transaction(async (tx) => {
      await lockEvent(tx, id);
      await insertSignup(tx, id, first!.personId);
      told = signUp(second!, id).then(() => standingOf(second!, id));
      await Promise.race([told, someoneWaits()]);
    });
    expect(await told).toEqual({ kind: 'queue', queue: 1 });
    expect(await standingOf(second!, id)).toEqual({ kind: 'queue', queue: 1 });
  });

  test('closes at the start, and when it is cancelled', async () => {
    const [one] = await people(1);
    const id = await addEvent();
    const cancelled = await addEvent();
    await cancelEvent(editor, cancelled, 'Läraren är sjuk');
    expect(await signUp(one!, cancelled)).toBe('too-late');
    setClock(() => new Date('2026-06-20T11:00:00Z'));
    expect([await signUp(one!, id), await withdraw(one!, id)]).toEqual(['too-late', 'too-late']);
  });

  test('needs an account and an occasion that is there', async () => {
    const [one] = await people(1);
    await expect(signUp(null, randomUUID())).rejects.toMatchObject({ code: 'not-signed-in' });
    for (const id of [randomUUID(), 'nej', '']) {
      await expect(signUp(one!, id)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  test('and withdrawing again and again is limited', async () => {
    const id = await addEvent();
    const [one] = await people(1);
    const answers = [];
    for (let time = 0; time < 22; time += 1)
      answers.push(time % 2 === 0 ? await signUp(one!, id) : await withdraw(one!, id));
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'done'));
    expect(answers.slice(20)).toEqual(['limited', 'limited']);
  });
});

describe('Withdrawing', () => {
  test('gives the place to the next in line, who gets one mail', async () => {
    const id = await addEvent();
    const [first, second, third, fourth] = await people(4);
    for (const one of [first, second, third, fourth]) await signUp(one!, id);
    await withdraw(first!, id);
    expect(await standingOf(third!, id)).toEqual({ kind: 'place' });
    expect(await standingOf(fourth!, id)).toEqual({ kind: 'queue', queue: 1 });
    expect(await standingOf(first!, id)).toEqual({ kind: 'none' });
    expect((await mailsAbout(id)).map(({ personId, kind }) => [personId, kind])).toEqual([
      [third!.personId, 'event'],
    ]);
    await withdraw(first!, id);
    expect(await mailsAbout(id)).toHaveLength(1);
  });

  test('from the queue gives nobody a place', async () => {
    const id = await addEvent();
    const [first, second, third, fourth] = await people(4);
    for (const one of [first, second, third, fourth]) await signUp(one!, id);
    await withdraw(third!, id);
    expect(await mailsAbout(id)).toEqual([]);
    expect(await standingOf(fourth!, id)).toEqual({ kind: 'queue', queue: 1 });
  });

  test('and signing up again means standing last', async () => {
    const id = await addEvent();
    const [first, second, third] = await people(3);
    for (const one of [first, second, third]) await signUp(one!, id);
    await withdraw(first!, id);
    await signUp(first!, id);
    expect(await standingOf(first!, id)).toEqual({ kind: 'queue', queue: 1 });
  });
});

describe('Changing an occasion', () => {
  test('to another time or place tells everyone signed up, once per change, and raises the sequence', async () => {
    const id = await addEvent();
    const [first, second, third] = await people(3);
    for (const one of [first, second, third]) await signUp(one!, id);
    expect((await showEventForm(editor, id)).signedUp).toBe(3);
    expect((await changeEvent(editor, id, { ...FORM, titel: 'Nytt namn' })).kind).toBe('saved');
    expect(await mailsAbout(id)).toEqual([]);
    expect((await showEvent(first!, id)).event).toMatchObject({ title: 'Nytt namn', sequence: 0 });
    await changeEvent(editor, id, { ...FORM, fran: '12:30' });
    expect((await mailsAbout(id, 'changed')).length).toBe(3);
    await changeEvent(editor, id, { ...FORM, fran: '12:30' });
    expect((await mailsAbout(id)).length).toBe(3);
    await changeEvent(editor, id, { ...FORM, fran: '12:30', plats: 'Sal 4' });
    expect((await mailsAbout(id)).length).toBe(6);
    expect((await showEvent(first!, id)).event.sequence).toBe(2);
  });

  test('to more places lets those next in line in; to fewer than are taken is refused', async () => {
    const id = await addEvent();
    const [first, second, third, fourth] = await people(4);
    for (const one of [first, second, third, fourth]) await signUp(one!, id);
    expect(await changeEvent(editor, id, { ...FORM, platser: '1' })).toMatchObject({
      kind: 'invalid',
      errors: { platser: expect.stringContaining('2') },
    });
    await changeEvent(editor, id, { ...FORM, platser: '3' });
    expect((await mailsAbout(id)).map(({ personId }) => personId)).toEqual([third!.personId]);
    await changeEvent(editor, id, { ...FORM, platser: '' });
    expect((await mailsAbout(id)).map(({ personId }) => personId).sort()).toEqual(
      [third!.personId, fourth!.personId].sort(),
    );
  });

  test('is over when it has begun', async () => {
    const id = await addEvent();
    setClock(() => new Date('2026-06-20T11:00:00Z'));
    const later = { ...FORM, datum: '2026-06-25' };
    expect((await changeEvent(editor, id, later)).kind).toBe('invalid');
    expect((await cancelEvent(editor, id, 'Läraren är sjuk')).kind).toBe('invalid');
  });
});

describe('Cancelling', () => {
  test('tells everyone signed up, keeps the occasion marked for them, and hides it from others', async () => {
    const id = await addEvent();
    const [first, other] = await people(2);
    await signUp(first!, id);
    expect((await cancelEvent(editor, id, ' ')).kind).toBe('invalid');
    await cancelEvent(editor, id, 'Läraren är sjuk');
    await cancelEvent(editor, id, 'Igen');
    expect((await mailsAbout(id, 'cancelled')).map(({ personId }) => personId)).toEqual([first!.personId]);
    expect((await listOwnEvents(first!))[0]?.event.cancelReason).toBe('Läraren är sjuk');
    const ids = async (actor: Actor) => (await showEvents(actor)).coming.map(({ event }) => event.id);
    expect([(await ids(first!)).includes(id), (await ids(other!)).includes(id)]).toEqual([true, false]);
    const [row] = await database.db.select().from(sessionEvent).where(eq(sessionEvent.id, id));
    expect(row).toMatchObject({ sequence: 1, title: FORM.titel });
  });

  test('by the form asks for a reason and keeps what was typed', async () => {
    const id = await addEvent();
    expect(await answerChange(editor, id, { gor: 'stall-in', skal: 'x' })).toMatchObject({
      kind: 'invalid',
      errors: { skal: expect.any(String) },
      reason: 'x',
      fields: null,
    });
    expect(await answerChange(editor, id, { gor: 'stall-in', skal: 'Sjukdom' })).toEqual({
      kind: 'saved',
      word: 'installt',
    });
  });
});

test('An occasion cannot be moved again and again: each time all who signed up get a mail', async () => {
  const id = await addEvent();
  const [someone] = await people(1);
  await signUp(someone!, id);
  const moveTo = (place: string) => changeEvent(editor, id, { ...FORM, plats: place });
  for (let time = 1; time <= 10; time += 1)
    expect(await moveTo(`Sal ${time + 10}`)).toMatchObject({ kind: 'saved' });
  expect(await moveTo('Aulan')).toMatchObject({ kind: 'invalid', errors: { datum: expect.any(String) } });
  expect(await mailsAbout(id, 'changed')).toHaveLength(10);
  // What nobody gets a mail about can still be put right.
  const same = { ...FORM, plats: 'Sal 20' };
  expect(await changeEvent(editor, id, { ...same, titel: 'Annan titel' })).toMatchObject({ kind: 'saved' });
});

test('The calendar file links to the site as people reach it, also behind a proxy that takes care of https', async () => {
  const id = await addEvent();
  const call = { isSecure: true, clientAddress: '' };
  const reply = await getCalendar({
    params: { id },
    url: new URL(`http://kurs.exempel.test/utbildningstillfallen/${id}.ics`),
    locals: { actor: editor, call },
  } as unknown as Parameters<typeof getCalendar>[0]);
  const file = (await reply.text()).replaceAll('\r\n ', '');
  expect(file).toContain(`https://kurs.exempel.test/utbildningstillfallen/${id}`);
});
