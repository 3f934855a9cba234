import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findPostmaster, stopPostmaster } from '#db/embedded/process.ts';
import { removeFolder } from './remove-folder.ts';

export interface EmbeddedProcess {
  url: string;
  ownerUrl: string;
  /** The folder of the data, wherever it ended up. */
  data: string;
  home: string;
  /** What it told its user. */
  said: string[];
  /** Process id of the database server. */
  postmaster: number;
  child: ChildProcess;
  /** Gives the server back, and ends. */
  close(): Promise<void>;
  /** `kill -9` of the process, not of the server. */
  kill(): Promise<void>;
}

/** Opens the embedded database of a data folder in a process of its own, as another user if asked. */
export async function openInProcess(
  dataDir: string,
  user?: { uid: number; gid: number },
): Promise<EmbeddedProcess> {
  const script = join(import.meta.dirname, 'embedded-child.ts');
  const child = spawn(process.execPath, [script, dataDir], { ...user, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout!)) {
    const answer = JSON.parse(line) as Omit<EmbeddedProcess, 'postmaster' | 'child' | 'close' | 'kill'>;
    const postmaster = (await findPostmaster(answer.data))?.pid ?? 0;
    return {
      ...answer,
      postmaster,
      child,
      close: async () => {
        child.stdin!.end();
        await exited;
      },
      kill: async () => {
        child.kill('SIGKILL');
        await exited;
      },
    };
  }
  throw new Error(`The process ended with ${(await exited).join(' ')}`);
}

/** Folders for installations, removed together with the servers that still run in them. */
export class Installations {
  readonly #folders: string[] = [];
  readonly #elsewhere: string[] = [];

  /** A new folder that the server's user may enter, unless a mode is given. */
  async create(mode = 0o711): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'trygg-grund-embedded-'));
    await chmod(folder, mode);
    this.#folders.push(folder);
    return folder;
  }

  /** A home that a server has chosen outside its data folder. */
  remember(home: string): void {
    this.#elsewhere.push(home);
  }

  async removeAll(): Promise<void> {
    const homes = [...this.#folders.map((folder) => join(folder, '.data', 'postgres')), ...this.#elsewhere];
    for (const home of homes) await stopPostmaster(join(home, 'data'), 1);
    for (const folder of [...this.#folders, ...this.#elsewhere]) {
      await removeFolder(folder);
    }
  }
}
