import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { sessionEvent, sessionSignup } from '../schema/events.ts';

export type SessionEvent = typeof sessionEvent.$inferSelect;
type NewEvent = typeof sessionEvent.$inferInsert;

/** An occasion with how many have signed up, and where one person stands among them. */
export interface EventStanding {
  event: SessionEvent;
  /** Title of the module's latest version. */
  moduleTitle: string;
  signedUp: number;
  /** Her place in the order of those signed up, from 1; 0: not signed up. */
  position: number;
}

/** Adds an occasion. Returns its id. */
export async function insertEvent(db: Executor, row: NewEvent): Promise<string> {
  const [made] = await db.insert(sessionEvent).values(row).returning({ id: sessionEvent.id });
  return made!.id;
}

/** Changes what is said of an occasion. */
export async function updateEvent(db: Executor, id: string, change: Partial<NewEvent>): Promise<void> {
  await db.update(sessionEvent).set(change).where(eq(sessionEvent.id, id));
}

/** How many occasions are yet to begin, cancelled ones too. */
export async function countComing(db: Executor, moment: Date): Promise<number> {
  return db.$count(sessionEvent, gt(sessionEvent.startsAt, moment));
}

/**
 * The occasion, held until the transaction ends: sign-ups, changes and cancellation of one occasion
 * happen one after another. Null when there is none with that id.
 */
export async function lockEvent(tx: Transaction, id: string): Promise<SessionEvent | null> {
  const [row] = await tx.select().from(sessionEvent).where(eq(sessionEvent.id, id)).for('update');
  return row ?? null;
}

/** One occasion as the person sees it, or null. */
export async function findEvent(db: Executor, id: string, personId: string): Promise<EventStanding | null> {
  const [row] = await selectStanding(db, personId).where(eq(sessionEvent.id, id));
  return row ?? null;
}

/**
 * Occasions that have not ended, soonest first. Cancelled ones only for whoever signed up, or with
 * `withCancelled` for everyone.
 */
export async function listComing(
  db: Executor,
  personId: string,
  { moment, withCancelled, limit }: { moment: Date; withCancelled: boolean; limit: number },
): Promise<EventStanding[]> {
  const isShown = withCancelled ? undefined : or(isNull(sessionEvent.cancelledAt), isSignedUp(personId));
  return selectStanding(db, personId)
    .where(and(gt(sessionEvent.endsAt, moment), isShown))
    .orderBy(asc(sessionEvent.startsAt), asc(sessionEvent.id))
    .limit(limit);
}

/** Occasions that have ended, latest first. */
export async function listPast(
  db: Executor,
  personId: string,
  { moment, limit }: { moment: Date; limit: number },
): Promise<EventStanding[]> {
  return selectStanding(db, personId)
    .where(lte(sessionEvent.endsAt, moment))
    .orderBy(desc(sessionEvent.startsAt), asc(sessionEvent.id))
    .limit(limit);
}

/** Occasions that a person has signed up for and that have not ended, soonest first. */
export async function listSignedUp(db: Executor, personId: string, moment: Date): Promise<EventStanding[]> {
  return selectStanding(db, personId)
    .where(and(gt(sessionEvent.endsAt, moment), isSignedUp(personId)))
    .orderBy(asc(sessionEvent.startsAt), asc(sessionEvent.id));
}

/** Those signed up, in the order that decides who has a place. */
export async function listSignups(
  db: Executor,
  eventId: string,
): Promise<{ id: string; personId: string }[]> {
  return db
    .select({ id: sessionSignup.id, personId: sessionSignup.personId })
    .from(sessionSignup)
    .where(and(eq(sessionSignup.eventId, eventId), isNull(sessionSignup.withdrawnAt)))
    .orderBy(asc(sessionSignup.signedUpAt), asc(sessionSignup.id));
}

/**
 * Signs a person up, last in the order. The caller holds `lockEvent`, and the time is taken under it and
 * never goes backwards, so that nobody gets in before another. Returns false when she was signed up already.
 */
export async function insertSignup(tx: Transaction, eventId: string, personId: string): Promise<boolean> {
  const latest = sql`(select max(signed_up_at) + interval '1 microsecond' from session_signup where event_id = ${eventId})`;
  const rows = await tx
    .insert(sessionSignup)
    .values({ eventId, personId, signedUpAt: sql`greatest(clock_timestamp(), ${latest})` })
    .onConflictDoNothing({
      target: [sessionSignup.eventId, sessionSignup.personId],
      where: sql`${sessionSignup.withdrawnAt} is null`,
    })
    .returning({ id: sessionSignup.id });
  return rows.length > 0;
}

/** Takes sign-ups back. */
export async function withdrawSignups(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(sessionSignup)
    .set({ withdrawnAt: sql`clock_timestamp()` })
    .where(inArray(sessionSignup.id, [...ids]));
}

/** In a select from one table drizzle leaves the table out of a column's name, so the outer row is named in words. */
function selectStanding(db: Executor, personId: string) {
  return db
    .select({
      event: sessionEvent,
      moduleTitle: sql<string>`coalesce((select v.title from module_version v
        where v.module_slug = session_event.module_slug order by v.version desc limit 1), session_event.module_slug)`,
      signedUp: sql<number>`(select count(*)::int from session_signup s
        where s.event_id = session_event.id and s.withdrawn_at is null)`,
      position: sql<number>`(select count(*)::int from session_signup own
        join session_signup s on s.event_id = own.event_id and s.withdrawn_at is null
          and (s.signed_up_at, s.id) <= (own.signed_up_at, own.id)
        where own.event_id = session_event.id and own.person_id = ${personId} and own.withdrawn_at is null)`,
    })
    .from(sessionEvent)
    .$dynamic();
}

function isSignedUp(personId: string): SQL {
  return sql`exists (select from session_signup own where own.event_id = session_event.id
    and own.person_id = ${personId} and own.withdrawn_at is null)`;
}
