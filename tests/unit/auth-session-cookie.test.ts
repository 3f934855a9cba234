import { describe, expect, test } from 'vitest';
import { readSessionCookie, writeSessionCookie } from '#src/features/auth/session-cookie.ts';
import { createSessionToken } from '#src/features/auth/session-token.ts';

const token = createSessionToken();

describe('The session cookie', () => {
  test('is tied to this host, to https and to the server when the site is served over https', () => {
    expect(written(true)).toEqual({
      name: '__Host-session',
      value: token,
      options: { path: '/', httpOnly: true, sameSite: 'lax', secure: true },
    });
  });

  test('can be set on plain http, on one’s own machine', () => {
    expect(written(false)).toMatchObject({ name: 'session', options: { httpOnly: true, secure: false } });
  });

  test('disappears with the browser: it has no date of its own', () => {
    expect(Object.keys(written(true)!.options)).not.toContain('maxAge');
    expect(Object.keys(written(true)!.options)).not.toContain('expires');
  });

  test.each([
    ['alone', `session=${token}`],
    ['among others', `a=b; session=${token};c=d`],
    ['behind one that another host has planted', `session=planted; session=${token}`],
    ['behind one that cannot be decoded', `x=%E0%A4%A; session=${token}`],
  ])('is found %s', (_where, header) => expect(readSessionCookie(header, false)).toBe(token));

  test.each([
    undefined,
    null,
    '',
    ';',
    'session',
    'session=',
    'session=%E0%A4%A',
    `SESSION=${token}`,
    `xsession=${token}`,
    `__Host-session=${token}`,
    `session=${token}=x`.replace('=x', '%3D'),
  ])('is not there in %j', (header) => expect(readSessionCookie(header, false)).toBeNull());

  test('without the prefix counts for nothing over https', () => {
    expect(readSessionCookie(`session=${token}`, true)).toBeNull();
    expect(readSessionCookie(`__Host-session=${token}`, true)).toBe(token);
  });
});

function written(isSecure: boolean) {
  let cookie: { name: string; value: string; options: object } | undefined;
  const cookies = {
    set: (name: string, value: string, options: object) => (cookie = { name, value, options }),
    delete: () => undefined,
  };
  writeSessionCookie(cookies, isSecure, token);
  return cookie;
}
