import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withFileLock } from '../file-lock.mjs';
import { EmbeddedError } from './error.ts';
import { canEnter, findServerUser, type ServerUser } from './server-user.ts';

/** Where one installation's server keeps everything it has. */
export interface Place {
  /** Programs, data, passwords, log. Anyone may pass through, nobody but us may list it. */
  home: string;
  data: string;
  user: ServerUser;
  /** The system may empty it at any time: for trying out only. */
  isTemporary: boolean;
}

interface Memory {
  home: string;
  id: string;
}

/** The longest path of a socket is 104 bytes on macOS and 108 on Linux, with a closing zero. */
const LONGEST_SOCKET_PATH = 103;

/**
 * The place for the embedded server of `dataDir`: inside it, or, where the server's user cannot
 * enter it or it cannot keep a folder private, another one that is announced with `say` and
 * remembered in `dataDir`.
 *
 * @throws EmbeddedError when a remembered place is gone, or no place can be used.
 */
export async function findPlace(dataDir: string, say: (line: string) => void): Promise<Place> {
  const folder = await openDataDir(dataDir);
  return withFileLock(join(folder, 'place.lock'), () => choosePlace(folder, say));
}

async function choosePlace(folder: string, say: (line: string) => void): Promise<Place> {
  const memoryFile = join(folder, 'place.json');
  const memory = await readJson<Memory>(memoryFile);
  const remembered = memory && (await recall(memory, memoryFile));
  if (remembered) return describe(remembered);

  const inside = join(folder, 'postgres');
  if (await isUsable(inside)) return describe(inside);
  const elsewhere = await findElsewhere(folder);
  const id = randomUUID();
  await writeFile(join(elsewhere, 'owner.json'), JSON.stringify({ id, dataDir: folder }));
  await writeFile(memoryFile, `${JSON.stringify({ home: elsewhere, id }, null, 2)}\n`);
  say(`Databasen kan inte ligga i ${folder}: databasens egen användare kommer inte in där.`);
  say(`Den läggs i ${elsewhere} (antecknat i ${memoryFile}).`);
  const place = await describe(elsewhere);
  if (place.isTemporary) say('Det är en tillfällig mapp: använd den bara för att prova.');
  return place;
}

async function describe(home: string): Promise<Place> {
  const data = join(home, 'data');
  const isTemporary = existsSync(join(home, 'owner.json')) && home.startsWith(tmpdir());
  return { home, data, user: await findServerUser(data), isTemporary };
}

async function openDataDir(dataDir: string): Promise<string> {
  const folder = resolve(dataDir);
  try {
    // The server's user must be able to pass through, whatever mask the shell has.
    if (await mkdir(folder, { recursive: true, mode: 0o711 })) await chmod(folder, 0o711);
    return await realpath(folder);
  } catch (cause) {
    throw new EmbeddedError(`Datamappen ${folder} går inte att skapa. Välj en annan med DATA_DIR.`, {
      cause,
    });
  }
}

async function recall(memory: Memory, memoryFile: string): Promise<string | null> {
  if ((await readJson<Memory>(join(memory.home, 'owner.json')))?.id === memory.id) return memory.home;
  if (memory.home.startsWith(tmpdir())) return null;
  throw new EmbeddedError(
    `Databasen ska enligt ${memoryFile} ligga i ${memory.home}, men den finns inte där. ` +
      `Lägg tillbaka den, eller ta bort ${memoryFile} för att börja med en tom databas.`,
  );
}

/** Makes the folder and answers whether the server can live there. */
async function isUsable(home: string): Promise<boolean> {
  try {
    if (await mkdir(home, { recursive: true, mode: 0o711 })) await chmod(home, 0o711);
    if (!(await keepsPrivate(home))) return false;
    return await canEnter(home, await findServerUser(join(home, 'data')));
  } catch (cause) {
    if (cause instanceof EmbeddedError) throw cause;
    if (process.getuid?.() === 0) return false;
    throw new EmbeddedError(`Det går inte att skriva i ${home}. Välj en annan mapp med DATA_DIR.`, { cause });
  }
}

/** Some mounted file systems ignore permissions; PostgreSQL refuses to keep data there. */
async function keepsPrivate(home: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const probe = await mkdtemp(join(home, 'probe-'));
  try {
    await chmod(probe, 0o700);
    return ((await stat(probe)).mode & 0o777) === 0o700;
  } finally {
    await rm(probe, { recursive: true });
  }
}

async function findElsewhere(dataDir: string): Promise<string> {
  const name = `trygg-grund-${createHash('sha256').update(dataDir).digest('hex').slice(0, 8)}`;
  const parents =
    process.getuid?.() === 0 ? ['/var/lib', tmpdir()] : [join(homedir(), '.local', 'share'), tmpdir()];
  for (const parent of parents) {
    // A numbered neighbour when the name is taken, by an earlier installation in the same folder.
    for (let number = 1; number < 100; number += 1) {
      const home = join(parent, number === 1 ? name : `${name}-${number}`);
      if (existsSync(home)) continue;
      if (await isUsable(home).catch(() => false)) return home;
      await rm(home, { recursive: true, force: true });
      break;
    }
  }
  throw new EmbeddedError(
    'Hittar ingen mapp där databasen kan ligga. Välj en med DATA_DIR, eller ange DATABASE_URL.',
  );
}

/** The folder for the server's socket: beside the data, or a short one where that path is too long. */
export async function findSocketFolder({ home, user }: Place): Promise<string> {
  const beside = join(home, 'socket');
  const noteFile = join(home, 'socket-folder');
  const note = await readFile(noteFile, 'utf8').catch(() => null);
  if (note !== null && existsSync(note)) return note;
  if (note === null && Buffer.byteLength(join(beside, '.s.PGSQL.5432.lock')) <= LONGEST_SOCKET_PATH) {
    await mkdir(beside, { recursive: true, mode: 0o700 });
    if (await holdsSockets(beside)) return beside;
  }
  for (const parent of [tmpdir(), '/tmp', '/var/tmp']) {
    if (!(await canEnter(parent, user))) continue;
    const short = await mkdtemp(join(parent, 'trygg-grund-'));
    await writeFile(noteFile, short);
    return short;
  }
  throw new EmbeddedError('Hittar ingen mapp för databasens uttag (socket). Ange DATABASE_URL i stället.');
}

async function holdsSockets(folder: string): Promise<boolean> {
  const path = join(folder, '.probe');
  await rm(path, { force: true });
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(path, () => server.close(() => resolve(true)));
  });
}

async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return null;
  }
}
