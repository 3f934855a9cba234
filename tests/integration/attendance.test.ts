import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFirstCompletions, listCompletionsOf } from '#db/queries/completions.ts';
import { listLooksAt } from '#db/queries/looks.ts';
import { employment, person, unit, unitPeriod } from '#db/schema/organisation.ts';
import { sessionEvent } from '#db/schema/events.ts';
import { certificate, completion } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import {
  addArrival,
  answerAttendance,
  noteOwnAttendance,
  showAttendance,
  tickAttendance,
} from '#src/features/events/attendance.server.ts';
import { cancelEvent, createEvent } from '#src/features/events/manage.server.ts';
import { signUp } from '#src/features/events/signup.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addActor, currentVersionId, FORDJUPNING, PARTS, publishSampleCourse } from '../support/training.ts';

const BEFORE = '2026-06-15T10:00:00Z';
const DURING = '2026-06-20T11:30:00Z';
const MISSING = '00000000-0000-4000-8000-000000000000';

let database: TestDatabase;
let leader: Actor;
let unitId: number;
let number = 100;

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSampleCourse(database.db);
  leader = await addActor(database.db, { role: 'samordnare', name: 'Leda Ledare' });
  const [row] = await database.db.insert(unit).values({ code: 'M' }).returning();
  unitId = row!.id;
  await database.db
    .insert(unitPeriod)
    .values({ unitId, parentId: null, kind: 'municipality', name: 'Kommunen', valid: '[2020-01-01,)' });
});
afterAll(async () => {
  setClock(null);
  await database.drop();
});
beforeEach(() => at(BEFORE));

const at = (moment: string) => setClock(() => new Date(moment));

async function addEvent(change: Record<string, string> = {}, signedUp: Actor[] = []): Promise<string> {
  at(BEFORE);
  const form = {
    modul: FORDJUPNING,
    titel: 'Samtal',
    datum: '2026-06-20',
    fran: '13:00',
    till: '15:00',
    plats: 'Sal',
  };
  const saved = await createEvent(leader, { ...form, ...change });
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved.errors));
  for (const one of signedUp) await signUp(one, saved.id);
  at(DURING);
  return saved.id;
}

async function hired(options: Partial<Actor> = {}): Promise<Actor & { employeeNumber: string }> {
  const actor = await addActor(database.db, options);
  const employeeNumber = String(++number);
  await database.db.update(person).set({ employeeNumber }).where(eq(person.id, actor.personId));
  await database.db
    .insert(employment)
    .values({ personId: actor.personId, unitId, title: 'lärare', valid: '[2020-01-01,)' });
  return { ...actor, employeeNumber };
}

const completionsOf = (actor: Actor) => listCompletionsOf(database.db, actor.personId);
const facts = async () => {
  const [row] = await database.sql`
    select (select count(*)::int from completion) as completions,
      (select count(*)::int from attendance) as attendances,
      (select count(*)::int from completion_correction) as corrections`;
  return row;
};

describe('A tick', () => {
  test('gives a completion of the day, with version, occasion, source and who ticked, and the attendance', async () => {
    const someone = await addActor(database.db);
    const id = await addEvent({}, [someone]);
    expect(await tickAttendance(leader, id, someone.personId, true)).toBe('done');
    const rows = await database.db.select().from(completion).where(eq(completion.personId, someone.personId));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      moduleSlug: FORDJUPNING,
      moduleVersionId: await currentVersionId(database.db, FORDJUPNING),
      method: 'session',
      occasion: `tillfalle:${id}`,
      completedOn: '2026-06-20',
      source: 'Utbildningstillfälle 20 juni 2026',
      recordedBy: leader.personId,
      repeat: 0,
    });
    expect((await showAttendance(leader, id)).people).toEqual([
      { personId: someone.personId, name: someone.name, position: 1, isPresent: true },
    ]);
  });

  test('again, also many at once, changes nothing', async () => {
    const someone = await addActor(database.db);
    const id = await addEvent({}, [someone]);
    await Promise.all(Array.from({ length: 8 }, () => tickAttendance(leader, id, someone.personId, true)));
    const after = await facts();
    await tickAttendance(leader, id, someone.personId, true);
    expect(await facts()).toEqual(after);
    expect(await completionsOf(someone)).toHaveLength(1);
  });

  test('taken back voids the completion with a reason; ticked anew it gives the next', async () => {
    const someone = await addActor(database.db);
    const id = await addEvent({}, [someone]);
    for (const isPresent of [true, false, false, true, false, true])
      await tickAttendance(leader, id, someone.personId, isPresent);
    const rows = await database.sql<{ repeat: number; reason: string | null; by: string | null }[]>`
      select c.repeat, k.reason, k.recorded_by as by from completion c
      left join completion_correction k on k.completion_id = c.id
      where c.person_id = ${someone.personId} order by c.repeat`;
    expect(rows.map(({ repeat, reason }) => [repeat, reason])).toEqual([
      [0, 'Närvaron togs tillbaka'],
      [1, 'Närvaron togs tillbaka'],
      [2, null],
    ]);
    expect(rows[0]?.by).toBe(leader.personId);
    expect((await findFirstCompletions(database.db, someone.personId)).has(FORDJUPNING)).toBe(true);
  });

  test('is open from the start until thirty days after, and not when it is cancelled', async () => {
    const someone = await addActor(database.db);
    const id = await addEvent({}, [someone]);
    const tick = async (moment: string) => {
      at(moment);
      return tickAttendance(leader, id, someone.personId, true);
    };
    expect(await tick('2026-06-20T10:59:59Z')).toBe('not-open');
    expect(await tick('2026-07-20T22:00:00Z')).toBe('not-open');
    expect(await completionsOf(someone)).toEqual([]);
    expect(await tick('2026-07-20T21:59:59Z')).toBe('done');
    at('2026-07-20T22:00:00Z');
    expect(await tickAttendance(leader, id, someone.personId, false)).toBe('not-open');
    const cancelled = await addEvent({}, [someone]);
    at(BEFORE);
    await cancelEvent(leader, cancelled, 'Läraren är sjuk');
    at(DURING);
    expect(await tickAttendance(leader, cancelled, someone.personId, true)).toBe('not-open');
  });

  test('is for creators, of people on the list', async () => {
    const someone = await addActor(database.db);
    const stranger = await addActor(database.db);
    const id = await addEvent({}, [someone]);
    for (const refused of [
      () => showAttendance(someone, id),
      () => tickAttendance(someone, id, someone.personId, true),
      () => addArrival(someone, id, '123'),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(showAttendance(null, id)).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(showAttendance(leader, MISSING)).rejects.toMatchObject({ code: 'not-found' });
    for (const other of [stranger.personId, MISSING, 'nej', undefined])
      expect(await tickAttendance(leader, id, other, true)).toBe('not-listed');
    expect(await completionsOf(stranger)).toEqual([]);
  });
});

