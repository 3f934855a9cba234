import {
  findPublicationListed,
  findPublicationState,
  listFailedPublications,
  listOpenPublications,
  listReleases,
  type ListedPublication,
  type ListedRelease,
  type Publication,
} from '#db/queries/publications.ts';
import { findCurrentRelease } from '#db/queries/releases.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';

const PAGE_SIZE = 20;
const MOST_FAILED = 20;

/** What has been published, what waits and what did not go. */
export interface ReleasesPage {
  open: ListedPublication[];
  failed: ListedPublication[];
  releases: ListedRelease[];
  currentId: number | null;
  /** Where the older releases go on; null: there are none. */
  olderThan: number | null;
  /** The release that somebody is about to go back to. */
  chosen: ListedRelease | null;
}

/**
 * The releases, a page at a time, with what is on its way.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function showReleases(
  actor: Actor | null,
  { before, chosen }: { before: number | null; chosen: number | null },
): Promise<ReleasesPage> {
  requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const rows = await listReleases(db, { limit: PAGE_SIZE + 1, before });
  const releases = rows.slice(0, PAGE_SIZE);
  const current = await findCurrentRelease(db);
  const [wanted] =
    chosen === null || chosen === current?.id ? [] : await listReleases(db, { limit: 1, before: chosen + 1 });
  return {
    open: await listOpenPublications(db),
    failed: await listFailedPublications(db, MOST_FAILED),
    releases,
    currentId: current?.id ?? null,
    olderThan: rows.length > PAGE_SIZE ? (releases.at(-1)?.id ?? null) : null,
    chosen: wanted?.id === chosen ? (wanted ?? null) : null,
  };
}

/**
 * One publication and how it goes.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found`.
 */
export async function showPublication(actor: Actor | null, id: number): Promise<ListedPublication> {
  requireRole(actor, 'redaktor', 'admin');
  const publication = await findPublicationListed(getDb(), id);
  if (!publication) throw new AppError('not-found', 'no such publication');
  return publication;
}

/**
 * How far a publication has come, for a page that asks again and again; null when there is none.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function readProgress(
  actor: Actor | null,
  id: number,
): Promise<Pick<Publication, 'state' | 'step'> | null> {
  requireRole(actor, 'redaktor', 'admin');
  return findPublicationState(getDb(), id);
}
