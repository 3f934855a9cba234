import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { errors, type ErrorPageName } from '#src/i18n/errors.ts';
import { addressOf } from '#src/lib/site-address.ts';
import { CompressedFiles, isCompressible, WORTH_COMPRESSING, type Variants } from './precompress.ts';
import { extractPolicy } from './security-headers.ts';

export interface ReleaseFile {
  body: Buffer;
  contentType: string;
  /** Of the uncompressed body, without quotes. */
  hash: string;
  /** Of the file as it was built: the same file again need not be read twice. */
  source: string;
  variants: Variants;
  /** Whether it gets smaller, and has not been made so yet: until then it is compressed for each who asks. */
  isToCompress: boolean;
  policy: string | undefined;
  /** Named after its content: may be kept for ever. */
  isImmutable: boolean;
  /** The fördjupning that the page belongs to: not for everyone. */
  fordjupning: string | null;
}

/** The static site: every address it answers to, and the pages that tell what went wrong. */
export interface Release {
  files: ReadonlyMap<string, ReleaseFile>;
  errorPages: ReadonlyMap<ErrorPageName, ReleaseFile>;
}

/** Files of a site on this node are missing, or are not what was written there. */
export class SiteDamaged extends Error {
  constructor(folder: string) {
    super(`the site in ${folder} is damaged`);
    this.name = 'SiteDamaged';
  }
}

interface LoadOptions {
  /** What is the same there is taken from there. */
  previous?: Release;
  /** What is new is compressed later, with `compressRest`. */
  isLater?: boolean;
  /** The files that the folder must hold: the SHA-256 of each, in hex. */
  manifest?: ReadonlyMap<string, string>;
}

/** Where Astro puts files that are named after their content. */
export const ASSETS = '/_astro/';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
};

/**
 * Reads the built static site into memory. An address is answered only when it stands here letter by
 * letter: no request ever becomes a file name, so no spelling of one leads past a guard or out of the folder.
 *
 * @throws SiteDamaged when it is not what `manifest` says.
 */
export async function loadRelease(
  clientFolder: string,
  compressed: CompressedFiles,
  { previous, isLater = false, manifest }: LoadOptions = {},
): Promise<Release> {
  const files = new Map<string, ReleaseFile>();
  const errorPages = new Map<ErrorPageName, ReleaseFile>();
  const entries = await readdir(clientFolder, { recursive: true, withFileTypes: true }).catch((error) => {
    throw manifest ? new SiteDamaged(clientFolder) : error;
  });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(clientFolder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  if (manifest && names.length !== manifest.size) throw new SiteDamaged(clientFolder);
  for (const name of names.sort()) {
    const path = addressOf(name);
    const errorPage = errorPageOf(path);
    const before = errorPage ? previous?.errorPages.get(errorPage) : previous?.files.get(path);
    const bytes = await readFile(join(clientFolder, name));
    const source = createHash('sha256').update(bytes).digest('hex');
    if (manifest && manifest.get(name) !== source) throw new SiteDamaged(clientFolder);
    const file =
      before?.source === source ? before : await toReleaseFile(bytes, { source, name, isLater }, compressed);
    if (errorPage) errorPages.set(errorPage, file);
    else files.set(path, file);
  }
  return { files, errorPages };
}

/** The style sheets and scripts of a built site. None where there is no site. */
export async function loadAssets(
  clientFolder: string,
  compressed: CompressedFiles,
): Promise<Map<string, ReleaseFile>> {
  const files = new Map<string, ReleaseFile>();
  const folder = join(clientFolder, ASSETS);
  for (const name of await readdir(folder).catch(() => [])) {
    const bytes = await readFile(join(folder, name)).catch(() => null);
    if (!bytes) continue;
    const source = createHash('sha256').update(bytes).digest('hex');
    const file = { source, name: ASSETS.slice(1) + name, isLater: true };
    files.set(ASSETS + name, await toReleaseFile(bytes, file, compressed));
  }
  return files;
}

/** Compresses as far as it goes what has not been yet, one file at a time: others are being served meanwhile. */
export async function compressRest(
  { files, errorPages }: Release,
  compressed: CompressedFiles,
  signal: AbortSignal,
): Promise<void> {
  for (const file of [...files.values(), ...errorPages.values()]) {
    if (signal.aborted) return;
    if (!file.isToCompress) continue;
    file.variants = await compressed.variantsOf(file.body);
    file.isToCompress = false;
  }
}

async function toReleaseFile(
  bytes: Buffer,
  { source, name, isLater }: { source: string; name: string; isLater: boolean },
  compressed: CompressedFiles,
): Promise<ReleaseFile> {
  const path = addressOf(name);
  const contentType = TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  let body = bytes;
  let policy: string | undefined;
  if (contentType.startsWith('text/html')) {
    const page = extractPolicy(body.toString('utf8'));
    ({ policy } = page);
    body = Buffer.from(page.html);
  }
  const isWorthIt = isCompressible(contentType) && body.length >= WORTH_COMPRESSING;
  const compress = () => (isLater ? compressed.keptVariantsOf(body) : compressed.variantsOf(body));
  const variants = isWorthIt ? await compress() : {};
  return {
    body,
    contentType,
    hash: createHash('sha256')
      .update(body)
      .update(policy ?? '')
      .digest('base64url')
      .slice(0, 22),
    source,
    variants: variants ?? {},
    isToCompress: variants === null,
    policy,
    isImmutable: path.startsWith(ASSETS),
    fordjupning: /^\/fordjupning\/([^/]+)\//.exec(path)?.[1] ?? null,
  };
}

function errorPageOf(path: string): ErrorPageName | null {
  const name = path === '/404' ? 'finns-inte' : /^\/fel\/([^/]+)\/$/.exec(path)?.[1];
  return name !== undefined && name in errors ? (name as ErrorPageName) : null;
}
