import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ContentFiles } from '#src/features/documents/content-files.ts';
import { writeFacts, writeModule } from '#src/features/documents/content-writer.ts';
import type { ReleaseContent } from './release.ts';

/**
 * Writes a release as a content folder: modules and facts as the files that the site is built from. One
 * module at a time, so that whoever is being served is not held up.
 */
export async function materialise({ documents, facts }: ReleaseContent, folder: string): Promise<void> {
  await writeFiles(writeFacts(facts), folder);
  for (const document of documents) {
    await writeFiles(writeModule(document), folder);
    await breathe();
  }
}

async function writeFiles(files: ContentFiles, folder: string): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
