import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { picture } from '#db/schema/editorial.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { isPictureAddress } from '#src/lib/addresses.ts';
import { readPictures, writePictures } from '#src/features/pictures/picture-files.server.ts';
import { readPicture, showPictures, uploadPicture } from '#src/features/pictures/pictures.server.ts';
import { pictureWords } from '#src/i18n/pictures.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addActor } from '../support/training.ts';
import { removeFolder } from '../support/remove-folder.ts';

let database: TestDatabase;
let editor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  editor = await addActor(database.db, { role: 'redaktor' });
});
afterAll(() => database.drop());

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0f5c5c' } });
const asFile = (bytes: Uint8Array | string, name = 'bild.jpg') =>
  new File([new Blob([bytes as BlobPart])], name);
const nameOf = (src: string) => src.replace('/bilder/', '');

describe('A picture that an editor uploads', () => {
  test('is made anew as WebP of a sane size, and tells nothing of camera, place or person', async () => {
    const secret = 'Kartkoordinater och namn';
    const photo = await plain(4000, 3000)
      .withExif({ IFD0: { Copyright: secret, Artist: secret } })
      .jpeg()
      .toBuffer();
    expect(photo.includes(secret)).toBe(true);
    const outcome = await uploadPicture(editor, asFile(photo));
    expect(outcome).toMatchObject({ kind: 'stored', width: 1280, height: 960 });
    if (outcome.kind !== 'stored') return;
    expect(isPictureAddress(outcome.src)).toBe(true);
    const stored = await readPicture(editor, nameOf(outcome.src));
    const { format, exif, width } = await sharp(stored!).metadata();
    expect({ format, exif, width }).toEqual({ format: 'webp', exif: undefined, width: 1280 });
    expect(stored!.includes(secret)).toBe(false);
  });

  test('is kept once, however often it comes, and not made larger', async () => {
    const small = await plain(300, 200).png().toBuffer();
    const before = (await showPictures(editor)).length;
    const [first, second] = [
      await uploadPicture(editor, asFile(small)),
      await uploadPicture(editor, asFile(small)),
    ];
    expect(first).toMatchObject({ kind: 'stored', width: 300, height: 200 });
    expect(second).toEqual(first);
    expect((await showPictures(editor)).length).toBe(before + 1);
  });

  test('is refused in words when it is no JPEG, PNG or WebP, broken, a bomb or missing', async () => {
    const jpeg = await plain(800, 600).jpeg().toBuffer();
    const refused = {
      svg: asFile(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
      ),
      avif: asFile(await plain(60, 60).avif().toBuffer()),
      gif: asFile(await plain(60, 60).gif().toBuffer()),
      tiff: asFile(await plain(60, 60).tiff().toBuffer()),
      html: asFile('<!doctype html><script>alert(1)</script>'),
      broken: asFile(jpeg.subarray(0, jpeg.length / 2)),
      // 100 million pixels in a few kilobytes.
      bomb: asFile(await plain(10_000, 10_000).png({ compressionLevel: 9 }).toBuffer()),
    };
    const before = (await showPictures(editor)).length;
    for (const [kind, file] of Object.entries(refused)) {
      expect([kind, await uploadPicture(editor, file)]).toEqual([
        kind,
        { kind: 'refused', message: pictureWords.errors.format },
      ]);
    }
    expect(await uploadPicture(editor, null)).toEqual({ kind: 'refused', message: pictureWords.errors.none });
    expect(await uploadPicture(editor, asFile(new Uint8Array(10 * 1024 * 1024 + 1)))).toEqual({
      kind: 'refused',
      message: pictureWords.errors.large,
    });
    expect((await showPictures(editor)).length).toBe(before);
  }, 120_000);

  test('is taken from editors only, and read by whoever is signed in under its exact name only', async () => {
    const file = asFile(await plain(40, 40).webp().toBuffer());
    for (const role of ['medarbetare', 'samordnare'] as const) {
      const other = await addActor(database.db, { role });
      await expect(uploadPicture(other, file)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(showPictures(other)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(uploadPicture(null, file)).rejects.toMatchObject({ code: 'not-signed-in' });
    const outcome = await uploadPicture(editor, file);
    if (outcome.kind !== 'stored') throw new Error(outcome.message);
    const reader = await addActor(database.db, {});
    expect(await readPicture(reader, nameOf(outcome.src))).not.toBeNull();
    await expect(readPicture(null, nameOf(outcome.src))).rejects.toMatchObject({ code: 'not-signed-in' });
    for (const name of [
      '../package.json',
      `${nameOf(outcome.src)}/`,
      nameOf(outcome.src).toUpperCase(),
      '',
    ]) {
      expect(await readPicture(reader, name)).toBeNull();
    }
  });
});

describe('Pictures beside exported text', () => {
  test('come back under the same names in another installation; what is no picture of ours is refused', async () => {
    const outcome = await uploadPicture(editor, asFile(await plain(90, 60).png().toBuffer()));
    if (outcome.kind !== 'stored') throw new Error(outcome.message);
    const name = nameOf(outcome.src);
    const folder = await mkdtemp(join(tmpdir(), 'trygg-grund-pictures-'));
    const other = await createTestDatabase();
    try {
      await writePictures(database.db, [name], folder);
      await expect(writePictures(database.db, ['0123456789abcdef-1x1.webp'], folder)).rejects.toMatchObject({
        code: 'not-found',
      });
      const evil = join(folder, 'bilder', 'fedcba9876543210-9x9.webp');
      await writeFile(evil, '<svg onload="alert(1)"/>');
      expect(await readPictures(other.db, folder)).toEqual(['fedcba9876543210-9x9.webp']);
      await rm(evil);
      // A link is not followed, least of all to where there is no end.
      await symlink('/dev/zero', evil);
      expect(await readPictures(other.db, folder)).toEqual(['fedcba9876543210-9x9.webp']);
      await rm(evil);
      await mkdir(evil);
      expect(await readPictures(other.db, folder)).toEqual(['fedcba9876543210-9x9.webp']);
      expect(await other.db.$count(picture)).toBe(0);
      await removeFolder(evil);
      expect(await readPictures(other.db, folder)).toEqual([]);
      const [stored] = await other.db.select().from(picture);
      expect(stored?.name).toBe(name);
      expect(stored?.bytes.equals(await readFile(join(folder, 'bilder', name)))).toBe(true);
      expect(await readdir(join(folder, 'bilder'))).toEqual([name]);
    } finally {
      await other.drop();
      await removeFolder(folder);
    }
  });
});
