import type { IncomingHttpHeaders } from 'node:http';
import type { Encoding } from './precompress.ts';
import type { ReleaseFile } from './release.ts';
import { EMPTY, type Reply } from './reply.ts';

/** A file of the release, in the smallest form the client takes, or 304 when it has it already. */
export function replyWithFile(file: ReleaseFile, route: string, headers: IncomingHttpHeaders): Reply {
  const encoding = chooseEncoding(headers['accept-encoding'], file.variants);
  const isGuarded = file.fordjupning !== null;
  // Compressed on its way out, it has the same content but not always the same bytes.
  const tag = `${file.isToCompress ? 'W/' : ''}"${file.hash}${encoding ? `-${encoding}` : ''}"`;
  const common = {
    // A guarded page must not be found again in the browser after signing out, so it has no validator.
    'cache-control': isGuarded
      ? 'no-store'
      : file.isImmutable
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    ...(isGuarded ? {} : { etag: tag }),
    ...(Object.keys(file.variants).length > 0 || file.isToCompress ? { vary: 'Accept-Encoding' } : {}),
  };
  const use = {
    // Scripts, styles, fonts and pictures; never a page.
    isPublicFile: !isGuarded && !file.contentType.startsWith('text/html'),
    ...(file.policy === undefined ? {} : { policy: file.policy }),
  };
  if (!isGuarded && hasTag(headers['if-none-match'], file.hash)) {
    return { status: 304, headers: common, body: EMPTY, route, ...use };
  }
  return {
    status: 200,
    headers: {
      ...common,
      'content-type': file.contentType,
      ...(encoding ? { 'content-encoding': encoding } : {}),
    },
    body: (encoding && file.variants[encoding]) || file.body,
    route,
    ...use,
  };
}

/** The best encoding that the client takes and the server has; null: as it is. */
export function chooseEncoding(
  accepted: string | string[] | undefined,
  available: Partial<Record<Encoding, unknown>>,
): Encoding | null {
  const refused = /;\s*q=0(\.0*)?\s*$/;
  const takes = String(accepted ?? '')
    .toLowerCase()
    .split(',')
    .filter((entry) => !refused.test(entry))
    .map((entry) => entry.split(';')[0]?.trim());
  return (['br', 'gzip'] as const).find((name) => name in available && takes.includes(name)) ?? null;
}

/** Whether the client has this content, in whichever encoding. */
function hasTag(header: string | undefined, hash: string): boolean {
  return (header ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === `"${hash}"` || tag === `"${hash}-br"` || tag === `"${hash}-gzip"`);
}
