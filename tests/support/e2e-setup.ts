import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findBrowser } from './browser.ts';
import { createTestDatabase, startTestServer } from './database.ts';

/**
 * A browser, and the site as `npm start` runs it, with the demo municipality, on a database server
 * and a port of its own. With `E2E_URL` set: the site that answers there.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  process.env['E2E_BROWSER'] = await findBrowser();
  if (process.env['E2E_URL']) return async () => undefined;
  const stopDatabase = await startTestServer();
  const database = await createTestDatabase();
  const site = await startSite(database.url);
  process.env['E2E_URL'] = site.url;
  return async () => {
    await site.stop();
    await database.drop();
    await stopDatabase();
  };
}

async function startSite(databaseUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, ['src/cli/start.ts'], {
    env: { ...process.env, DATABASE_URL: databaseUrl, DEMO: '1', PORT: '0', HOST: 'localhost' },
    // It ends with us: the channel closes.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(server, 'exit');
  const stop = async () => {
    server.kill('SIGTERM');
    await exited;
  };
  for await (const line of createInterface(server.stdout!)) {
    const url = /svarar på (\S+)/.exec(line)?.[1];
    if (!url) continue;
    server.stdout!.resume();
    return { url, stop };
  }
  throw new Error('The site did not start; its words are above');
}
