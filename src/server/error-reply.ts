import { errors, type ErrorPageName } from '#src/i18n/errors.ts';
import type { Release } from './release.ts';
import type { Reply } from './reply.ts';

const RETRY_SECONDS = '30';

/** The designed page that tells what went wrong, with its status. */
export function replyWithError(release: Release, name: ErrorPageName, route: string | null = null): Reply {
  const { status, title } = errors[name];
  const page = release.errorPages.get(name);
  return {
    status,
    headers: {
      'content-type': page?.contentType ?? 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': RETRY_SECONDS } : {}),
      ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
    },
    body: page?.body ?? Buffer.from(`${title}\n`),
    route,
    ...(page?.policy === undefined ? {} : { policy: page.policy }),
  };
}

const BY_STATUS = new Map<number, ErrorPageName>([
  [400, 'felaktig-adress'],
  [403, 'ej-tillatet'],
  [404, 'finns-inte'],
  [405, 'fel-satt'],
  [413, 'for-stort'],
  [500, 'nagot-gick-fel'],
  [503, 'svarar-inte'],
]);

/** The page for a status that came without one; what has no page of its own is an error of ours. */
export function errorPageFor(status: number): ErrorPageName {
  return BY_STATUS.get(status) ?? 'nagot-gick-fel';
}