describe('At an occasion about the grundkurs', () => {
  test('the fifth part gives the course and its intyg, and taking the tick back takes both back', async () => {
    const someone = await addActor(database.db);
    for (const modul of PARTS) {
      const id = await addEvent({ modul }, [someone]);
      await tickAttendance(leader, id, someone.personId, true);
    }
    const first = await findFirstCompletions(database.db, someone.personId);
    expect([...first.keys()].sort()).toEqual([...PARTS, 'grundkurs'].sort());
    const course = (await completionsOf(someone)).find(({ moduleSlug }) => moduleSlug === 'grundkurs');
    expect(course).toMatchObject({ completedOn: '2026-06-20', certificateCode: expect.any(String) });

    const [last] = await database.db
      .select({ id: sessionEvent.id })
      .from(sessionEvent)
      .where(eq(sessionEvent.moduleSlug, 'del-5'));
    await tickAttendance(leader, last!.id, someone.personId, false);
    const left = await findFirstCompletions(database.db, someone.personId);
    expect([...left.keys()].sort()).toEqual(PARTS.slice(0, 4));
    await tickAttendance(leader, last!.id, someone.personId, true);
    expect((await findFirstCompletions(database.db, someone.personId)).has('grundkurs')).toBe(true);
  });

  test('as a whole gives the course and its intyg', async () => {
    const someone = await addActor(database.db);
    const id = await addEvent({ modul: 'grundkurs' }, [someone]);
    await tickAttendance(leader, id, someone.personId, true);
    const rows = await database.db
      .select({ code: certificate.code, method: completion.method })
      .from(completion)
      .innerJoin(certificate, eq(certificate.completionId, completion.id))
      .where(eq(completion.personId, someone.personId));
    expect(rows).toEqual([{ code: expect.any(String), method: 'session' }]);
  });

  test('a part taken back leaves a course that another completion of the part carries', async () => {
    const someone = await addActor(database.db);
    for (const modul of [...PARTS, 'del-1']) {
      const id = await addEvent({ modul, fran: modul === 'del-1' ? '08:00' : '13:00' }, [someone]);
      await tickAttendance(leader, id, someone.personId, true);
    }
    const events = await database.sql<{ id: string }[]>`
      select a.event_id as id from attendance a join completion c on c.id = a.completion_id
      where a.person_id = ${someone.personId} and c.module_slug = 'del-1'`;
    await tickAttendance(leader, events[0]!.id, someone.personId, false);
    expect((await findFirstCompletions(database.db, someone.personId)).has('grundkurs')).toBe(true);
    await tickAttendance(leader, events[1]!.id, someone.personId, false);
    expect((await findFirstCompletions(database.db, someone.personId)).has('grundkurs')).toBe(false);
  });
});

