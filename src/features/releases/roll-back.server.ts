import { lockPublication } from '#db/queries/modules.ts';
import {
  findCurrentRelease,
  findRelease,
  findReleaseBefore,
  listReleaseModules,
} from '#db/queries/releases.ts';
import { findAnyBuildOf } from '#db/queries/site-builds.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { getDb } from '#src/lib/database.ts';
import { activateRelease } from './activate-release.server.ts';
import { INSTALLATION } from './build-site.server.ts';
import { provideBuild } from './provide-site.server.ts';
import { SiteRefused } from './site-refused.ts';
import { hashSources } from './software.ts';

export type RollBackResult =
  | { kind: 'restored'; releaseId: number; restoredFrom: number }
  /** There is no such release, or none before the current one. */
  | { kind: 'no-such-release' }
  /** It shows what readers see already. */
  | { kind: 'same' }
  /** Its pages cannot be built any more; `reason` is for an editor. Nothing has changed. */
  | { kind: 'failed'; reason: string };

/**
 * Lets readers meet an earlier release again, the one before the current when `releaseId` is null: a new
 * release with the old content. At once when its site is stored, else when it has been built. Nothing is
 * removed. *New requirements* of what is left are withdrawn.
 *
 * `actor` is `cli` for whoever has the machine; then `by` may say on whose behalf.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function rollBack(
  actor: Actor | 'cli' | null,
  releaseId: number | null,
  reason: string,
  { by = null, signal }: { by?: string | null; signal?: AbortSignal } = {},
): Promise<RollBackResult> {
  const createdBy = actor === 'cli' ? by : requireRole(actor, 'redaktor', 'admin').personId;
  const db = getDb();
  const current = await findCurrentRelease(db);
  if (!current) return { kind: 'no-such-release' };
  const target = await (releaseId === null ? findDifferentBefore(current) : findRelease(db, releaseId));
  if (!target) return { kind: 'no-such-release' };
  if (target.contentHash === current.contentHash) return { kind: 'same' };
  try {
    await provideBuild(target.id, (await hashSources(INSTALLATION)).software, signal);
  } catch (error) {
    if (!(error instanceof SiteRefused)) throw error;
    console.error(`release ${target.id} could not be built`, error.detail ?? error.message);
    // What another version of the software has built of it is still right, if old.
    if (!(await findAnyBuildOf(db, target.contentHash))) return { kind: 'failed', reason: error.message };
  }
  return db.transaction(async (tx) => {
    await lockPublication(tx);
    // Somebody else may have gone back to it in the meantime.
    if ((await findCurrentRelease(tx))?.contentHash === target.contentHash) return { kind: 'same' };
    const release = await activateRelease(tx, {
      members: await listReleaseModules(tx, target.id),
      factsVersionId: target.factsVersionId,
      reason,
      restoredFrom: target.id,
      createdBy,
    });
    return { kind: 'restored', releaseId: release.id, restoredFrom: target.id };
  });
}

/**
 * What readers met before. After going back, that is what was there before what they have now: going back
 * twice leads two steps back, not to and fro.
 */
async function findDifferentBefore(current: {
  id: number;
  contentHash: string;
  restoredFrom: number | null;
}) {
  const db = getDb();
  let release = await findReleaseBefore(db, current.restoredFrom ?? current.id);
  while (release && release.contentHash === current.contentHash) {
    release = await findReleaseBefore(db, release.restoredFrom ?? release.id);
  }
  return release;
}
