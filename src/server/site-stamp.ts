import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In a build, beside `client` and `server`: what it was built of. */
export const SITE_STAMP = 'site.json';

export interface SiteStamp {
  /** Of a release that shows the same content. */
  contentHash: string;
  /** The hash of the software's sources. */
  software: string;
}

/** What a build was made of; null where it does not say. */
export async function readSiteStamp(build: string): Promise<SiteStamp | null> {
  try {
    return JSON.parse(await readFile(join(build, SITE_STAMP), 'utf8')) as SiteStamp;
  } catch {
    return null;
  }
}
