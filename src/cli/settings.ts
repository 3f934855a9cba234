import { readMailSettings } from '#src/features/notifications/mail-settings.ts';
import { readSettings as readServerSettings } from '#src/server/settings.ts';
import { StartError } from './say.mjs';

/** How an installation is set up; `.env.example` explains each. */
export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  isDemo: boolean;
}

/**
 * Reads `PORT`, `HOST`, `DATA_DIR`, `DATABASE_URL` and `DEMO`, and looks at those that the server and
 * mails need, before anything is built or opened. The demo is on with the embedded database
 * and off with one of your own, unless `DEMO` says otherwise.
 *
 * @throws StartError, in words for whoever starts it, when one of them cannot be understood.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const databaseUrl = env['DATABASE_URL']?.trim() || null;
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new StartError('DATABASE_URL ska börja med postgres://');
  }
  checkOthers(env);
  return {
    port: readPort(env['PORT']),
    host: env['HOST']?.trim() || 'localhost',
    dataDir: env['DATA_DIR']?.trim() || '.data',
    databaseUrl,
    isDemo: readSwitch('DEMO', env['DEMO']) ?? databaseUrl === null,
  };
}

function checkOthers(env: NodeJS.ProcessEnv): void {
  try {
    readServerSettings(env);
    readMailSettings(env);
  } catch (error) {
    throw new StartError((error as Error).message, { cause: error });
  }
}

function readPort(text = ''): number {
  if (text.trim() === '') return 4321;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartError(`PORT ska vara ett tal mellan 0 och 65535, inte ${text}`);
}

function readSwitch(name: string, text = ''): boolean | null {
  if (text.trim() === '') return null;
  if (text === '1' || text === '0') return text === '1';
  throw new StartError(`${name} ska vara 1 eller 0, inte ${text}`);
}
