import type { Transaction } from '#db/client.ts';
import { listOpenDrafts } from '#db/queries/desk.ts';
import { listParts } from '#db/queries/draft-parts.ts';
import { lockDrafts } from '#db/queries/drafts.ts';
import { listModules } from '#db/queries/modules.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { moduleSlugSchema } from '#src/features/documents/document.schema.ts';
import { partsOf, type ModulePart } from '#src/features/documents/parts.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, typedText, type FieldErrors } from '#src/lib/form-errors.ts';
import { FACTS, slugFor } from './drafts.ts';
import { isFull, storeDraft } from './drafts.server.ts';
import { newModuleSchema } from './new-module.schema.ts';

export type CreatedModule =
  | { kind: 'created'; slug: string; draftId: number }
  | { kind: 'refused'; errors: FieldErrors; typed: Record<string, string> };

/**
 * Begins a new fördjupning, last among the others: a draft with a title, for whom it is meant, and nothing
 * else yet. Its address follows from the title and is nobody else's.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function createModule(
  actor: Actor | null,
  form: Record<string, unknown>,
): Promise<CreatedModule> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const refuse = (errors: FieldErrors): CreatedModule => ({
    kind: 'refused',
    errors,
    typed: typedText(form),
  });
  const parsed = newModuleSchema.safeParse(form);
  if (!parsed.success) return refuse(errorsByField(parsed.error));
  const { titel: title, malgrupp: audience } = parsed.data;
  return getDb().transaction(async (tx) => {
    await lockDrafts(tx);
    if (await isFull(tx)) return refuse({ titel: draftWords.tooManyDrafts });
    const { slugs, titles, last } = await readTaken(tx);
    if (titles.has(title.toLowerCase())) return refuse({ titel: words.errors.titleTaken });
    const isTaken = (slug: string) => slugs.has(slug) || !moduleSlugSchema.safeParse(slug).success;
    const slug = slugFor(title, 'fordjupning', isTaken);
    const parts = partsOf({
      slug,
      kind: 'fordjupning',
      meta: {
        title,
        position: last + 1,
        audience,
        minutes: 20,
        lead: '',
        goals: [],
        summary: [],
        sources: [],
      },
      intro: { type: 'doc', content: [] },
      sections: [],
      quiz: { passMark: 0.8, questions: [] },
      discussion: null,
    });
    const draftId = await storeDraft(tx, { subject: slug, createdBy: personId, parts }, personId);
    return { kind: 'created', slug, draftId };
  });
}

/** The addresses, titles and the last position that modules have, published or being written. */
async function readTaken(tx: Transaction) {
  const modules = await listModules(tx);
  const drafts = (await listOpenDrafts(tx)).filter(({ subject }) => subject !== FACTS);
  const begun = await Promise.all(
    drafts.map(async ({ id }) => (await listParts(tx, id)).find(({ part }) => part === 'modul')),
  );
  const metas = begun.flatMap((part) => (part ? [(part.content as ModulePart).meta] : []));
  const positions = modules.flatMap(({ module }) => (module.kind === 'fordjupning' ? [module.position] : []));
  return {
    slugs: new Set([...modules.map(({ module }) => module.slug), ...drafts.map(({ subject }) => subject)]),
    titles: new Set(
      [...metas.map(({ title }) => title), ...modules.map(({ version }) => version?.title ?? '')].map(
        (title) => title.toLowerCase(),
      ),
    ),
    last: Math.max(0, ...positions, ...metas.map(({ position }) => position ?? 0)),
  };
}
