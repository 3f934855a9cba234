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
  variants: Variants;
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
 */
export async function loadRelease(clientFolder: string, cacheFolder: string): Promise<Release> {
  const files = new Map<string, ReleaseFile>();
  const errorPages = new Map<ErrorPageName, ReleaseFile>();
  const compressed = new CompressedFiles(cacheFolder);
  const entries = await readdir(clientFolder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(clientFolder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  for (const name of names.sort()) {
    const path = addressOf(name);
    const file = await readReleaseFile(join(clientFolder, name), path, compressed);
    const errorPage = errorPageOf(path);
    if (errorPage) errorPages.set(errorPage, file);
    else files.set(path, file);
  }
  await compressed.prune();
  return { files, errorPages };
}

async function readReleaseFile(
  fileName: string,
  path: string,
  compressed: CompressedFiles,
): Promise<ReleaseFile> {
  const contentType = TYPES[extname(fileName).toLowerCase()] ?? 'application/octet-stream';
  let body = await readFile(fileName);
  let policy: string | undefined;
  if (contentType.startsWith('text/html')) {
    const page = extractPolicy(body.toString('utf8'));
    ({ policy } = page);
    body = Buffer.from(page.html);
  }
  const isWorthIt = isCompressible(contentType) && body.length >= WORTH_COMPRESSING;
  return {
    body,
    contentType,
    hash: createHash('sha256')
      .update(body)
      .update(policy ?? '')
      .digest('base64url')
      .slice(0, 22),
    variants: isWorthIt ? await compressed.variantsOf(body) : {},
    policy,
    isImmutable: path.startsWith('/_astro/'),
    fordjupning: /^\/fordjupning\/([^/]+)\//.exec(path)?.[1] ?? null,
  };
}

function errorPageOf(path: string): ErrorPageName | null {
  const name = path === '/404' ? 'finns-inte' : /^\/fel\/([^/]+)\/$/.exec(path)?.[1];
  return name !== undefined && name in errors ? (name as ErrorPageName) : null;
}
