import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from './say.mjs';
import type { Settings } from './settings.ts';

/** A site that was told to stop lets requests end before it gives the port back. */
const PATIENCE_MS = 5_000;

/**
 * Waits a moment for the port to be free, before anything slow is done.
 *
 * @throws StartError when something else keeps it.
 */
export async function waitForPort({ host, port }: Settings, stop: AbortSignal): Promise<void> {
  if (port === 0) return;
  const deadline = performance.now() + PATIENCE_MS;
  let hasSaid = false;
  for (;;) {
    const error = await tryListen(host === 'localhost' ? '127.0.0.1' : host, port);
    if (!error || stop.aborted) return;
    if (error.code !== 'EADDRINUSE')
      throw new StartError(`Det går inte att svara på ${host}:${port} (${error.code}).`);
    if (performance.now() > deadline) throw new StartError(await describe(port));
    if (!hasSaid) console.log(`Port ${port} är upptagen. Väntar några sekunder …`);
    hasSaid = true;
    await delay(250);
  }
}

async function describe(port: number): Promise<string> {
  const other = `Välj en annan port, till exempel: PORT=${port + 1} npm start`;
  if (!(await isTryggGrund(port))) return `Port ${port} används av ett annat program.\n${other}`;
  return `Trygg grund kör redan på http://localhost:${port}. Stoppa det först (Ctrl-C där det startades).\n${other}`;
}

async function isTryggGrund(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://localhost:${port}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return 'status' in ((await answer.json()) as object);
  } catch {
    return false;
  }
}

async function tryListen(host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}
