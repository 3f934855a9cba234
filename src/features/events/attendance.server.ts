import type { Transaction } from '#db/client.ts';
import {
  countProtectedSignups,
  findAttendance,
  findEmployedByNumberOrEmail,
  insertAttendance,
  insertEventLook,
  listCoursesLackingPart,
  listParticipants,
  type Participant,
} from '#db/queries/attendance.ts';
import { insertCorrections } from '#db/queries/corrections.ts';
import { lockCompletionsOf } from '#db/queries/completions.ts';
import { findEvent, type EventStanding, type SessionEvent } from '#db/queries/events.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { returnToken, takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { requireActor, type Actor } from '#src/features/auth/auth.ts';
import { issueCertificates } from '#src/features/certificates/certificates.server.ts';
import { awardCourse } from '#src/features/completions/award.server.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';
import { longDate } from '#src/i18n/common.ts';
import { attendanceWords } from '#src/i18n/events.ts';
import { now, stockholmDate } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { readSpokenCode } from '#src/lib/spoken-code.ts';
import { arrivalSchema, idSchema } from './events.schema.ts';
import { phaseOf, SESSION_RULE } from './events.ts';
import { requireCreator } from './manage.server.ts';

/** People a leader may look up, found or not. */
const ARRIVALS: Bucket = { burst: 60, seconds: 20 };
/** Codes a person may try. */
const CODES: Bucket = { burst: 10, seconds: 60 };

/**
 * The list of those who signed up or were noted, by name; protected people only as a number of those
 * signed up, never with what is noted of them. That it was looked at is committed before it is returned.
 *
 * @throws AppError `not-signed-in`, `not-allowed`, `not-found`.
 */
export async function showAttendance(
  actor: Actor | null,
  id: string,
): Promise<EventStanding & { people: Participant[]; protectedPeople: number }> {
  const { personId } = requireCreator(actor);
  return getDb().transaction(async (tx) => {
    const found = await findKnown(tx, id, personId);
    const people = await listParticipants(tx, id);
    await insertEventLook(tx, {
      viewerId: personId,
      eventId: id,
      personIds: people.map((one) => one.personId),
    });
    return { ...found, people, protectedPeople: await countProtectedSignups(tx, id) };
  });
}

export type Tick = 'done' | 'not-open' | 'not-listed';

/**
 * Notes that somebody on the list was there, or takes it back. Each is a fact: the first gives a
 * completion, the second voids it, noting anew gives the next. Doing the same twice changes nothing.
 * Whoever does not stand on the list, protected people among them, is `not-listed`.
 *
 * @throws AppError `not-signed-in`, `not-allowed`, `not-found`.
 */
export async function tickAttendance(
  actor: Actor | null,
  id: string,
  personId: unknown,
  isPresent: boolean,
): Promise<Tick> {
  const leader = requireCreator(actor);
  return getDb().transaction(async (tx) => {
    const { event } = await findKnown(tx, id, leader.personId);
    if (phaseOf(event) !== 'open') return 'not-open';
    const listed = (await listParticipants(tx, id)).find((one) => one.personId === personId);
    if (!listed) return 'not-listed';
    if (isPresent) await notePresence(tx, event, listed.personId, leader.personId);
    else await takePresenceBack(tx, event, listed.personId, leader.personId);
    return 'done';
  });
}

export type Arrival = 'done' | 'not-open' | 'invalid' | 'limited';

/**
 * Notes somebody who came without signing up, by employee number or e-mail. The answer is the same
 * whether there is such a person, and whether she is protected: one who is has her attendance, and does
 * not come onto the list.
 *
 * @throws AppError `not-signed-in`, `not-allowed`, `not-found`.
 */
export async function addArrival(actor: Actor | null, id: string, typed: unknown): Promise<Arrival> {
  const leader = requireCreator(actor);
  const text = arrivalSchema.safeParse(typed);
  if (!text.success) return 'invalid';
  if ((await takeToken(getDb(), limitKey('arrival', leader.personId), ARRIVALS)) > 0) return 'limited';
  return getDb().transaction(async (tx) => {
    const { event } = await findKnown(tx, id, leader.personId);
    if (phaseOf(event) !== 'open') return 'not-open';
    const personId = await findEmployedByNumberOrEmail(tx, text.data, stockholmDate(event.startsAt));
    if (personId) await notePresence(tx, event, personId, leader.personId);
    return 'done';
  });
}

