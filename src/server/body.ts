import type { IncomingMessage } from 'node:http';
import { paths } from '#src/lib/paths.ts';

/** Room for the largest form of ours many times over. */
export const BODY_LIMIT = 64 * 1024;
/** Room for a page's text as the editor sends it, and as much as anybody may send who is not signed in. */
export const TEXT_LIMIT = 1024 * 1024;
/** Room for a photograph as a phone takes it. */
export const PICTURE_LIMIT = 12 * 1024 * 1024;
/** As much of a body that is too large is read and thrown away, so that its sender gets to see the answer. */
const PATIENCE = 1024 * 1024;

/** Where more than a form is sent. */
const LARGER: ReadonlyMap<string, number> = new Map([
  [paths.draftSave, TEXT_LIMIT],
  [paths.pictures, PICTURE_LIMIT],
]);

/** How large a body may be that is sent to a path; beyond `TEXT_LIMIT` only from somebody who is an editor. */
export async function bodyLimit(path: string, isEditor: () => Promise<boolean>): Promise<number> {
  const limit = LARGER.get(path) ?? BODY_LIMIT;
  return limit <= TEXT_LIMIT || (await isEditor()) ? limit : TEXT_LIMIT;
}

/** Reads the whole body; null when it is larger than the limit. No more than the limit is ever kept. */
export async function readBody(req: IncomingMessage, limit = BODY_LIMIT): Promise<Buffer | null> {
  const patience = Math.max(limit, PATIENCE);
  const announced = Number(req.headers['content-length'] ?? 0);
  if (announced > patience) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop must not close the connection: the answer is still to be sent.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > patience) return null;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > limit ? null : Buffer.concat(chunks);
}
