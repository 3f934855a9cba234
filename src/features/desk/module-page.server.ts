import { listDeskDrafts, type DeskDraft } from '#db/queries/desk.ts';
import type { PartRow } from '#db/queries/draft-parts.ts';
import { listRemovedParts } from '#db/queries/draft-revisions.ts';
import { findCurrentVersion, listVersions } from '#db/queries/modules.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { slugOfPart, type ModulePart, type SectionPart } from '#src/features/documents/parts.ts';
import { readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import { FACTS, shownEditor, type DraftState } from '#src/features/editorial/drafts.ts';
import { isHeldByOther } from '#src/features/editorial/save-part.server.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';

const VERSIONS_SHOWN = 100;

/** A part of a draft as the module's page lists it. */
export interface ListedPart {
  part: string;
  name: string;
  isSection: boolean;
  /** Who saved it last, and when; null while it is as it was when the draft was opened. */
  saved: { at: Date; by: string } | null;
  /** Who has it open to write in now. */
  holder: 'me' | { name: string } | null;
  canMoveUp: boolean;
  canMoveDown: boolean;
}

export interface RemovedPart {
  part: string;
  name: string;
  /** The revision that would be brought back. */
  number: number;
  at: Date;
  by: string;
}

export interface ModuleDraft {
  id: number;
  state: DraftState;
  isNew: boolean;
  /** Whether readers meet another version now than the one that the draft was begun from. */
  isBehind: boolean;
  dueAt: Date | null;
  parts: ListedPart[];
  removed: RemovedPart[];
}

export interface ModuleEditing {
  slug: string;
  title: string;
  published: { version: number; publishedAt: Date } | null;
  /** The versions that readers have met or meet, the latest first; the last hundred. */
  versions: { version: number; publishedAt: Date }[];
  draft: ModuleDraft | null;
}

/**
 * A module as its editors see it: what is published, and the parts of its draft when one is open.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` for a
 *   module that is neither published nor being written.
 */
export async function showModule(actor: Actor | null, slug: string): Promise<ModuleEditing> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const version = slug === FACTS ? null : await findCurrentVersion(db, slug);
  const open = slug === FACTS ? null : await readOpenDraft(db, slug);
  if (!open && !version?.document) throw new AppError('not-found', 'no such module');
  const published = version && { version: version.version, publishedAt: version.publishedAt };
  const versions = await listVersions(db, slug, VERSIONS_SHOWN);
  if (!open) return { slug, title: version?.title ?? slug, published, versions, draft: null };
  const desk = (await listDeskDrafts(db, personId, now())).find(({ id }) => id === open.draft.id);
  return {
    slug,
    title: open.document?.meta.title || version?.title || slug,
    published,
    versions,
    draft: {
      id: open.draft.id,
      state: open.draft.state,
      isNew: open.draft.baseVersionId === null,
      isBehind: (version?.id ?? null) !== open.draft.baseVersionId,
      dueAt: (desk satisfies DeskDraft | undefined)?.dueAt ?? null,
      parts: listParts(open.parts, personId),
      removed: (await listRemovedParts(db, open.draft.id))
        .filter(({ part }) => slugOfPart(part) !== null)
        .map(({ part, number, content, removedAt, by }) => {
          return { part, number, at: removedAt, by: shownEditor(by), name: nameOf(part, content) };
        }),
    },
  };
}

function listParts(rows: readonly PartRow[], personId: string): ListedPart[] {
  const sections = rows.filter(({ part }) => slugOfPart(part) !== null);
  const of = (name: string) => rows.filter(({ part }) => part === name);
  const ordered = [...of('modul'), ...sections, ...of('kunskapskontroll'), ...of('samtal')];
  return ordered.map((row) => {
    const { part, content, revision, savedAt, savedBy, saver } = row;
    const place = sections.indexOf(row);
    const isMine = row.heldBy === personId && (row.heldUntil?.getTime() ?? 0) > now().getTime();
    return {
      part,
      name: nameOf(part, content),
      isSection: place >= 0,
      saved: revision === 1 && savedBy === null ? null : { at: savedAt, by: shownEditor(saver) },
      holder: isMine ? 'me' : isHeldByOther(row, personId) ? { name: shownEditor(row.holder) } : null,
      canMoveUp: place > 0,
      canMoveDown: place >= 0 && place < sections.length - 1,
    };
  });
}

/** What a part is called in lists: a section by its title. */
export function nameOf(part: string, content: unknown): string {
  if (slugOfPart(part) === null) return words.parts[part as keyof typeof words.parts] ?? part;
  return (content as SectionPart | ModulePart | null)?.meta.title || words.unnamed;
}
