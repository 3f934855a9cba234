import type { Database, Transaction } from '#db/client.ts';
import { insertNextVersion, lockPublication, upsertModule } from '#db/queries/modules.ts';
import {
  completePublication,
  failPublication,
  findPublication,
  holdBuilding,
  setPublicationStep,
  takeUpPublication,
} from '#db/queries/publication-work.ts';
import type { Publication } from '#db/queries/publications.ts';
import { findCurrentRelease, findReleaseOfPublication, insertFacts } from '#db/queries/releases.ts';
import { lockRequirements } from '#db/queries/rules.ts';
import { positionOf, toVersion } from '#src/features/documents/to-version.ts';
import { storeNewRequirement } from '#src/features/rules/new-requirement.server.ts';
import { publishing } from '#src/i18n/publishing-errors.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { isDatabaseUnavailable } from '#src/lib/failure.ts';
import { activateRelease } from '#src/features/releases/activate-release.server.ts';
import { buildRelease, type BuildHooks } from '#src/features/releases/build-release.server.ts';
import { INSTALLATION } from '#src/features/releases/build-site.server.ts';
import { checkApproval, planPublication, type Plan } from './plan-publication.server.ts';
import { SiteRefused } from '#src/features/releases/site-refused.ts';
import { hashSources } from '#src/features/releases/software.ts';

export type PublicationOutcome =
  | { kind: 'published'; releaseId: number }
  /** In words for an editor; the site is as it was. */
  | { kind: 'failed'; reason: string }
  /** Taken back, ended before, or its time has not come. */
  | { kind: 'not-due' };

export interface RunOptions extends BuildHooks {
  /** The version of the software to build with; default: that of the sources. */
  software?: string | undefined;
  /** Is told what an editor is not. */
  onFailure?: ((error: unknown) => void) | undefined;
}

/**
 * Publishes an approved draft: builds the site as it will be, looks it through, stores it, and makes it
 * current in one transaction together with the new version. When another release has become current
 * meanwhile it is built anew on that. Broken off anywhere, it leaves what readers meet as it was, and can
 * be run again. The caller holds the lock for publishing, see `publishDue`.
 *
 * @throws what `signal` was aborted with, or when the database cannot be reached: to be run again.
 */
export async function runPublication(id: number, options: RunOptions = {}): Promise<PublicationOutcome> {
  const db = getDb();
  const publication = await takeUpPublication(db, id, now());
  if (!publication) return outcomeOf(db, id);
  try {
    return { kind: 'published', releaseId: await publish(db, publication, options) };
  } catch (error) {
    if (options.signal?.aborted || isDatabaseUnavailable(error)) throw error;
    const reason = error instanceof SiteRefused ? error.message : publishing.unknown;
    if (!(error instanceof SiteRefused) || error.detail !== null) options.onFailure?.(error);
    await failPublication(db, id, { failure: reason, at: now() });
    return { kind: 'failed', reason };
  }
}

/** How a publication ended that somebody else ran. */
export async function outcomeOf(db: Database, id: number): Promise<PublicationOutcome> {
  const row = await findPublication(db, id);
  if (row?.state === 'failed') return { kind: 'failed', reason: row.failure ?? '' };
  const release = row?.state === 'published' ? await findReleaseOfPublication(db, id) : null;
  return release ? { kind: 'published', releaseId: release.id } : { kind: 'not-due' };
}

async function publish(db: Database, publication: Publication, options: RunOptions): Promise<number> {
  const { signal } = options;
  const software = options.software ?? (await hashSources(INSTALLATION)).software;
  const onStep: BuildHooks['onStep'] = async (step) => {
    await setPublicationStep(db, publication.id, step);
    await options.onStep?.(step);
  };
  for (;;) {
    signal?.throwIfAborted();
    await onStep('check');
    const plan = await planPublication(db, publication);
    await buildRelease(db, { contentHash: plan.contentHash, software }, plan.content, { signal, onStep });
    signal?.throwIfAborted();
    await onStep('live');
    const releaseId = await db.transaction((tx) => goLive(tx, publication, plan));
    if (releaseId !== null) return releaseId;
  }
}

/** Makes the plan true, all of it at once; null when it was made for another release than the current one. */
async function goLive(tx: Transaction, publication: Publication, plan: Plan): Promise<number | null> {
  await lockPublication(tx);
  if (!(await holdBuilding(tx, publication.id))) throw new SiteRefused(publishing.notApproved);
  if ((await findCurrentRelease(tx))?.id !== plan.base.id) return null;
  const { draftId } = await checkApproval(tx, publication);
  const { reason, requestedBy } = publication;
  const stored = await storeVersion(tx, publication, plan);
  const release = await activateRelease(tx, {
    members: stored.members,
    factsVersionId: stored.factsVersionId,
    reason,
    publicationId: publication.id,
    createdBy: requestedBy,
  });
  if (publication.olderCountUntil !== null && stored.versionId !== null) {
    await lockRequirements(tx);
    await storeNewRequirement(
      tx,
      {
        moduleSlug: publication.subject,
        versionId: stored.versionId,
        reason,
        until: publication.olderCountUntil,
      },
      requestedBy,
    );
  }
  await completePublication(tx, { id: publication.id, draftId, at: now() });
  return release.id;
}

/** Stores what was approved as the next version of its module, or of the facts. */
async function storeVersion(
  tx: Transaction,
  { id, subject }: Publication,
  { base, members, document, facts }: Plan,
) {
  if (!document) {
    const factsVersionId = await insertFacts(tx, { ...facts, origin: 'editor' });
    return { members, factsVersionId, versionId: null };
  }
  await upsertModule(tx, { slug: subject, kind: document.kind, position: positionOf(document) });
  const version = await insertNextVersion(tx, {
    ...toVersion(document),
    origin: 'editor',
    publicationId: id,
  });
  const member = {
    slug: subject,
    kind: document.kind,
    title: version.title,
    versionId: version.id,
    contentHash: version.contentHash,
    origin: version.origin,
  };
  return {
    members: [...members.filter(({ slug }) => slug !== subject), member],
    factsVersionId: base.factsVersionId,
    versionId: version.id,
  };
}
