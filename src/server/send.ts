import type { IncomingMessage, ServerResponse } from 'node:http';
import { compressOnce, isCompressible, WORTH_COMPRESSING } from './precompress.ts';
import type { Reply } from './reply.ts';
import { securityHeaders } from './security-headers.ts';
import { chooseEncoding } from './static-reply.ts';

/** Sends a reply with the headers that every response has, compressed when that helps. */
export async function send(
  req: IncomingMessage,
  res: ServerResponse,
  reply: Reply,
  isSecure: boolean,
): Promise<void> {
  const headers = { ...reply.headers, ...securityHeaders(isSecure, reply.policy, reply) };
  let { body } = reply;
  const isWorthIt =
    headers['content-encoding'] === undefined &&
    body.length >= WORTH_COMPRESSING &&
    isCompressible(String(headers['content-type'] ?? ''));
  if (isWorthIt) {
    headers['vary'] ??= 'Accept-Encoding';
    const encoding = chooseEncoding(req.headers['accept-encoding'], { br: true, gzip: true });
    if (encoding) {
      body = await compressOnce(body, encoding);
      headers['content-encoding'] = encoding;
    }
  }
  if (reply.status !== 304) headers['content-length'] = body.length;
  res.writeHead(reply.status, headers);
  res.end(req.method === 'HEAD' ? undefined : body);
}
