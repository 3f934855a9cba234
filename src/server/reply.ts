import type { OutgoingHttpHeaders } from 'node:http';
import type { ResponseUse } from './security-headers.ts';

/** What is sent back, whole: nothing is streamed, so that a page is either right or an error page. */
export interface Reply extends ResponseUse {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
  /** What the log calls the page: its path or pattern, or null for an address that names nothing. */
  route: string | null;
  /** The whole policy; without one, nothing may be loaded. */
  policy?: string;
  error?: unknown;
}

export const EMPTY = Buffer.alloc(0);

/** Leads the browser on. */
export function redirect(status: 301 | 303, location: string, route: string | null): Reply {
  const headers = { location, 'cache-control': status === 301 ? 'no-cache' : 'no-store' };
  return { status, headers, body: EMPTY, route };
}
