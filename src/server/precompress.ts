import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Below this, compressing costs more bytes than it saves. */
export const WORTH_COMPRESSING = 1024;

export type Encoding = 'br' | 'gzip';
export type Variants = Partial<Record<Encoding, Buffer>>;

/** Whether files of a content type get smaller. */
export function isCompressible(contentType: string): boolean {
  return /^text\/|^application\/(json|xml|manifest\+json|javascript)|^image\/svg\+xml/.test(contentType);
}

/** Compresses an answer on the fly: fast rather than small. */
export async function compressOnce(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return gzipAsync(body, { level: 6 });
  return brotliAsync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

/**
 * Compresses files as far as it goes, once: results are kept in a folder under the hash of the content,
 * so that the next start only reads them. What no release in use has is removed by `prune`.
 */
export class CompressedFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async variantsOf(body: Buffer): Promise<Variants> {
    const hash = nameOf(body);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    };
    const [br, gz] = await Promise.all([
      this.#kept(`${hash}.br`, () => brotliAsync(body, { params })),
      this.#kept(`${hash}.gz`, () => gzipAsync(body, { level: 9 })),
    ]);
    return { br, gzip: gz };
  }

  /** What is kept of a body already; null when it has to be compressed first. */
  async keptVariantsOf(body: Buffer): Promise<Variants | null> {
    const hash = nameOf(body);
    const [br, gzip] = await Promise.all(
      ['br', 'gz'].map((form) => readFile(join(this.#folder, `${hash}.${form}`)).catch(() => null)),
    );
    return br && gzip ? { br, gzip } : null;
  }

  /** Removes everything but the forms of these bodies. */
  async prune(bodies: Iterable<Buffer>): Promise<void> {
    const used = new Set([...bodies].flatMap((body) => [`${nameOf(body)}.br`, `${nameOf(body)}.gz`]));
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) if (!used.has(name)) await rm(join(this.#folder, name), { force: true });
  }

  async #kept(name: string, compress: () => Promise<Buffer>): Promise<Buffer> {
    const file = join(this.#folder, name);
    const kept = await readFile(file).catch(() => null);
    if (kept) return kept;
    const made = await compress();
    try {
      await mkdir(this.#folder, { recursive: true });
      // Never half a file, also when two starts write at once or one is killed.
      await writeFile(`${file}.${process.pid}`, made);
      await rename(`${file}.${process.pid}`, file);
    } catch {
      // A folder that cannot be written to costs only time at the next start.
    }
    return made;
  }
}

function nameOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
