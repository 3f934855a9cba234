import { createHash } from 'node:crypto';
import { countPictures, findPicture, insertPicture, listPictures } from '#db/queries/pictures.ts';
import { requireRole, requireActor, type Actor } from '#src/features/auth/auth.ts';
import { isPictureAddress } from '#src/lib/addresses.ts';
import { pictureWords } from '#src/i18n/pictures.ts';
import { getDb } from '#src/lib/database.ts';
import { paths } from '#src/lib/paths.ts';
import { reencodePicture } from './reencode.server.ts';

/** The largest file that is taken in, in bytes. */
export const LARGEST_FILE = 10 * 1024 * 1024;
const MOST_PICTURES = 2_000;
const SHOWN = 60;

export interface StoredPicture {
  src: string;
  width: number;
  height: number;
}

export type UploadOutcome =
  | ({ kind: 'stored' } & StoredPicture)
  /** `message` says what was wrong and what to do. */
  | { kind: 'refused'; message: string };

/**
 * Takes in a picture: decoded and made anew, so that nothing of the file that was sent is kept.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function uploadPicture(
  actor: Actor | null,
  file: FormDataEntryValue | null,
): Promise<UploadOutcome> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const refused = (message: string): UploadOutcome => ({ kind: 'refused', message });
  if (!(file instanceof File) || file.size === 0) return refused(pictureWords.errors.none);
  if (file.size > LARGEST_FILE) return refused(pictureWords.errors.large);
  const db = getDb();
  if ((await countPictures(db)) >= MOST_PICTURES) return refused(pictureWords.errors.full);
  const picture = await reencodePicture(Buffer.from(await file.arrayBuffer()));
  if (picture === 'busy') return refused(pictureWords.errors.busy);
  if (!picture) return refused(pictureWords.errors.format);
  const { bytes, width, height } = picture;
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const name = `${hash}-${width}x${height}.webp`;
  await insertPicture(db, { name, bytes, width, height, uploadedBy: personId });
  return { kind: 'stored', src: paths.picture(name), width, height };
}

/**
 * The latest pictures.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function showPictures(actor: Actor | null): Promise<StoredPicture[]> {
  requireRole(actor, 'redaktor', 'admin');
  const pictures = await listPictures(getDb(), SHOWN);
  return pictures.map(({ name, width, height }) => ({ src: paths.picture(name), width, height }));
}

/**
 * The bytes of a picture that is not on a published page (those are files of the site); null for an unknown name.
 *
 * @throws AppError `not-signed-in`.
 */
export async function readPicture(actor: Actor | null, name: string): Promise<Buffer | null> {
  requireActor(actor);
  if (!isPictureAddress(paths.picture(name))) return null;
  return (await findPicture(getDb(), name))?.bytes ?? null;
}
