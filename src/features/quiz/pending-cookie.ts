import type { AstroCookies } from 'astro';
import { dropAllKeptAnswers, PENDING_SECONDS } from './pending.server.ts';

/** The browser's half of answers that wait for signing in. Over https the prefix keeps other hosts out. */
function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-vantande-svar' : 'vantande-svar';
}

/** The token of waiting answers, if the browser has one. */
export function readPendingCookie(cookies: AstroCookies, isSecure: boolean): string | undefined {
  return cookies.get(cookieName(isSecure))?.value;
}

/** Gives the browser the token of its waiting answers. */
export function writePendingCookie(cookies: AstroCookies, isSecure: boolean, token: string): void {
  cookies.set(cookieName(isSecure), token, { ...options(isSecure), maxAge: PENDING_SECONDS });
}

/** Takes the token away, after handing in. */
export function clearPendingCookie(cookies: AstroCookies, isSecure: boolean): void {
  cookies.delete(cookieName(isSecure), options(isSecure));
}

/** Throws waiting answers away with their token: whoever signs out or leaves quickly leaves nothing behind. */
export async function forgetPendingAnswers(cookies: AstroCookies, isSecure: boolean): Promise<void> {
  const token = readPendingCookie(cookies, isSecure);
  if (token === undefined) return;
  await dropAllKeptAnswers(token);
  clearPendingCookie(cookies, isSecure);
}

function options(isSecure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;
}