describe('Somebody who came without signing up', () => {
  test('is noted by employee number or e-mail and comes onto the list', async () => {
    const id = await addEvent();
    const one = await hired({ name: 'Anna Anmälningslös' });
    const other = await hired({ name: 'Bo Brevlådsson' });
    const [account] = await database.sql<{ email: string }[]>`
      select email from account where person_id = ${other.personId}`;
    expect(await addArrival(leader, id, ` ${one.employeeNumber} `)).toBe('done');
    expect(await addArrival(leader, id, account!.email.toUpperCase())).toBe('done');
    const { people } = await showAttendance(leader, id);
    expect(people.map(({ name, position, isPresent }) => [name, position, isPresent])).toEqual([
      ['Anna Anmälningslös', null, true],
      ['Bo Brevlådsson', null, true],
    ]);
    await tickAttendance(leader, id, one.personId, false);
    expect((await showAttendance(leader, id)).people[0]).toMatchObject({ isPresent: false });
  });

  test('gets the same answer whether she exists, works here, or is protected', async () => {
    const id = await addEvent();
    const hidden = await hired({ name: 'Hemlig Person', isProtected: true });
    const gone = await hired();
    await database.db
      .update(employment)
      .set({ valid: '[2020-01-01,2026-01-01)' })
      .where(eq(employment.personId, gone.personId));
    const before = await showAttendance(leader, id);
    for (const typed of ['99999999', 'ingen@exempel.test', gone.employeeNumber, hidden.employeeNumber])
      expect(await answerAttendance(leader, id, { gor: 'lagg-till', vem: typed })).toEqual({
        kind: 'onward',
        search: '?klart=tillagd',
      });
    expect(await showAttendance(leader, id)).toEqual(before);
    expect(await completionsOf(gone)).toEqual([]);
    expect(await completionsOf(hidden)).toHaveLength(1);
    expect(await addArrival(leader, id, ' ')).toBe('invalid');
  });

  test('is not guessed at when an address belongs to two', async () => {
    const id = await addEvent();
    const [one, other] = [await hired({ name: 'Nu Här' }), await hired({ name: 'Nyss Slutat' })];
    await database.sql`update person set email = 'samma@exempel.test'
      where id in (${one.personId}, ${other.personId})`;
    expect(await addArrival(leader, id, 'samma@exempel.test')).toBe('done');
    expect((await showAttendance(leader, id)).people).toEqual([]);
    expect(await completionsOf(one)).toEqual([]);
    expect(await completionsOf(other)).toEqual([]);
  });

  test('cannot be looked for without end', async () => {
    const busy = await addActor(database.db, { role: 'redaktor' });
    const id = await addEvent();
    const answers = [];
    for (let time = 0; time < 62; time += 1) answers.push(await addArrival(busy, id, `nummer ${time}`));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(60);
    expect(answers.at(-1)).toBe('limited');
  });
});

describe('A person with protected identity', () => {
  test('stands on the list as a number of those signed up, which tells nothing of who came', async () => {
    const hidden = await hired({ name: 'Hemlig Person', isProtected: true });
    const shown = await addActor(database.db);
    const id = await addEvent({}, [hidden, shown]);
    const before = await showAttendance(leader, id);
    expect(before.protectedPeople).toBe(1);
    expect(before.people.map(({ personId }) => personId)).toEqual([shown.personId]);
    expect(await tickAttendance(leader, id, hidden.personId, true)).toBe('not-listed');
    expect(await noteOwnAttendance(hidden, id, before.event.attendanceCode.toLowerCase())).toBe('done');
    const after = await showAttendance(leader, id);
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).not.toContain(hidden.personId);
    expect(JSON.stringify(after)).not.toContain('Hemlig');
  });

  test('notes her own attendance with the code that is said on the spot, once', async () => {
    const hidden = await addActor(database.db, { isProtected: true });
    const id = await addEvent({}, [hidden]);
    const { event } = await showAttendance(leader, id);
    expect(await noteOwnAttendance(hidden, id, 'AAAAAA')).toBe('wrong');
    expect(await noteOwnAttendance(hidden, id, event.attendanceCode)).toBe('done');
    expect(await noteOwnAttendance(hidden, id, event.attendanceCode)).toBe('done');
    expect(await completionsOf(hidden)).toHaveLength(1);
    at(BEFORE);
    expect(await noteOwnAttendance(hidden, id, event.attendanceCode)).toBe('not-open');
  });

  test('cannot try codes without end, and nobody else notes herself', async () => {
    const hidden = await addActor(database.db, { isProtected: true });
    const other = await addActor(database.db);
    const id = await addEvent({}, [hidden, other]);
    const answers = [];
    for (let time = 0; time < 12; time += 1) answers.push(await noteOwnAttendance(hidden, id, 'CCCCCC'));
    expect(answers.at(-1)).toBe('limited');
    await expect(noteOwnAttendance(other, id, 'CCCCCC')).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

test('Each look at the list is there for those on it to see, once an hour and leader', async () => {
  const someone = await addActor(database.db);
  const id = await addEvent({}, [someone]);
  await showAttendance(leader, id);
  await tickAttendance(leader, id, someone.personId, true);
  await showAttendance(leader, id);
  const looks = await listLooksAt(database.db, someone.personId, 10);
  expect(looks.map(({ viewer, unit: name, purpose }) => [viewer, name, purpose])).toEqual([
    ['Leda Ledare', null, 'attendance'],
  ]);
});
