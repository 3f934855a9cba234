import type { Executor } from '#db/client.ts';
import {
  findCurrentRelease,
  findFactsVersion,
  findLatestFacts,
  listReleaseModules,
  listShippedHashes,
} from '#db/queries/releases.ts';
import { readShippedHashes, type ShippedHashes } from './shipped.server.ts';

/**
 * What has changed in the content files that came with the software and has not been published, because
 * it has been changed here: slugs of modules, and `fakta`. It waits for an editor to take it up.
 */
export async function listShippedNews(db: Executor, contentRoot = 'content'): Promise<string[]> {
  const current = await findCurrentRelease(db);
  if (!current) return [];
  const shipped = await readOnce(contentRoot);
  const members = await listReleaseModules(db, current.id);
  const known = await listShippedHashes(db);
  const news = shipped.modules
    .filter(({ slug, contentHash }) => known.get(slug) !== contentHash)
    .filter((one) => members.find(({ slug }) => slug === one.slug)?.contentHash !== one.contentHash)
    .map(({ slug }) => slug);
  const used = await findFactsVersion(db, current.factsVersionId);
  const latest = await findLatestFacts(db, 'shipped');
  const isNews = latest?.contentHash !== shipped.facts && used?.contentHash !== shipped.facts;
  return isNews ? [...news, 'fakta'] : news;
}

/** What the files of each folder hold: they change with the software, and then the program starts anew. */
const read = new Map<string, Promise<ShippedHashes>>();

function readOnce(contentRoot: string): Promise<ShippedHashes> {
  const earlier = read.get(contentRoot);
  if (earlier) return earlier;
  const hashes = readShippedHashes(contentRoot);
  read.set(contentRoot, hashes);
  hashes.catch(() => read.delete(contentRoot));
  return hashes;
}
