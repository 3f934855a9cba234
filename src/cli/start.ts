/** `npm start`: database, site and server, from whatever state the last run left behind. */
import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '#src/server/start-server.ts';
import { closeDb } from '#src/lib/database.ts';
import { isDatabaseUnavailable } from '#src/lib/failure.ts';
import { readLastServed } from '#src/server/last-served.ts';
import { introduce } from './introduce.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { waitForPort } from './port.ts';
import { seconds, StartError } from './say.mjs';
import { readSettings, type Settings } from './settings.ts';
import { ensureSite } from './site.ts';
import { stopSignal, untilAborted } from './stopping.ts';

process.env['NODE_ENV'] ??= 'production';
const RETRY_MS = 5_000;
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
  const [database, site] = await Promise.allSettled([orStop(orWithout(settings, opening)), building]);
  try {
    if (site.status === 'rejected' && database.status === 'fulfilled') throw site.reason;
    if (database.status === 'rejected') throw database.reason;
    if (!stop.aborted) await serve(settings);
  } finally {
    if (database.status === 'fulfilled') await closeDatabase(database.value);
  }
}

/**
 * A node that has served before starts also while its database is away: what is static is shown as it was,
 * and the rest works from when the database is back.
 */
async function orWithout(settings: Settings, opening: Promise<OpenDatabase>): Promise<OpenDatabase> {
  try {
    return await opening;
  } catch (error) {
    const isAway = settings.databaseUrl !== null && isDatabaseUnavailable(error);
    if (stop.aborted || !isAway || (await readLastServed()) === null) throw error;
    console.warn('  Databasen svarar inte. Sidorna visas som de var; resten fungerar när den svarar igen.');
    process.env['DEMO'] = settings.isDemo ? '1' : '0';
    const retrying = keepOpening(settings);
    return { url: settings.databaseUrl ?? '', close: async () => (await retrying)?.close() };
  }
}

/** Tries until the database is ready for use, or the site stops. */
async function keepOpening(settings: Settings): Promise<OpenDatabase | null> {
  while (!stop.aborted) {
    await delay(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
    try {
      return await openDatabase(settings, (line) => console.log(`  ${line}`), stop);
    } catch (error) {
      if (!stop.aborted && !isDatabaseUnavailable(error)) console.error((error as Error).message);
    }
  }
  return null;
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
