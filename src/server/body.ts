import type { IncomingMessage } from 'node:http';

/** Room for the largest form of ours many times over. */
export const BODY_LIMIT = 64 * 1024;
/** As much of a body that is too large is read and thrown away, so that its sender gets to see the answer. */
const PATIENCE = 1024 * 1024;

/** Reads the whole body; null when it is larger than the limit. No more than the limit is ever kept. */
export async function readBody(req: IncomingMessage): Promise<Buffer | null> {
  const announced = Number(req.headers['content-length'] ?? 0);
  if (announced > PATIENCE) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop must not close the connection: the answer is still to be sent.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > PATIENCE) return null;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  return length > BODY_LIMIT ? null : Buffer.concat(chunks);
}
