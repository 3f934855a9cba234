import type { Facts } from '#src/features/documents/document.ts';
import { findCurrentFacts, readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import type { Preview } from './preview.ts';

/**
 * A module as its open draft has it, with the facts that readers meet now.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` when the
 *   module has no open draft.
 */
export async function loadPreview(actor: Actor | null, slug: string): Promise<Preview> {
  requireRole(actor, 'redaktor', 'admin');
  const draft = await readOpenDraft(getDb(), slug);
  if (!draft?.document) throw new AppError('not-found', 'no open draft of this module');
  const facts = await findCurrentFacts(getDb());
  if (!facts) throw new AppError('not-found', 'no facts are published');
  return { document: draft.document, facts: facts.facts as Facts };
}
