/** `npm start`: database, site and server, from whatever state the last run left behind. */
import { startServer } from '#src/server/start-server.ts';
import { closeDb } from '#src/lib/database.ts';
import { introduce } from './introduce.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { waitForPort } from './port.ts';
import { seconds, StartError } from './say.mjs';
import { readSettings, type Settings } from './settings.ts';
import { ensureSite } from './site.ts';
import { stopSignal, untilAborted } from './stopping.ts';

process.env['NODE_ENV'] ??= 'production';
const stop = stopSignal();
const began = performance.now();

try {
  await run(readSettings(process.env));
} catch (error) {
  if (!stop.aborted) {
    console.error(error instanceof StartError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
process.exit();

async function run(settings: Settings): Promise<void> {
  await waitForPort(settings, stop);
  console.log('Trygg grund startar …');
  // One core seeds while the other builds. Both are waited for, so that nothing is left half done.
  const failed = new AbortController();
  const orStop = <T>(work: Promise<T>) => work.catch((error) => (failed.abort(), Promise.reject(error)));
  const opening = openDatabase(settings, (line) => console.log(`  ${line}`), stop);
  const building = buildSite(AbortSignal.any([stop, failed.signal]));
  const [database, site] = await Promise.allSettled([orStop(opening), building]);
  try {
    if (site.status === 'rejected' && database.status === 'fulfilled') throw site.reason;
    if (database.status === 'rejected') throw database.reason;
    if (!stop.aborted) await serve(settings);
  } finally {
    if (database.status === 'fulfilled') await closeDatabase(database.value);
  }
}

async function buildSite(signal: AbortSignal): Promise<void> {
  const since = performance.now();
  if (await ensureSite({ signal })) console.log(`  Byggde webbplatsen på ${seconds(since)}`);
}

async function serve(settings: Settings): Promise<void> {
  const server = await startServer({ port: settings.port, host: settings.host });
  introduce(server.url, settings, seconds(began));
  await untilAborted(stop);
  console.log('\nStoppar …');
  await server.close();
}

async function closeDatabase(database: OpenDatabase): Promise<void> {
  await closeDb();
  await database.close();
}
