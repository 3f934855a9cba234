import { describe, expect, test } from 'vitest';
import {
  createSessionToken,
  hashSecret,
  isSecret,
  parseSessionToken,
} from '#src/features/auth/session-token.ts';

describe('A session token', () => {
  test('is 16 and 32 random bytes, never the same twice', () => {
    const tokens = new Set(Array.from({ length: 1000 }, createSessionToken));
    expect(tokens.size).toBe(1000);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
  });

  test('is the one that was hashed, to the letter', () => {
    const token = parseSessionToken(createSessionToken());
    expect(isSecret(token!.secret, hashSecret(token!.secret))).toBe(true);
    expect(isSecret(`${token!.secret.slice(0, -1)}!`, hashSecret(token!.secret))).toBe(false);
    expect(isSecret('', hashSecret(token!.secret))).toBe(false);
    expect(isSecret(token!.secret, new Uint8Array())).toBe(false);
  });

  test.each([
    '',
    '.',
    'deleted',
    'a.b',
    `${'a'.repeat(22)}`,
    `${'a'.repeat(22)}.`,
    `${'a'.repeat(22)}.${'b'.repeat(42)}`,
    `${'a'.repeat(22)}.${'b'.repeat(44)}`,
    `${'a'.repeat(22)}.${'b'.repeat(43)}.c`,
    `${'a'.repeat(22)}.${'b'.repeat(42)}\n`,
    `${'a'.repeat(22)} ${'b'.repeat(43)}`,
    `' or 1=1 --`,
  ])('is not %j', (text) => expect(parseSessionToken(text)).toBeNull());
});
