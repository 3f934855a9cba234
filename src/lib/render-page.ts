import { EventEmitter } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Call } from '#src/lib/call.ts';

/** What Astro's build exports (`dist/server/entry.mjs`, adapter mode `middleware`). */
export type AstroHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: () => void,
  locals: PageLocals,
) => Promise<void>;

/** What a page gets to know beside the request. `preview`: of what, where it is not to be looked up. */
export interface PageLocals {
  call: Call;
  preview?: unknown;
}

export interface RenderedPage {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Lets Astro answer a request; null when it has no page for it. The body must have been read already. */
export async function renderPage(
  astro: AstroHandler,
  req: IncomingMessage,
  body: Buffer,
  locals: PageLocals,
): Promise<RenderedPage | null> {
  // The adapter takes a body that has been read from here; an empty one it would wait for.
  Object.assign(req, { body: new Uint8Array(body) });
  const page = new CollectedResponse(req);
  let isUnknown = false;
  await astro(req, page as unknown as ServerResponse, () => (isUnknown = true), locals);
  if (isUnknown) return null;
  if (page.failure) throw page.failure;
  return { status: page.statusCode, headers: page.headers, body: Buffer.concat(page.chunks) };
}

/** The part of a ServerResponse that Astro's adapter uses, kept in memory. */
class CollectedResponse extends EventEmitter {
  readonly req: IncomingMessage;
  statusCode = 500;
  statusMessage = '';
  headersSent = false;
  headers: OutgoingHttpHeaders = {};
  readonly chunks: Uint8Array[] = [];
  failure: Error | null = null;

  constructor(req: IncomingMessage) {
    super();
    this.req = req;
  }

  writeHead(status: number, headers?: OutgoingHttpHeaders | string): this {
    this.statusCode = status;
    this.headersSent = true;
    if (typeof headers === 'object') this.headers = headers;
    return this;
  }

  write(chunk: Uint8Array | string): boolean {
    this.chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    return true;
  }

  end(chunk?: Uint8Array | string): this {
    if (chunk !== undefined) this.write(chunk);
    this.emit('finish');
    return this;
  }

  destroy(error?: Error): this {
    this.failure = error ?? new Error('the page was broken off');
    this.emit('close');
    return this;
  }
}
