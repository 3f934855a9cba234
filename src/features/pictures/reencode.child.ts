/**
 * A process of its own for one picture: bytes on stdin, `{ width, height }` as a line and the new picture
 * on stdout. Decoders are where pictures attack, so this one has no secrets, little memory and a short life.
 */
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';

const MOST_PIXELS = 50_000_000;
/** Twice the width of the text column: sharp on fine screens, and no larger. */
const LONGEST_SIDE = 1280;

sharp.cache(false);
sharp.concurrency(1);
// Only what photographs and drawings for the web are kept in: no SVG, HEIF, AVIF, PDF, TIFF or anything else.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

const picture = await sharp(await buffer(process.stdin), {
  limitInputPixels: MOST_PIXELS,
  failOn: 'error',
  sequentialRead: true,
})
  .autoOrient()
  .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
  // Nothing of the original goes along: no place, no name, no colour profile.
  .webp({ quality: 82, effort: 5 })
  .toBuffer({ resolveWithObject: true });
process.stdout.write(`${JSON.stringify({ width: picture.info.width, height: picture.info.height })}\n`);
process.stdout.write(picture.data);
