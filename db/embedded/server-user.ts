import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { EmbeddedError } from './error.ts';

/** Whom the server runs as; undefined: as ourselves. PostgreSQL refuses to run as root. */
export type ServerUser = { uid: number; gid: number } | undefined;

/**
 * The user for a server whose data is in `dataFolder`: its owner, or `nobody` where it does not exist yet.
 *
 * @throws EmbeddedError when the data belongs to somebody we cannot become.
 */
export async function findServerUser(dataFolder: string): Promise<ServerUser> {
  const self = process.getuid?.();
  if (self === undefined) return undefined;
  const owner = await stat(dataFolder).catch(() => null);
  if (self === 0) {
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
    return findNobody();
  }
  if (owner && owner.uid !== self) {
    throw new EmbeddedError(
      `Databasen i ${dataFolder} tillhör en annan användare (uid ${owner.uid}). ` +
        'Starta som den användaren eller root, eller välj en annan mapp med DATA_DIR.',
    );
  }
  return undefined;
}

async function findNobody(): Promise<ServerUser> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(accounts) ?? [];
  // `| 0`: some systems write nobody as 4294967294, which is −2 to the operating system.
  return { uid: Number(uid ?? 65534) | 0, gid: Number(gid ?? 65534) | 0 };
}

/** Whether that user can enter the folder, whatever the folders above it allow. */
export async function canEnter(folder: string, user: ServerUser): Promise<boolean> {
  if (!user) return true;
  return new Promise((resolve, reject) => {
    const shell = spawn('/bin/sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' });
    shell.on('error', (cause) =>
      reject(
        new EmbeddedError(
          `Det går inte att starta databasen som en oprivilegierad användare (uid ${user.uid}). ` +
            'Starta som en vanlig användare i stället för root, eller ange DATABASE_URL.',
          { cause },
        ),
      ),
    );
    shell.on('exit', (code) => resolve(code === 0));
  });
}
