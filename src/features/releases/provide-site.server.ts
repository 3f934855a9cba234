import { findRelease, listReleaseModules } from '#db/queries/releases.ts';
import { findAnyBuildOf, hasSiteBuild } from '#db/queries/site-builds.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { buildRelease } from './build-release.server.ts';
import { waitForPublishingLock } from './publishing-lock.server.ts';
import { readReleaseContent } from './release-content.server.ts';
import { unpackSite } from './site-builds.server.ts';
import { SiteRefused } from './site-refused.ts';

/**
 * Sees to it that the static site of a release is stored for this version of the software: it is, or it
 * is built here, or another node is building it and is waited for.
 *
 * @throws SiteRefused when it cannot be built; AppError `not-found` for an unknown release; what `signal`
 *   was aborted with.
 */
export async function provideBuild(
  releaseId: number,
  software: string,
  signal?: AbortSignal,
): Promise<{ contentHash: string; software: string }> {
  const db = getDb();
  const release = await findRelease(db, releaseId);
  if (!release) throw new AppError('not-found', `release ${releaseId} does not exist`);
  const key = { contentHash: release.contentHash, software };
  await waitForPublishingLock(
    async (lockSignal) => {
      const members = await listReleaseModules(db, releaseId);
      const content = await readReleaseContent(db, members, release.factsVersionId);
      await buildRelease(db, key, content, { signal: lockSignal });
    },
    { isNeeded: async () => !(await hasSiteBuild(db, key)), signal },
  );
  return key;
}

/**
 * The static site of a release on this node, unpacked: where its files lie. When this version of the
 * software cannot build it, the one that another version has built: what readers see is right, if old.
 * `isAnew`: what lies unpacked already is damaged.
 *
 * @throws as `provideBuild`, when there is no site of it at all.
 */
export async function provideSite(
  releaseId: number,
  software: string,
  { signal, isAnew = false }: { signal?: AbortSignal | undefined; isAnew?: boolean } = {},
): Promise<string> {
  const db = getDb();
  try {
    return await unpackSite(db, await provideBuild(releaseId, software, signal), { isAnew });
  } catch (error) {
    const release = error instanceof SiteRefused ? await findRelease(db, releaseId) : null;
    const other = release && (await findAnyBuildOf(db, release.contentHash));
    if (!other) throw error;
    return unpackSite(db, other, { isAnew });
  }
}
