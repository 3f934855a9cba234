import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { AstroHandler } from '#src/lib/render-page.ts';
import { startServer } from '#src/server/start-server.ts';
import { removeFolder } from './remove-folder.ts';

/** A static page as Astro builds it. */
export function staticPage(text: string): string {
  return `<!DOCTYPE html><html lang="sv"><head><meta http-equiv="content-security-policy" content="default-src 'none';style-src 'self' 'sha256-abc=';"><title>${text}</title></head><body><main>${text}</main></body></html>`;
}

export interface TestSite {
  port: number;
  log: { route: string | null; status: number; method: string; error?: object }[];
  close(seconds?: number): Promise<void>;
  ask(path: string, options?: AskOptions): Promise<Answer>;
}

interface AskOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Decompressed. */
  text: string;
  bytes: number;
}

/** Our server on a small site: static files by name, and `pages` in Astro's place. */
export async function startTestSite(
  files: Record<string, string | Buffer>,
  pages: AstroHandler = async (_req, _res, next) => next(),
): Promise<TestSite> {
  const build = await mkdtemp(join(tmpdir(), 'trygg-grund-site-'));
  const name = Symbol.for(build);
  const written = {
    ...files,
    [join('..', 'server', 'entry.mjs')]:
      `export const handler = (...args) => globalThis[Symbol.for(${JSON.stringify(build)})](...args);`,
  };
  for (const [file, content] of Object.entries(written)) {
    const path = join(build, 'client', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  Object.assign(globalThis, { [name]: pages });
  const log: TestSite['log'] = [];
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    build,
    log: (line) => log.push(JSON.parse(line)),
  });
  const { port } = server;
  return {
    port,
    log,
    close: async (seconds) => {
      await server.close(seconds);
      await removeFolder(build);
    },
    ask: (path, options) => ask(port, path, options),
  };
}

/** A request to the letter: no fetch tidies the path or adds headers. */
export function ask(port: number, path: string, options: AskOptions = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          text: decompress(bytes, res.headers['content-encoding']).toString('utf8'),
          bytes: bytes.length,
        });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

function decompress(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes;
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes;
}
