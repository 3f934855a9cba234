import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { account, session } from '../schema/access.ts';
import { person } from '../schema/organisation.ts';
import { managedUnitsOf } from './managed-units.ts';

export type SessionRow = typeof session.$inferSelect;

/**
 * A session by its public id, with the account, its person and whether she is manager of a unit, or
 * deputy, on `today` (a Stockholm day); null when there is none. Says nothing about whether the session still counts.
 */
export async function findSession(db: Executor, id: string, today: string) {
  const [row] = await db
    .select({
      session,
      actor: {
        accountId: account.id,
        personId: person.id,
        name: person.name,
        role: account.role,
        isProtected: person.isProtected,
        isManager: sql<boolean>`exists (${managedUnitsOf(sql`${person.id}`, today)})`,
      },
      isActive: account.isActive,
    })
    .from(session)
    .innerJoin(account, eq(account.id, session.accountId))
    .innerJoin(person, eq(person.id, account.personId))
    .where(eq(session.id, id));
  return row ?? null;
}

/** The sessions of an account that have not expired at `now`. */
export async function listSessionsOf(db: Executor, accountId: string, now: Date): Promise<SessionRow[]> {
  return db
    .select()
    .from(session)
    .where(and(eq(session.accountId, accountId), gt(session.expiresAt, now)));
}

/** Begins a session. Throws when the id is taken or the account does not exist. */
export async function insertSession(db: Executor, row: typeof session.$inferInsert): Promise<void> {
  await db.insert(session).values(row);
}

/**
 * Lets a session count until `expiresAt`, but never longer than `longestHours` after its beginning.
 * Nothing happens when it has been ended in the meantime.
 */
export async function extendSession(
  db: Executor,
  id: string,
  expiresAt: Date,
  longestHours: number,
): Promise<void> {
  await db
    .update(session)
    .set({
      expiresAt: sql`least(${expiresAt.toISOString()}::timestamptz,
                           ${session.createdAt} + make_interval(hours => ${longestHours}))`,
    })
    .where(eq(session.id, id));
}

/** Ends a session; nothing happens when it has ended already. */
export async function deleteSession(db: Executor, id: string): Promise<void> {
  await db.delete(session).where(eq(session.id, id));
}

/** Ends every session of an account. */
export async function deleteSessionsOf(db: Executor, accountId: string): Promise<void> {
  await db.delete(session).where(eq(session.accountId, accountId));
}

/** Removes the sessions that expired before `now`. */
export async function deleteExpiredSessions(db: Executor, now: Date): Promise<void> {
  await db.delete(session).where(lte(session.expiresAt, now));
}
