import type { Executor } from '#db/client.ts';
import {
  findCurrentRelease,
  findFactsVersion,
  findLatestFacts,
  insertShippedLeft,
  listReleaseModules,
  listShippedHashes,
  listShippedLeft,
} from '#db/queries/releases.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { readShippedHashes, type ShippedHashes } from './shipped.server.ts';

/** A module or the facts, as the content files have them. */
interface ShippedNews {
  /** The module's slug, or `fakta`. */
  subject: string;
  contentHash: string;
}

/**
 * What has changed in the content files that came with the software and has not been published, because
 * it has been changed here. It waits for an editor to take it up, or to decide that what is here stays.
 */
export async function listShippedNews(db: Executor, contentRoot = 'content'): Promise<ShippedNews[]> {
  const current = await findCurrentRelease(db);
  if (!current) return [];
  const shipped = await readOnce(contentRoot);
  const members = await listReleaseModules(db, current.id);
  const known = await listShippedHashes(db);
  const news = shipped.modules
    .filter(({ slug, contentHash }) => known.get(slug) !== contentHash)
    .filter((one) => members.find(({ slug }) => slug === one.slug)?.contentHash !== one.contentHash)
    .map(({ slug, contentHash }) => ({ subject: slug, contentHash }));
  const used = await findFactsVersion(db, current.factsVersionId);
  const latest = await findLatestFacts(db, 'shipped');
  if (latest?.contentHash !== shipped.facts && used?.contentHash !== shipped.facts)
    news.push({ subject: 'fakta', contentHash: shipped.facts });
  const left = await listShippedLeft(db);
  return news.filter(({ subject, contentHash }) => !left.has(`${subject} ${contentHash}`));
}

/**
 * Decides that what is published here of a subject stays as it is, whatever came with the software: it is no
 * news any more, until the software brings something else. Returns whether it was news.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function leaveShippedNews(actor: Actor | null, subject: string): Promise<boolean> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const news = (await listShippedNews(db)).find((one) => one.subject === subject);
  if (!news) return false;
  await insertShippedLeft(db, { ...news, leftBy: personId, leftAt: now() });
  return true;
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
