import { paths } from '#src/lib/paths.ts';
import type { Reply } from './reply.ts';

/** Which release a node serves: what `/api/release` tells. */
export interface ReleaseInfo {
  /** Null until anything has been released. */
  id: number | null;
  /** ISO 8601, UTC. */
  publishedAt: string | null;
  /** The version of each module, by slug. */
  modules: Record<string, number>;
}

export const NO_RELEASE: ReleaseInfo = { id: null, publishedAt: null, modules: {} };

/** The answer of `/api/release`. */
export function replyWithInfo({ id, publishedAt, modules }: ReleaseInfo): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(JSON.stringify({ id, publishedAt, modules })),
    route: paths.release,
  };
}
