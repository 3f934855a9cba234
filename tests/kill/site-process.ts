import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The site as `npm start` runs it, on data of its own and without the demo. */
export interface SiteProcess {
  port: number;
  /** `kill -9`: nothing is tidied up. */
  kill(): Promise<void>;
  /** Ctrl-C. */
  stop(): Promise<void>;
}

const OWN_SETTINGS = ['DATABASE_URL', 'PUBLIC_ORIGIN', 'TRUSTED_PROXIES', 'SMTP_URL', 'NODE_ENV', 'VITEST'];

/**
 * Starts the site and waits until it answers. What it says goes to `site.log` beside the data. With a
 * database of its own, or that of `settings`.
 */
export async function startSite(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<SiteProcess> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of OWN_SETTINGS) delete env[name];
  const site = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/cli/start.ts'], {
    env: { ...env, DATA_DIR: dataDir, DEMO: '0', HOST: 'localhost', PORT: '0', ...settings },
    // It ends with us: the channel closes.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(join(dataDir, 'site.log'), { flags: 'a' });
  site.stderr!.pipe(log, { end: false });
  const exited = once(site, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    site.kill(signal);
    await exited;
    // What it said last may still be on its way, also from what it had started.
    site.stdout!.unpipe(log);
    site.stderr!.unpipe(log);
    log.end();
  };
  for await (const line of createInterface(site.stdout!)) {
    log.write(`${line}\n`);
    const port = /svarar på \S+:(\d+)/.exec(line)?.[1];
    if (!port) continue;
    site.stdout!.pipe(log, { end: false });
    return { port: Number(port), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
  }
  throw new Error(`The site did not start, see ${join(dataDir, 'site.log')}`);
}
