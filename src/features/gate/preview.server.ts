import { moduleDocumentSchema } from '#src/features/documents/document.schema.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { findCurrentFacts, readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { getDb } from '#src/lib/database.ts';
import { NO_FACTS } from './context.ts';
import type { Preview } from './preview.ts';

/**
 * A module as its open draft has it, with the facts that readers meet now; null when it has no open draft.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function loadPreview(actor: Actor | null, slug: string): Promise<Preview | null> {
  requireRole(actor, 'redaktor', 'admin');
  const draft = await readOpenDraft(getDb(), slug);
  if (!draft?.document) return null;
  const facts = await findCurrentFacts(getDb());
  // As it would be published, where it is complete; an unfinished one as it is.
  const document = moduleDocumentSchema.safeParse(draft.document).data ?? draft.document;
  return { document, facts: (facts?.facts as Facts | undefined) ?? NO_FACTS };
}
