import { parseSessionToken } from './session-token.ts';

/** The part of Astro's cookies that is used here. */
interface Cookies {
  set(name: string, value: string, options: object): void;
  delete(name: string, options: object): void;
}

/**
 * The name of the session cookie. Over https the prefix makes browsers refuse it from any other host or
 * path and without Secure; over plain http, on one's own machine only, browsers would refuse the prefix.
 */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-session' : 'session';
}

/**
 * The token in a Cookie header, or null. Of several cookies with the name, the first that could be a
 * token counts: one planted by another host does not sign the user out.
 */
export function readSessionCookie(header: string | null | undefined, isSecure: boolean): string | null {
  const name = sessionCookieName(isSecure);
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value && parseSessionToken(value)) return value;
  }
  return null;
}

/**
 * Gives the browser its token. The cookie has no date of its own: the server decides how long a session
 * counts, and a shared computer forgets it when the browser closes.
 */
export function writeSessionCookie(cookies: Cookies, isSecure: boolean, token: string): void {
  cookies.set(sessionCookieName(isSecure), token, cookieOptions(isSecure));
}

/** Takes the cookie away. */
export function clearSessionCookie(cookies: Cookies, isSecure: boolean): void {
  cookies.delete(sessionCookieName(isSecure), cookieOptions(isSecure));
}

function cookieOptions(isSecure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure };
}
