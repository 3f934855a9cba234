import type { IncomingHttpHeaders } from 'node:http';

const SAFE = new Set(['GET', 'HEAD']);

/**
 * Whether a request may change something: every method but GET and HEAD, whatever its body is called.
 *
 * Every browser that keeps our cookies sends `Origin` with each request of another site that could do
 * harm, so it must be exactly ours; `null` (a sandboxed frame, a page that hides its referrer) is not.
 * Our own pages send theirs, since their referrer policy is `same-origin`. Without `Origin`,
 * `Sec-Fetch-Site` must say `same-origin`. A request with neither, and without `Referer`, comes from no
 * browser but from a program that somebody runs with her own credentials; no other site can make a
 * browser leave all of them out. It is let through.
 */
export function isFromOurPages(method: string, headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  if (SAFE.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return false;
  if (headers.origin !== undefined) return headers.origin === ownOrigin;
  if (site !== undefined) return site === 'same-origin';
  return headers.referer === undefined;
}
