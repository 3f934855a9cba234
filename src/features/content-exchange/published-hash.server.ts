import type { Executor } from '#db/client.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { findCurrentFacts } from '#src/features/editorial/drafts.server.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';

/** The content hash of what readers meet of a subject: a module, or the facts. Null: nothing yet. */
export async function findPublishedHash(db: Executor, subject: string): Promise<string | null> {
  const published = subject === FACTS ? findCurrentFacts(db) : findCurrentVersion(db, subject);
  return (await published)?.contentHash ?? null;
}
