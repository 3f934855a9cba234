import { randomBytes } from 'node:crypto';

/** A code nobody can guess, the only way to an intyg: 144 random bits in 24 letters, digits, `-` and `_`. */
export function createCertificateCode(): string {
  return randomBytes(18).toString('base64url');
}

/** Whether the text could be a code at all. */
export function isCertificateCode(text: string): boolean {
  return /^[A-Za-z0-9_-]{22,64}$/.test(text);
}
