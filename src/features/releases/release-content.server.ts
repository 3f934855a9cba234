import type { Executor } from '#db/client.ts';
import { findFactsVersion, readDocuments } from '#db/queries/releases.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { AppError } from '#src/lib/errors.ts';
import type { ReleaseContent, ReleaseMember } from './release.ts';

/** Documents are some tens of kilobytes each; between these, others get their turn. */
const AT_A_TIME = 25;

/**
 * What a release shows, by its members and facts.
 *
 * @throws AppError `invariant-broken` when a version has no document: it is older than documents are.
 */
export async function readReleaseContent(
  db: Executor,
  members: readonly Pick<ReleaseMember, 'slug' | 'kind' | 'versionId'>[],
  factsVersionId: number,
): Promise<ReleaseContent> {
  const facts = await findFactsVersion(db, factsVersionId);
  if (!facts) throw new AppError('invariant-broken', `facts ${factsVersionId} do not exist`);
  const modules = members.filter(({ kind }) => kind !== 'course');
  const documents: ModuleDocument[] = [];
  for (let start = 0; start < modules.length; start += AT_A_TIME) {
    const batch = modules.slice(start, start + AT_A_TIME);
    const found = await readDocuments(
      db,
      batch.map(({ versionId }) => versionId),
    );
    for (const { slug, versionId } of batch) {
      const document = found.get(versionId);
      if (!document) throw new AppError('invariant-broken', `${slug} has no document`);
      documents.push(document as ModuleDocument);
    }
  }
  return { documents, facts: facts.facts as Facts };
}
