import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { siteFolder } from '#src/lib/data-folder.ts';
import type { ReleaseInfo } from './release-info.ts';

/** What a node served last, for a start without its database. */
export interface LastServed {
  info: ReleaseInfo;
  contentHash: string;
  /** Null: the one that came with the build. */
  folder: string | null;
}

const noteFile = () => join(siteFolder(), 'served.json');

/** Notes what is served. */
export async function noteServed(served: LastServed): Promise<void> {
  const file = noteFile();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(served));
  await rename(`${file}.${process.pid}`, file);
}

/** What was noted last; null when nothing was, or it cannot be read. */
export async function readLastServed(): Promise<LastServed | null> {
  try {
    return JSON.parse(await readFile(noteFile(), 'utf8')) as LastServed;
  } catch {
    return null;
  }
}
