import type { Executor } from '#db/client.ts';
import { findCurrentRelease, findFactsVersion, findLatestFacts, findRelease } from '#db/queries/releases.ts';
import type { Facts } from '#src/features/facts/facts.ts';

/** The facts that readers met in a release, or meet now: of the current release, when none is named. */
export async function readFactsOf(db: Executor, releaseId: number | null): Promise<Facts> {
  const release = releaseId === null ? await findCurrentRelease(db) : await findRelease(db, releaseId);
  const version = release ? await findFactsVersion(db, release.factsVersionId) : await findLatestFacts(db);
  if (!version) return { laws: [], contacts: [], figures: [], sources: [], words: [] };
  // They were checked when they were stored, and are not held to rules that came later.
  return version.facts as Facts;
}
