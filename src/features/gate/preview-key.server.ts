import { createHmac, timingSafeEqual } from 'node:crypto';
import { findSession } from '#db/queries/sessions.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { LONGEST_HOURS } from '#src/features/auth/session-adapter.ts';
import { hashSecret, parseSessionToken } from '#src/features/auth/session-token.ts';
import { now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';

/**
 * What lets a framed page be fetched without a cookie, which a page in a sandbox neither has nor sends:
 * the public half of a session, and a mark that only who holds the other half, or the server, can make. It opens
 * the previews of one module, to read, for as long as the session lasts.
 */
export function createPreviewKey(sessionToken: string | null, slug: string): string | null {
  const session = parseSessionToken(sessionToken ?? '');
  return session && `${session.id}.${markOf(hashSecret(session.secret), slug)}`;
}

/** Whose session a key belongs to, while that still counts; null for any other key. Rights are read anew. */
export async function findPreviewer(key: string | null, slug: string): Promise<Actor | null> {
  const [, id, mark] = /^([\w-]{22})\.([\w-]{43})$/.exec(key ?? '') ?? [];
  if (!id || !mark) return null;
  const found = await findSession(getDb(), id, stockholmToday());
  if (!found || !found.isActive) return null;
  const { session, actor } = found;
  const longest = session.createdAt.getTime() + LONGEST_HOURS * 3_600_000;
  if (Math.min(session.expiresAt.getTime(), longest) <= now().getTime()) return null;
  const expected = Buffer.from(markOf(session.secretHash, slug));
  return timingSafeEqual(expected, Buffer.from(mark)) ? actor : null;
}

function markOf(secretHash: Uint8Array, slug: string): string {
  return createHmac('sha256', secretHash).update(`preview ${slug}`).digest('base64url');
}
