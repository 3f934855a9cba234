import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { EmbeddedError } from './error.ts';
import type { Place } from './place.ts';

/** Made for each installation: of the server's owner, and of the role that owns our databases. */
export interface Passwords {
  owner: string;
  app: string;
}

export const OWNER_ROLE = 'postgres';
export const APP_ROLE = 'trygg_grund';

/**
 * Makes the data folder if there is none. It gets its name when it is whole: one that a killed
 * process left half done is thrown away.
 *
 * @throws EmbeddedError when the data comes from another major version, or `initdb` fails.
 */
export async function prepareCluster(place: Place, binaries: Binaries): Promise<Passwords> {
  const passwords = await ensurePasswords(place.home);
  if (!existsSync(place.data)) await createCluster(place, binaries, passwords);
  const major = (await readFile(join(place.data, 'PG_VERSION'), 'utf8')).trim();
  if (major !== binaries.major) {
    throw new EmbeddedError(
      `Databasen i ${place.data} är gjord med PostgreSQL ${major}, den här versionen har ${binaries.major}. ` +
        'Säkerhetskopiera med den gamla versionen och läs in kopian i den nya.',
    );
  }
  return passwords;
}

/**
 * The passwords of this installation.
 *
 * @throws EmbeddedError when they belong to another user.
 */
export async function readPasswords(home: string): Promise<Passwords | null> {
  try {
    return JSON.parse(await readFile(join(home, 'passwords.json'), 'utf8')) as Passwords;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new EmbeddedError(
      `Databasens lösenord i ${home} går inte att läsa. Kör som samma användare som den startade under.`,
      { cause },
    );
  }
}

async function ensurePasswords(home: string): Promise<Passwords> {
  const known = await readPasswords(home);
  if (known) return known;
  const secret = () => randomBytes(24).toString('base64url');
  const passwords = { owner: secret(), app: secret() };
  const file = join(home, 'passwords.json');
  await writeDurably(`${file}.new`, JSON.stringify(passwords));
  await rename(`${file}.new`, file);
  return passwords;
}

async function createCluster(place: Place, binaries: Binaries, passwords: Passwords): Promise<void> {
  for (const name of await readdir(place.home)) {
    if (name.startsWith('data.unfinished')) await rm(join(place.home, name), { recursive: true });
  }
  const unfinished = join(place.home, 'data.unfinished');
  const passwordFile = join(place.home, 'password.initdb');
  await mkdir(unfinished, { mode: 0o700 });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, passwords.owner, { mode: 0o600 });
  if (place.user) {
    await chown(unfinished, place.user.uid, place.user.gid);
    await chown(passwordFile, place.user.uid, place.user.gid);
  }
  try {
    await promisify(execFile)(
      join(binaries.folder, 'initdb'),
      [
        ...['-D', unfinished, '-U', OWNER_ROLE, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        ...['--data-checksums', '--no-instructions'],
      ],
      { ...place.user, cwd: process.platform === 'win32' ? place.home : '/', env: serverEnvironment() },
    );
  } catch (cause) {
    const words = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new EmbeddedError(`Det gick inte att skapa databasen i ${place.home}:\n${words}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.data);
  await syncFolder(place.home);
}

/** Only what the programs need: no PG* variable of the caller reaches them. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' };
}

async function writeDurably(path: string, text: string): Promise<void> {
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
}

/** After a power cut the new name must still be there. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
