import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { groupMeeting, groupParticipant } from '#db/schema/events.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { answerLeaderForm, answerMeetingForm } from '#src/features/meetings/meeting-request.server.ts';
import {
  joinMeeting,
  moveMeeting,
  readMeetingState,
  removeOldMeetings,
  showGuide,
  showMeeting,
  showMeetings,
  startMeeting,
} from '#src/features/meetings/meetings.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { complete } from '../support/staff.ts';
import { addActor, FORDJUPNING, PARTS, publishSampleCourse } from '../support/training.ts';

let database: TestDatabase;
let leader: Actor;
let colleague: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSampleCourse(database.db);
});
afterAll(async () => {
  setClock(null);
  await database.drop();
});
beforeEach(async () => {
  at('2026-06-15T08:00:00Z');
  leader = await addActor(database.db);
  colleague = await addActor(database.db, { name: 'Kollega Namnlös' });
});

const at = (moment: string) => setClock(() => new Date(moment));

async function start(slug = 'del-3'): Promise<string> {
  const started = await startMeeting(leader, slug);
  if (started.kind !== 'started') throw new Error(started.kind);
  return started.code;
}

describe('A meeting', () => {
  test('is started by anyone signed in, about a part, and joined with its code', async () => {
    const code = await start();
    expect(await joinMeeting(colleague, code.toLowerCase())).toEqual({ kind: 'joined', code });
    await joinMeeting(colleague, code);
    expect(await showMeeting(colleague, code)).toMatchObject({
      isLeader: false,
      participants: 1,
      stepNumber: 0,
    });
    expect(await showMeeting(leader, code)).toMatchObject({ isLeader: true, participants: 1 });
    await expect(startMeeting(null, 'del-1')).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(joinMeeting(null, code)).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('shows how many take part and never who', async () => {
    const code = await start();
    await joinMeeting(colleague, code);
    for (const seen of [await showMeeting(leader, code), await readMeetingState(leader, code)]) {
      const text = JSON.stringify(seen);
      expect(text).not.toContain(colleague.personId);
      expect(text).not.toContain('Namnlös');
    }
    expect(await readMeetingState(leader, code)).toEqual({ step: 0, participants: 1, isOver: false });
  });

  test('is not there for who has not joined, whether it exists or not', async () => {
    const code = await start();
    expect(await showMeeting(colleague, code)).toBeNull();
    expect(await readMeetingState(colleague, code)).toBeNull();
    expect(await showMeeting(colleague, 'AAAAAA')).toBeNull();
    await expect(showMeeting(null, code)).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('goes forward and back for everyone, by its leader alone, once per press', async () => {
    const code = await start();
    await joinMeeting(colleague, code);
    await Promise.all([moveMeeting(leader, code, 'forward', 0), moveMeeting(leader, code, 'forward', 0)]);
    expect((await showMeeting(colleague, code))?.step).toMatchObject({ kind: 'section', number: 1 });
    await answerLeaderForm(leader, code, { gor: 'nasta', steg: '1' });
    expect((await showMeeting(colleague, code))?.step).toEqual({ kind: 'check' });
    await answerLeaderForm(leader, code, { gor: 'nasta', steg: '2' });
    await answerLeaderForm(leader, code, { gor: 'foregaende', steg: '2' });
    expect((await showMeeting(colleague, code))?.stepNumber).toBe(1);
    await expect(moveMeeting(colleague, code, 'forward', 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(moveMeeting(colleague, code, 'end', 1)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that has ended lets nobody in and stays where it is', async () => {
    const code = await start();
    await joinMeeting(colleague, code);
    await answerLeaderForm(leader, code, { gor: 'avsluta', steg: '0' });
    expect((await showMeeting(colleague, code))?.isOver).toBe(true);
    expect(await joinMeeting(await addActor(database.db), code)).toEqual({ kind: 'unknown' });
    await moveMeeting(leader, code, 'forward', 0);
    expect((await showMeeting(leader, code))?.stepNumber).toBe(0);
    expect((await showMeetings(leader)).running).toEqual([]);
  });

  test('ends by itself after four hours', async () => {
    const code = await start();
    expect((await showMeetings(leader)).running.map((one) => one.code)).toEqual([code]);
    at('2026-06-15T12:00:00Z');
    expect(await joinMeeting(colleague, code)).toEqual({ kind: 'unknown' });
    expect((await showMeeting(leader, code))?.isOver).toBe(true);
  });

  test('is forgotten, with who took part, a day after its end', async () => {
    const code = await start();
    await joinMeeting(colleague, code);
    at('2026-06-16T11:59:00Z');
    await removeOldMeetings();
    expect(await showMeeting(leader, code)).not.toBeNull();
    at('2026-06-16T12:01:00Z');
    await removeOldMeetings();
    expect(await showMeeting(leader, code)).toBeNull();
    expect(await database.db.$count(groupParticipant)).toBe(0);
    expect(await database.db.$count(groupMeeting)).toBe(0);
  });
});

describe('Limits', () => {
  test('stop guessing of codes, and right ones do not count', async () => {
    const code = await start();
    for (let time = 0; time < 15; time += 1) await joinMeeting(colleague, code);
    for (let time = 0; time < 10; time += 1)
      expect(await joinMeeting(colleague, 'AAAAAA')).toEqual({ kind: 'unknown' });
    expect(await joinMeeting(colleague, code)).toEqual({ kind: 'limited' });
    expect(await answerMeetingForm(colleague, { kod: code })).toMatchObject({
      status: 429,
      field: 'kod',
      code,
    });
  });

  test('stop one person from starting meetings without end', async () => {
    for (let time = 0; time < 10; time += 1) await start();
    expect(await startMeeting(leader, 'del-1')).toEqual({ kind: 'limited' });
  });
});

describe('A fördjupning', () => {
  test('is led by whoever has completed the grundkurs; others see the questions and no pages', async () => {
    expect(await startMeeting(leader, FORDJUPNING)).toEqual({ kind: 'unknown-module' });
    await expect(showGuide(leader, FORDJUPNING)).rejects.toMatchObject({ code: 'not-found' });
    await complete(database.db, leader.personId, 'grundkurs', '2026-01-10');
    const code = await start(FORDJUPNING);
    await joinMeeting(colleague, code);
    expect((await showMeeting(leader, code))?.canRead).toBe(true);
    expect((await showMeeting(colleague, code))?.canRead).toBe(false);
    expect((await showGuide(leader, FORDJUPNING)).sections).toHaveLength(1);
  });

  test('is not among what others can start; neither is the course as a whole', async () => {
    expect((await showMeetings(colleague)).modules.map(({ slug }) => slug)).toEqual(PARTS);
    expect(await startMeeting(colleague, 'grundkurs')).toEqual({ kind: 'unknown-module' });
  });
});
