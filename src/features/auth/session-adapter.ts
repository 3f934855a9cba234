import type { Adapter, DatabaseSession } from 'lucia';
import * as sessions from '#db/queries/sessions.ts';
import { now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import type { Actor } from './auth.ts';
import { hashSecret, isSecret, parseSessionToken } from './session-token.ts';

/** However active, a session ends this long after signing in. */
export const LONGEST_HOURS = 12;

declare module 'lucia' {
  interface Register {
    DatabaseUserAttributes: Actor;
  }
}

/**
 * Lucia's view of our session table. Lucia calls the bearer token "session id" and would store it as it
 * is; here the token is `id.secret`, only the secret's SHA-256 is stored, and everything Lucia gets back
 * carries the public id alone. Listing, extending and ending therefore work on public ids.
 */
export const sessionAdapter: Adapter = {
  async getSessionAndUser(token) {
    const parts = parseSessionToken(token);
    const found = parts && (await sessions.findSession(getDb(), parts.id, stockholmToday()));
    if (!found || !isSecret(parts.secret, found.session.secretHash)) return [null, null];
    const longest = found.session.createdAt.getTime() + LONGEST_HOURS * 3_600_000;
    // Without a user Lucia ends the session.
    if (!found.isActive || longest <= now().getTime()) return [toLucia(found.session), null];
    return [toLucia(found.session), { id: found.actor.accountId, attributes: found.actor }];
  },

  async getUserSessions(accountId) {
    return (await sessions.listSessionsOf(getDb(), accountId, now())).map(toLucia);
  },

  /** Throws for anything but a token of ours, so that a raw token can never be stored. */
  async setSession({ id: token, userId, expiresAt }) {
    const parts = parseSessionToken(token);
    if (!parts) throw new Error('a session needs a token of the form id.secret');
    await sessions.insertSession(getDb(), {
      id: parts.id,
      secretHash: hashSecret(parts.secret),
      accountId: userId,
      createdAt: now(),
      expiresAt,
    });
  },

  async updateSessionExpiration(id, expiresAt) {
    await sessions.extendSession(getDb(), id, expiresAt, LONGEST_HOURS);
  },

  async deleteSession(id) {
    await sessions.deleteSession(getDb(), id);
  },

  async deleteUserSessions(accountId) {
    await sessions.deleteSessionsOf(getDb(), accountId);
  },

  async deleteExpiredSessions() {
    await sessions.deleteExpiredSessions(getDb(), now());
  },
};

function toLucia({ id, accountId, expiresAt }: sessions.SessionRow): DatabaseSession {
  return { id, userId: accountId, expiresAt, attributes: {} };
}
