import type { Executor } from '#db/client.ts';
import { listParts } from '#db/queries/draft-parts.ts';
import type { Draft } from '#db/queries/reviews.ts';
import { factsSchema, moduleDocumentSchema } from '#src/features/documents/document.schema.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { assembleFacts, assembleModule } from '#src/features/documents/parts.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';

/** A draft as a whole, as it is now. `isFinal`: complete, and in the one form in which it is published. */
export type Snapshot = { hash: string; isFinal: boolean } & (
  { kind: 'module'; document: ModuleDocument } | { kind: 'facts'; document: Facts }
);

/** The whole module or all the facts that the parts of a draft make. */
export async function readSnapshot(db: Executor, draft: Pick<Draft, 'id' | 'subject'>): Promise<Snapshot> {
  const parts = await listParts(db, draft.id);
  if (draft.subject === FACTS) {
    const written = assembleFacts(parts);
    const final = factsSchema.safeParse(written);
    const document = final.success ? final.data : written;
    return { kind: 'facts', document, hash: hashFacts(document), isFinal: final.success };
  }
  const written = assembleModule(draft.subject, parts);
  const final = moduleDocumentSchema.safeParse(written);
  const document = final.success ? final.data : written;
  return { kind: 'module', document, hash: hashDocument(document), isFinal: final.success };
}

/** What a document is called where people read of it. */
export function titleOf(snapshot: Snapshot, factsTitle: string): string {
  return snapshot.kind === 'facts' ? factsTitle : snapshot.document.meta.title || snapshot.document.slug;
}
