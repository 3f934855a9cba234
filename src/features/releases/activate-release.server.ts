import type { Transaction } from '#db/client.ts';
import { followPositions, insertNextVersion, upsertModule } from '#db/queries/modules.ts';
import { findFactsVersion, insertRelease, type Release } from '#db/queries/releases.ts';
import { GRUNDKURS } from '#src/features/courses/courses.ts';
import { withdrawRequirements } from '#src/features/refreshers/withdrawal.server.ts';
import { now, stockholmDate } from '#src/lib/clock.ts';
import { AppError } from '#src/lib/errors.ts';
import { hashCourse, hashRelease, type ReleaseMember } from './release.ts';

export interface NewRelease {
  /** All of them, with the grundkurs as it was before. */
  members: readonly ReleaseMember[];
  factsVersionId: number;
  /** For those who look back; null: shipped content. */
  reason: string | null;
  publicationId?: number;
  restoredFrom?: number;
  /** The person who did it. */
  createdBy?: string | null;
}

const COURSE_TITLE = 'Grundkursen om hedersrelaterat våld och förtryck';

/**
 * Makes these versions what readers meet, from the commit on. The grundkurs as a whole gets its next
 * version when a part is another than the one it was made of. *New requirements* follow the versions.
 * The caller's transaction holds `lockPublication`.
 *
 * @throws AppError `invariant-broken` when the facts are unknown.
 */
export async function activateRelease(tx: Transaction, wanted: NewRelease): Promise<Release> {
  const { factsVersionId, reason, publicationId, restoredFrom, createdBy = null } = wanted;
  const facts = await findFactsVersion(tx, factsVersionId);
  if (!facts) throw new AppError('invariant-broken', `facts ${factsVersionId} do not exist`);
  const modules = wanted.members.filter(({ kind }) => kind !== 'course');
  const course = await provideCourse(tx, wanted);
  const createdAt = now();
  const release = await insertRelease(
    tx,
    {
      factsVersionId,
      contentHash: hashRelease(modules, facts.contentHash),
      reason,
      createdBy,
      createdAt,
      ...(publicationId === undefined ? {} : { publicationId }),
      ...(restoredFrom === undefined ? {} : { restoredFrom }),
    },
    [...modules, ...course],
  );
  await followPositions(
    tx,
    modules.map(({ versionId }) => versionId),
  );
  await withdrawRequirements(tx, {
    day: stockholmDate(createdAt),
    reason: reason ?? 'Nytt innehåll följde med programmet',
    by: createdBy,
  });
  return release;
}

/** The version of the grundkurs that consists of the parts: the one given, or its next. None without parts. */
async function provideCourse(
  tx: Transaction,
  { members, publicationId }: NewRelease,
): Promise<{ slug: string; versionId: number }[]> {
  const parts = members.filter(({ kind }) => kind === 'part').toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  if (parts.length === 0) return [];
  const contentHash = hashCourse(parts);
  const before = members.find(({ kind }) => kind === 'course');
  if (before?.contentHash === contentHash) return [before];
  await upsertModule(tx, { slug: GRUNDKURS, kind: 'course', position: 0 });
  const { id } = await insertNextVersion(tx, {
    moduleSlug: GRUNDKURS,
    title: COURSE_TITLE,
    contentHash,
    quiz: null,
    sections: parts.map(({ slug, title }) => ({ slug, title, file: slug })),
    origin: publicationId === undefined ? 'shipped' : 'editor',
    publicationId: publicationId ?? null,
  });
  return [{ slug: GRUNDKURS, versionId: id }];
}
