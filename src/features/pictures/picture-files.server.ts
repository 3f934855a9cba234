import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor } from '#db/client.ts';
import { findPicture, insertPicture } from '#db/queries/pictures.ts';
import { isPictureAddress, pictureSize } from '#src/lib/addresses.ts';
import { AppError } from '#src/lib/errors.ts';
import { paths } from '#src/lib/paths.ts';
import { reencodePicture } from './reencode.server.ts';

/** Pictures beside the text: `bilder/<name>` in the content folder, and on the site. */
const FOLDER = 'bilder';
/** Bytes of a picture made here: far more than one has. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Writes pictures into a folder as `bilder/<name>`.
 *
 * @throws AppError `not-found` for a name that no picture has.
 */
export async function writePictures(db: Executor, names: readonly string[], folder: string): Promise<void> {
  if (names.length > 0) await mkdir(join(folder, FOLDER), { recursive: true });
  for (const name of names) {
    const picture = await findPicture(db, name);
    if (!picture) throw new AppError('not-found', `the picture ${name} does not exist`);
    await writeFile(join(folder, FOLDER, name), picture.bytes);
  }
}

/**
 * Takes in the pictures of a content folder that the installation does not have. A file counts only when
 * it is a picture and its name is that of its content, as export has written it; links are not followed.
 * Returns the names of files that do not; then none is taken in.
 */
export async function readPictures(db: Executor, folder: string): Promise<string[]> {
  const names = await readdir(join(folder, FOLDER)).catch(() => []);
  const refused: string[] = [];
  const fresh: { name: string; bytes: Buffer }[] = [];
  for (const name of names) {
    const file = await lstat(join(folder, FOLDER, name));
    if (!file.isFile() || file.size > LARGEST) {
      refused.push(name);
      continue;
    }
    const bytes = await readFile(join(folder, FOLDER, name));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
    const isNamed = isWebp && isPictureAddress(paths.picture(name)) && name.startsWith(`${hash}-`);
    // Decoded once more, because a name proves nothing.
    const isKnown = isNamed && (await findPicture(db, name)) !== null;
    const again = isNamed && !isKnown ? await reencodePicture(bytes) : null;
    const size = pictureSize(paths.picture(name));
    const isPicture =
      again && again !== 'busy' && again.width === size?.width && again.height === size.height;
    if (!isKnown && !isPicture) refused.push(name);
    else if (!isKnown) fresh.push({ name, bytes });
  }
  if (refused.length > 0) return refused;
  for (const { name, bytes } of fresh) {
    const size = pictureSize(paths.picture(name))!;
    await insertPicture(db, { name, bytes, ...size, uploadedBy: null });
  }
  return [];
}
