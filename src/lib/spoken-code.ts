import { randomInt } from 'node:crypto';

/** Letters that are hardly taken for each other or for a digit: without B, I, L, N, O, P, Q, S, U, W and Z. */
const LETTERS = 'ACDEFGHJKMRTVXY';
const LENGTH = 6;

/** A code to say aloud or write on a board: six letters. Not a secret on its own; tries must be limited. */
export function createSpokenCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** A code as somebody typed it, in the form it was made; null when it cannot be one. */
export function readSpokenCode(typed: unknown): string | null {
  if (typeof typed !== 'string' || typed.length > 40) return null;
  const code = typed.toUpperCase().replaceAll(/[\s.-]/g, '');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
}
