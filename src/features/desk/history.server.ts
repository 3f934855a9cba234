import { findRevision, listPartNames, listRevisions, listRemovedParts } from '#db/queries/draft-revisions.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { factOfPart, slugOfPart } from '#src/features/documents/parts.ts';
import { readOpenDraft, type WholeDraft } from '#src/features/editorial/drafts.server.ts';
import { restoreRevision } from '#src/features/editorial/parts.server.ts';
import { FACTS, shownEditor, type RevisionCause } from '#src/features/editorial/drafts.ts';
import { compareLines, type TextPiece } from '#src/features/publishing/document-changes.ts';
import { nameOfPart, readingLines } from '#src/features/publishing/reading-lines.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';
import { getDb } from '#src/lib/database.ts';
import type { FieldErrors } from '#src/lib/form-errors.ts';
import { paths } from '#src/lib/paths.ts';
import { nameOf, showModule } from './module-page.server.ts';

/** Revisions that one page lists. */
export const MOST_LISTED = 200;

export interface ListedRevision {
  number: number;
  cause: RevisionCause;
  at: Date;
  by: string | null;
  isCurrent: boolean;
  /** The one that stood before it; null for the first one. */
  before: number | null;
}

export interface Comparison {
  from: number;
  to: number;
  /** The lines that differ. */
  lines: TextPiece[][];
}

export interface History {
  parts: { part: string; name: string }[];
  part: string;
  name: string;
  revisions: ListedRevision[];
  comparison: Comparison | null;
}

/**
 * The saved revisions of a part of a module's open draft, and two of them compared (`fran`, `till`) as text
 * to read. `history` is null when no draft is open.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` for a
 *   module that is neither published nor being written.
 */
export async function showHistory(
  actor: Actor | null,
  subject: string,
  search: URLSearchParams,
): Promise<{ title: string; history: History | null }> {
  requireRole(actor, 'redaktor', 'admin');
  const open = await readOpenDraft(getDb(), subject);
  const isFacts = subject === FACTS;
  if (!open && !isFacts) return { title: (await showModule(actor, subject)).title, history: null };
  const title = isFacts ? words.facts : open?.document?.meta.title || subject;
  return { title, history: open && (await readHistory(open, search)) };
}

async function readHistory(open: WholeDraft, search: URLSearchParams): Promise<History | null> {
  const db = getDb();
  const { id } = open.draft;
  const removed = await listRemovedParts(db, id);
  const contents = new Map<string, unknown>([
    ...removed.map(({ part, content }): [string, unknown] => [part, content]),
    ...open.parts.map(({ part, content }): [string, unknown] => [part, content]),
  ]);
  const parts = inOrder(await listPartNames(db, id), open.parts).map((part) => {
    const content = contents.get(part);
    return { part, name: factOfPart(part) ? nameOfPart(part, content) : nameOf(part, content) };
  });
  const chosen = parts.find(({ part }) => part === search.get('del')) ?? parts[0];
  if (!chosen) return null;
  const current = open.parts.find(({ part }) => part === chosen.part)?.revision;
  const rows = await listRevisions(db, id, chosen.part, MOST_LISTED);
  const revisions = rows.map((row, index): ListedRevision => {
    const by = row.savedBy === null ? null : shownEditor(row.saver);
    const { number, cause, savedAt: at } = row;
    return {
      number,
      cause,
      at,
      by,
      isCurrent: number === current,
      before: rows.slice(index + 1).find((earlier) => earlier.cause !== 'kept')?.number ?? null,
    };
  });
  return { parts, ...chosen, revisions, comparison: await compare(id, chosen.part, search) };
}

/** `modul` first, then the sections as they stand, removed ones, and the rest. */
function inOrder(names: readonly string[], rows: readonly { part: string; position: number }[]): string[] {
  const rank = (part: string) => {
    if (part === 'modul') return -1;
    if (slugOfPart(part) === null) return 10_000;
    return rows.find((row) => row.part === part)?.position ?? 5_000;
  };
  return names.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

async function compare(draftId: number, part: string, search: URLSearchParams): Promise<Comparison | null> {
  const [from, to] = [Number(search.get('fran')), Number(search.get('till'))];
  if (!isRevisionNumber(from) || !isRevisionNumber(to)) return null;
  const db = getDb();
  const [older, newer] = [
    await findRevision(db, draftId, part, from),
    await findRevision(db, draftId, part, to),
  ];
  if (!older || !newer) return null;
  const lines = compareLines(readingLines(part, older.content), readingLines(part, newer.content));
  return { from, to, lines };
}

function isRevisionNumber(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value < 2 ** 31;
}

/**
 * Lets an earlier revision (`nr`) of a part (`del`) stand again, as a new one. Returns where to go on, or what
 * stands in the way.
 *
 * @throws AppError as `showHistory`.
 */
export async function answerHistoryForm(
  actor: Actor | null,
  subject: string,
  form: Record<string, unknown>,
): Promise<{ kind: 'onward'; to: string } | { kind: 'refused'; part: string; errors: FieldErrors }> {
  requireRole(actor, 'redaktor', 'admin');
  const part = typeof form['del'] === 'string' ? form['del'] : '';
  const open = await readOpenDraft(getDb(), subject);
  if (!open) return { kind: 'refused', part, errors: { nr: words.errors.closed } };
  const number = Number(form['nr']);
  const change = isRevisionNumber(number)
    ? await restoreRevision(actor, open.draft.id, part, number)
    : ({ kind: 'refused', errors: { nr: words.errors.noSuchRevision } } as const);
  if (change.kind !== 'done') {
    const [message] = change.kind === 'refused' ? Object.values(change.errors) : [];
    return { kind: 'refused', part, errors: { nr: message } };
  }
  return { kind: 'onward', to: `${paths.moduleHistory(subject, part)}&klart=tillbaka` };
}
