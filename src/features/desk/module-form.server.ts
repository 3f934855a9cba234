import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { discardDraft, openDraft, readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import type { PartChange } from '#src/features/editorial/change-draft.server.ts';
import { removePart, restoreRevision } from '#src/features/editorial/parts.server.ts';
import { addSection, moveSection } from '#src/features/editorial/sections.server.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';
import { getDb } from '#src/lib/database.ts';
import { typedText, type FieldErrors } from '#src/lib/form-errors.ts';
import { paths } from '#src/lib/paths.ts';

export type ModuleFormAnswer =
  | { kind: 'onward'; to: string }
  | { kind: 'refused'; errors: FieldErrors; typed: Record<string, string> }
  /** The section is asked about in these questions: the page asks whether it is to go all the same. */
  | { kind: 'ask'; part: string; questions: string[] };

/**
 * Does what one of the forms of a module's page asks for, `gor`: open or discard the draft; add, move, remove
 * or bring back a section.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` for a
 *   module that is neither published nor being written.
 */
export async function answerModuleForm(
  actor: Actor | null,
  slug: string,
  form: Record<string, unknown>,
): Promise<ModuleFormAnswer> {
  requireRole(actor, 'redaktor', 'admin');
  const page = paths.moduleDraft(slug);
  const refuse = (errors: FieldErrors): ModuleFormAnswer => ({
    kind: 'refused',
    errors,
    typed: typedText(form),
  });
  if (form['gor'] === 'oppna') {
    const opened = await openDraft(actor, slug);
    if (opened.kind === 'refused') return refuse({ oppna: opened.message });
    return { kind: 'onward', to: `${page}?klart=oppnat` };
  }
  const open = await readOpenDraft(getDb(), slug);
  if (!open) return refuse({ oppna: words.errors.closed });
  const { id } = open.draft;
  if (form['gor'] === 'kasta') {
    if (form['sakert'] !== 'ja') return refuse({ sakert: words.errors.sure });
    const discarded = await discardDraft(actor, id);
    if (discarded.kind === 'refused') return refuse({ sakert: discarded.message });
    return { kind: 'onward', to: `${open.draft.baseVersionId === null ? paths.editor : page}?klart=kastat` };
  }
  const step = await changeParts(actor, id, form);
  if (step.change.kind === 'refused') return refuse(step.change.errors);
  if (step.change.kind === 'referred') return { ...step.change, kind: 'ask' };
  return { kind: 'onward', to: `${page}?klart=${step.word}` };
}

async function changeParts(
  actor: Actor | null,
  draftId: number,
  form: Record<string, unknown>,
): Promise<{ change: PartChange; word: string }> {
  const part = typeof form['del'] === 'string' ? form['del'] : '';
  switch (form['gor']) {
    case 'lagg-till':
      return { change: await addSection(actor, draftId, form), word: 'tillagt' };
    case 'upp':
      return { change: await moveSection(actor, draftId, part, -1), word: 'flyttat' };
    case 'ned':
      return { change: await moveSection(actor, draftId, part, 1), word: 'flyttat' };
    case 'ta-bort':
      return { change: await removePart(actor, draftId, part, form['sakert'] === 'ja'), word: 'borttaget' };
    case 'ta-tillbaka': {
      const number = Number(form['nr']);
      const change = await restoreRevision(actor, draftId, part, Number.isSafeInteger(number) ? number : 0);
      return { change, word: 'tillbaka' };
    }
    default:
      return { change: { kind: 'refused', errors: { del: words.errors.closed } }, word: '' };
  }
}
