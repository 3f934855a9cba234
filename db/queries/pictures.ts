import { desc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { picture } from '../schema/editorial.ts';

export type Picture = typeof picture.$inferSelect;

/** Keeps a picture. The same picture again is the same row. */
export async function insertPicture(
  db: Executor,
  row: Pick<Picture, 'name' | 'bytes' | 'width' | 'height' | 'uploadedBy'>,
): Promise<void> {
  await db.insert(picture).values(row).onConflictDoNothing();
}

/** A picture by its name, or null. */
export async function findPicture(db: Executor, name: string): Promise<Picture | null> {
  const [row] = await db.select().from(picture).where(eq(picture.name, name));
  return row ?? null;
}

/** The latest pictures, without their bytes. */
export async function listPictures(
  db: Executor,
  limit: number,
): Promise<Pick<Picture, 'name' | 'width' | 'height' | 'uploadedAt'>[]> {
  const { name, width, height, uploadedAt } = picture;
  return db
    .select({ name, width, height, uploadedAt })
    .from(picture)
    .orderBy(desc(uploadedAt), name)
    .limit(limit);
}

export async function countPictures(db: Executor): Promise<number> {
  return db.$count(picture);
}

/** Those of some pictures that there are, by name. */
export async function findPictureNames(db: Executor, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await db
    .select({ name: picture.name })
    .from(picture)
    .where(inArray(picture.name, [...names]));
  return rows.map(({ name }) => name);
}