export type OwnPresence = 'done' | 'not-open' | 'wrong' | 'limited';

/**
 * Lets a person with protected identity note her own attendance with the code that was said on the spot,
 * so that no leader learns who she is.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for anyone else: the leader notes them; `not-found`.
 */
export async function noteOwnAttendance(
  actor: Actor | null,
  id: string,
  typed: unknown,
): Promise<OwnPresence> {
  const { personId, isProtected } = requireActor(actor);
  if (!isProtected) throw new AppError('not-allowed', 'attendance is noted by the leader');
  const limit = limitKey('attendance-code', personId);
  if ((await takeToken(getDb(), limit, CODES)) > 0) return 'limited';
  return getDb().transaction(async (tx) => {
    const { event } = await findKnown(tx, id, personId);
    if (phaseOf(event) !== 'open') return 'not-open';
    if (readSpokenCode(typed) !== event.attendanceCode) return 'wrong';
    await notePresence(tx, event, personId, personId);
    await returnToken(tx, limit, CODES);
    return 'done';
  });
}

async function notePresence(
  tx: Transaction,
  event: SessionEvent,
  personId: string,
  recordedBy: string,
): Promise<void> {
  await lockCompletionsOf(tx, personId);
  const noted = await findAttendance(tx, event.id, personId);
  if (noted.completionId) return;
  const version = await findCurrentVersion(tx, event.moduleSlug);
  if (!version) throw new AppError('invariant-broken', 'the module of an occasion is not published');
  const completedOn = stockholmDate(event.startsAt);
  const completionId = await insertAttendance(tx, event.id, {
    personId,
    moduleSlug: event.moduleSlug,
    moduleVersionId: version.id,
    rule: SESSION_RULE,
    completedAt: event.startsAt,
    completedOn,
    source: attendanceWords.source(longDate(completedOn)),
    recordedBy,
    repeat: noted.times,
  });
  if (event.moduleSlug === GRUNDKURS) await issueCertificates(tx, [completionId], now());
  if (isPart(event.moduleSlug)) await awardCourse(tx, personId, now());
}

async function takePresenceBack(
  tx: Transaction,
  event: SessionEvent,
  personId: string,
  recordedBy: string,
): Promise<void> {
  await lockCompletionsOf(tx, personId);
  const { completionId } = await findAttendance(tx, event.id, personId);
  if (!completionId) return;
  await insertCorrections(tx, [completionId], { reason: attendanceWords.voidReason, recordedBy });
  if (!isPart(event.moduleSlug)) return;
  const lacking = await listCoursesLackingPart(tx, personId, { course: GRUNDKURS, part: event.moduleSlug });
  await insertCorrections(tx, lacking, { reason: attendanceWords.courseVoidReason, recordedBy });
}

async function findKnown(tx: Transaction, id: string, personId: string): Promise<EventStanding> {
  const found = idSchema.safeParse(id).success ? await findEvent(tx, id, personId) : null;
  if (!found) throw new AppError('not-found', 'no such occasion');
  return found;
}

export type AttendanceAnswer =
  | { kind: 'onward'; search: string }
  | { kind: 'refused'; status: 409 | 422 | 429; error: string; field: 'vem' | 'innehall'; typed: string };

/**
 * What a form on the attendance list asks for. Leads back to the list, at the row that was pressed.
 *
 * @throws AppError as `tickAttendance` does.
 */
export async function answerAttendance(
  actor: Actor | null,
  id: string,
  form: Record<string, unknown>,
): Promise<AttendanceAnswer> {
  const words = attendanceWords;
  const typed = typeof form['vem'] === 'string' ? form['vem'] : '';
  const closed = { kind: 'refused', status: 409, error: words.closed, field: 'innehall', typed } as const;
  if (form['gor'] === 'lagg-till') {
    const added = await addArrival(actor, id, form['vem']);
    if (added === 'done') return { kind: 'onward', search: '?klart=tillagd' };
    if (added === 'not-open') return closed;
    const [status, error] =
      added === 'limited' ? ([429, words.addLimited] as const) : ([422, words.addInvalid] as const);
    return { kind: 'refused', status, error, field: 'vem', typed };
  }
  const ticked = await tickAttendance(actor, id, form['person'], form['gor'] === 'registrera');
  if (ticked === 'not-open') return closed;
  return { kind: 'onward', search: ticked === 'done' ? `#p-${String(form['person'])}` : '' };
}
