import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { logRequest, type WriteLog } from './access-log.ts';
import { answer, type Site } from './answer.ts';
import { identifyClient } from './client.ts';
import { startHousekeeping } from './housekeeping.ts';
import type { AstroHandler } from '#src/lib/render-page.ts';
import { startMailWorker } from './mail-worker.ts';
import { LiveSite } from './live-site.ts';
import { startReleaseWorker } from './release-worker.ts';
import { securityHeaders } from './security-headers.ts';
import { send } from './send.ts';
import { readSettings } from './settings.ts';

export interface ServerOptions {
  /** 0: any free port. */
  port: number;
  /** A name or address of this machine; `localhost` listens on both of its addresses. */
  host: string;
  /** The build: `client/` and `server/entry.mjs`. Default: `dist` of this installation. */
  build?: string;
  log?: WriteLog;
}

export interface RunningServer {
  /** Where browsers find the site. */
  url: string;
  /** The port it listens on. */
  port: number;
  /** Takes no more requests, lets those under way end, at most `seconds`, and closes. */
  close(seconds?: number): Promise<void>;
}

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/**
 * Serves the site. `PUBLIC_ORIGIN`, `TRUSTED_PROXIES` and `DATABASE_URL` are read from the environment.
 *
 * @throws when the build is missing, a setting cannot be understood or the port is taken (`EADDRINUSE`).
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { build = DIST, log = console.log } = options;
  const settings = readSettings({ ...process.env, HOST: options.host });
  const entry = pathToFileURL(join(build, 'server', 'entry.mjs')).href;
  const [live, { handler }] = await Promise.all([
    LiveSite.open(build),
    import(entry) as Promise<{ handler: AstroHandler }>,
  ]);
  let isClosing = false;

  const respond = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const client = identifyClient(req, settings);
    const site: Site = { ...live.now, astro: handler };
    const reply = await answer(site, req, client);
    // Broken off by the client while it was sending: nobody is there to answer.
    if (req.destroyed && !req.complete) return;
    if (isClosing) res.setHeader('connection', 'close');
    await send(req, res, reply, client.isSecure);
    logRequest(log, req.method ?? 'GET', reply, startedAt);
  };
  const servers = await listen(options, (req, res) => {
    // Nothing above throws but for a connection that is gone.
    respond(req, res).catch(() => res.destroy());
  });
  const housekeeping = startHousekeeping(log);
  const mail = startMailWorker(log);
  const releases = startReleaseWorker(live, log);
  const { port } = servers[0].address() as AddressInfo;
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: settings.publicOrigin?.origin ?? `http://${name}:${port}`,
    port,
    close: async (seconds = 10) => {
      isClosing = true;
      housekeeping.stop();
      await Promise.all([
        mail.stop(),
        releases.stop(),
        live.close(),
        ...servers.map((server) => drain(server, seconds)),
      ]);
    },
  };
}

type Respond = (req: IncomingMessage, res: ServerResponse) => void;

async function listen({ host, port }: ServerOptions, respond: Respond): Promise<[Server, ...Server[]]> {
  if (host !== 'localhost') return [await listenOn(host, port, respond)];
  const first = await listenOn('127.0.0.1', port, respond);
  const { port: chosen } = first.address() as AddressInfo;
  try {
    return [first, await listenOn('::1', chosen, respond)];
  } catch (error) {
    // A machine without IPv6 does without; a port that somebody else has there is taken.
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return [first];
    first.close();
    throw error;
  }
}

async function listenOn(host: string, port: number, respond: Respond): Promise<Server> {
  const server = createServer(
    { headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    respond,
  );
  server.maxConnections = 4_000;
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return;
    const headers = Object.entries({ ...securityHeaders(false), connection: 'close', 'content-length': 0 });
    socket.end(
      `HTTP/1.1 400 Bad Request\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

async function drain(server: Server, seconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), seconds * 1000);
  await closed;
  clearTimeout(timer);
}
