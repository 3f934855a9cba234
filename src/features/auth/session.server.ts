import { Lucia, TimeSpan } from 'lucia';
import { now } from '#src/lib/clock.ts';
import type { Actor } from './auth.ts';
import { sessionAdapter } from './session-adapter.ts';
import { createSessionToken, parseSessionToken } from './session-token.ts';

/** A session ends when nothing has been asked for this long. */
const IDLE = new TimeSpan(60, 'm');
/** How exact that is: a session is written at most this often. */
const WRITE_EVERY = new TimeSpan(1, 'm');

const lucia = new Lucia(sessionAdapter, { sessionExpiresIn: IDLE, getUserAttributes: (actor) => actor });

declare module 'lucia' {
  interface Register {
    Lucia: typeof lucia;
  }
}

/** Begins a session for an account. Returns the token for the cookie, known to nobody else from here on. */
export async function startSession(accountId: string): Promise<string> {
  const token = createSessionToken();
  await lucia.createSession(accountId, {}, { sessionId: token });
  return token;
}

/**
 * Who has the token, or null: unknown, ended, idle for 60 minutes, older than 12 hours, or of an account
 * that may no longer sign in. Each call counts as activity. Rights are read anew every time.
 */
export async function findActor(token: string | null): Promise<Actor | null> {
  if (!token || !parseSessionToken(token)) return null;
  const { session, user } = await lucia.validateSession(token);
  if (!session) return null;
  // Lucia itself writes only once half the time has gone, which would end some sessions after 30 minutes.
  const idleFor = now().getTime() + IDLE.milliseconds() - session.expiresAt.getTime();
  if (!session.fresh && idleFor >= WRITE_EVERY.milliseconds()) {
    await sessionAdapter.updateSessionExpiration(session.id, new Date(now().getTime() + IDLE.milliseconds()));
  }
  const { accountId, personId, name, role, isManager, isProtected } = user;
  return { accountId, personId, name, role, isManager, isProtected };
}

/**
 * Ends the session the token belongs to; nothing happens when it has none. Whoever has only the public
 * half cannot end it.
 */
export async function endSession(token: string | null): Promise<void> {
  if (!token || !parseSessionToken(token)) return;
  const [session] = await sessionAdapter.getSessionAndUser(token);
  if (session) await lucia.invalidateSession(session.id);
}

/** Ends every session of an account, as when its password, role or right to sign in changes. */
export async function endSessionsOf(accountId: string): Promise<void> {
  await lucia.invalidateUserSessions(accountId);
}

/** Removes what no longer counts. */
export async function removeExpiredSessions(): Promise<void> {
  await lucia.deleteExpiredSessions();
}
