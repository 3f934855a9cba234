import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * What the cookie holds: `id.secret`. The id is public, safe to list and to log; the secret is known to
 * the browser only, the database keeps its SHA-256. Whoever reads the database can therefore not sign in.
 */
export interface SessionToken {
  id: string;
  secret: string;
}

/** 16 and 32 bytes in base64url. */
const TOKEN = /^(?<id>[\w-]{22})\.(?<secret>[\w-]{43})$/;

/** A token nobody can guess, with 256 random bits in its secret. */
export function createSessionToken(): string {
  return `${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
}

/** The two halves of a token, or null for anything that could not be one. */
export function parseSessionToken(token: string): SessionToken | null {
  const { id, secret } = TOKEN.exec(token)?.groups ?? {};
  return id && secret ? { id, secret } : null;
}

/** What the database keeps of a token's secret. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether the secret is the one that was hashed; the time taken tells nothing about how much was right. */
export function isSecret(secret: string, secretHash: Uint8Array): boolean {
  const hash = hashSecret(secret);
  return hash.length === secretHash.length && timingSafeEqual(hash, secretHash);
}
