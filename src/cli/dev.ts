/** `npm run dev`: Astro's development server on the installation's database. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openDatabase } from './open-database.ts';
import { waitForPort } from './port.ts';
import { StartError } from './say.mjs';
import { readSettings } from './settings.ts';
import { stopSignal } from './stopping.ts';

const stop = stopSignal();

try {
  const settings = readSettings(process.env);
  await waitForPort(settings, stop);
  const database = await openDatabase(settings, console.log, stop);
  try {
    if (!stop.aborted) await runAstro(settings.host, settings.port);
  } finally {
    await database.close();
  }
} catch (error) {
  if (!stop.aborted) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}
process.exit();

async function runAstro(host: string, port: number): Promise<void> {
  const preload = new URL('die-with-parent.mjs', import.meta.url).href;
  const astro = join('node_modules', 'astro', 'bin', 'astro.mjs');
  const args = ['--import', preload, astro, 'dev', '--host', host, '--port', String(port)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, STARTED_BY: String(process.pid), ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: 'inherit',
  });
  stop.addEventListener('abort', () => child.kill());
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code && !stop.aborted) throw new StartError(`Utvecklingsservern slutade med koden ${code}.`);
}
