import type { Transaction } from '#db/client.ts';
import {
  findEvent,
  insertSignup,
  listComing,
  listPast,
  listSignedUp,
  listSignups,
  lockEvent,
  withdrawSignups,
  type EventStanding,
  type SessionEvent,
} from '#db/queries/events.ts';
import { findFirstCompletions } from '#db/queries/completions.ts';
import { takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { requireActor, type Actor } from '#src/features/auth/auth.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { tellSignedUp } from './event-mails.ts';
import { idSchema } from './events.schema.ts';
import { MOST_SHOWN, movedUp, phaseOf } from './events.ts';

/** Signing up and withdrawing, for one person: each leaves a row. */
const CHANGES: Bucket = { burst: 20, seconds: 60 };

/** Whether the person makes occasions and notes attendance at them. */
export function isCreator(actor: Actor | null): boolean {
  return actor !== null && actor.role !== 'medarbetare';
}

/** Occasions to come for everyone signed in; those behind for whoever makes them. */
export async function showEvents(actor: Actor | null): Promise<{
  coming: EventStanding[];
  past: EventStanding[];
  isCreator: boolean;
}> {
  const { personId } = requireActor(actor);
  const moment = now();
  const withCancelled = isCreator(actor);
  const coming = await listComing(getDb(), personId, { moment, withCancelled, limit: MOST_SHOWN });
  const past = isCreator(actor) ? await listPast(getDb(), personId, { moment, limit: MOST_SHOWN }) : [];
  return { coming, past, isCreator: isCreator(actor) };
}

/** Occasions that the person has signed up for and that have not ended. */
export async function listOwnEvents(actor: Actor): Promise<EventStanding[]> {
  return listSignedUp(getDb(), actor.personId, now());
}

/**
 * One occasion. `lacksCourse`: it is a fördjupning, and the person has not completed the grundkurs.
 *
 * @throws AppError `not-signed-in`; `not-found`.
 */
export async function showEvent(
  actor: Actor | null,
  id: string,
): Promise<EventStanding & { lacksCourse: boolean; isCreator: boolean }> {
  const { personId } = requireActor(actor);
  const found = idSchema.safeParse(id).success ? await findEvent(getDb(), id, personId) : null;
  if (!found) throw new AppError('not-found', 'no such occasion');
  const { moduleSlug } = found.event;
  const isDeeper = moduleSlug !== GRUNDKURS && !isPart(moduleSlug);
  const lacksCourse = isDeeper && !(await findFirstCompletions(getDb(), personId)).has(GRUNDKURS);
  return { ...found, lacksCourse, isCreator: isCreator(actor) };
}

export type SignupChange = 'done' | 'too-late' | 'limited';

/**
 * Signs the person up: with a place, or last in the queue. Signing up twice is signing up once. Not
 * after the occasion has begun or when it is cancelled.
 *
 * @throws AppError `not-signed-in`; `not-found`.
 */
export async function signUp(actor: Actor | null, id: string): Promise<SignupChange> {
  return changeSignup(actor, id, async (tx, event, personId) => {
    await insertSignup(tx, event.id, personId);
  });
}

/**
 * Takes the person's sign-up back; whoever is next in line gets the place and a mail.
 *
 * @throws AppError `not-signed-in`; `not-found`.
 */
export async function withdraw(actor: Actor | null, id: string): Promise<SignupChange> {
  return changeSignup(actor, id, async (tx, event, personId) => {
    const before = await listSignups(tx, event.id);
    const own = before.filter((signup) => signup.personId === personId).map((signup) => signup.id);
    await withdrawSignups(tx, own);
    const after = before.filter((signup) => !own.includes(signup.id));
    await tellMovedUp(tx, event, before, { signups: after, places: event.places });
  });
}

/** Mails those who have a place now and waited before. The key is the sign-up: each gets at most one such mail. */
export async function tellMovedUp(
  tx: Transaction,
  event: SessionEvent,
  before: readonly { id: string; personId: string }[],
  after: { signups: readonly { id: string; personId: string }[]; places: number | null },
): Promise<void> {
  const ids = movedUp(
    { ids: before.map(({ id }) => id), places: event.places },
    { ids: after.signups.map(({ id }) => id), places: after.places },
  );
  const lucky = after.signups.filter(({ id }) => ids.includes(id));
  await tellSignedUp(
    tx,
    'place',
    event,
    lucky.map(({ id, personId }) => ({ personId, key: `place ${id}` })),
  );
}

async function changeSignup(
  actor: Actor | null,
  id: string,
  change: (tx: Transaction, event: SessionEvent, personId: string) => Promise<void>,
): Promise<SignupChange> {
  const { personId } = requireActor(actor);
  if (!idSchema.safeParse(id).success) throw new AppError('not-found', 'no such occasion');
  if ((await takeToken(getDb(), limitKey('sign-up', personId), CHANGES)) > 0) return 'limited';
  return getDb().transaction(async (tx) => {
    const event = await lockEvent(tx, id);
    if (!event) throw new AppError('not-found', 'no such occasion');
    if (phaseOf(event) !== 'coming') return 'too-late';
    await change(tx, event, personId);
    return 'done';
  });
}
