import { listRemovedParts } from '#db/queries/draft-revisions.ts';
import type { Executor } from '#db/client.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { findFact, type Facts } from '#src/features/facts/facts.ts';
import type { FactKind } from '#src/features/documents/parts.ts';
import { findCurrentFacts, readOpenDraft, type WholeDraft } from '#src/features/editorial/drafts.server.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { factsEditor } from '#src/i18n/facts-editor.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import type { AnyFact } from './fact-form.ts';
import {
  conditionOf,
  fingerprint,
  isAsked,
  listFacts,
  markOf,
  nameOf,
  readFilter,
  type FactCondition,
  type FactFilter,
  type FactMark,
  type FactUse,
  type ListedFact,
} from './fact-list.ts';
import { findUses } from './fact-uses.server.ts';
import type { Source } from '#src/features/facts/facts.schema.ts';

/** The facts as readers have them, and as the open draft has them. */
export interface FactsNow {
  published: Facts;
  open: WholeDraft | null;
  /** What an editor changes: the draft's, or else what is published. */
  facts: Facts;
}

/** @throws AppError `not-found` when no facts have been published. */
export async function readFactsNow(db: Executor): Promise<FactsNow> {
  const version = await findCurrentFacts(db);
  if (!version) throw new AppError('not-found', 'no facts are published');
  const published = version.facts as Facts;
  const open = await readOpenDraft(db, FACTS);
  return { published, open, facts: open?.facts ?? published };
}

export interface DraftSummary {
  id: number;
  state: string;
  changed: number;
  added: number;
  removed: number;
}

export interface FactsPage {
  facts: ListedFact[];
  filter: FactFilter;
  isFiltered: boolean;
  draft: DraftSummary | null;
}

/**
 * The facts that the filter asks for, with what the open draft changes in them.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` when no
 *   facts have been published.
 */
export async function showFacts(actor: Actor | null, search: URLSearchParams): Promise<FactsPage> {
  requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const { published, open, facts } = await readFactsNow(db);
  const all = listFacts(published, open?.facts ?? null, await findUses(db, facts), stockholmToday());
  const filter = readFilter(search, Object.keys(factsEditor.states));
  const marked = (mark: FactMark) => all.filter((fact) => fact.mark === mark).length;
  return {
    facts: all.filter((fact) => isAsked(fact, filter)),
    filter,
    isFiltered: filter.kind !== null || filter.state !== '' || filter.search !== '',
    draft: open && {
      id: open.draft.id,
      state: open.draft.state,
      changed: marked('changed'),
      added: marked('new'),
      removed: marked('removed'),
    },
  };
}

/** What a form must say it was made from, so that nobody's text is written over unseen. */
export interface FactBase {
  /** The open draft; null: none was open. */
  draftId: number | null;
  revision: number;
  /** What the fact said. */
  seen: string;
}

export interface FactPage {
  kind: FactKind;
  id: string;
  title: string;
  today: string;
  /** As the draft has it, or as it is published; null: removed in the draft. */
  fact: AnyFact | null;
  published: AnyFact | null;
  mark: FactMark | null;
  base: FactBase;
  condition: FactCondition;
  uses: FactUse[];
  sources: Source[];
  draftState: string | null;
  /** The revision to bring back where the fact is removed. */
  removedAs: number | null;
}

/**
 * One fact to write in.
 *
 * @throws as `showFacts`; `not-found` also when there is no such fact.
 */
export async function showFact(actor: Actor | null, kind: FactKind, id: string): Promise<FactPage> {
  requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const { published, open, facts } = await readFactsNow(db);
  const before = findFact(published, kind, id);
  const fact = findFact(facts, kind, id);
  const shown = fact ?? before;
  if (!shown) throw new AppError('not-found', 'no fact by this id');
  const today = stockholmToday();
  const name = `${kind}/${id}`;
  const removed = fact || !open ? [] : await listRemovedParts(db, open.draft.id);
  return {
    kind,
    id,
    title: nameOf(kind, shown).title,
    today,
    fact,
    published: before,
    mark: open ? markOf(before, fact) : null,
    base: {
      draftId: open?.draft.id ?? null,
      revision: open?.parts.find(({ part }) => part === name)?.revision ?? 0,
      seen: fingerprint(fact),
    },
    condition: conditionOf(kind, shown, today),
    uses: (await findUses(db, facts))(kind, id),
    sources: facts.sources,
    draftState: open?.draft.state ?? null,
    removedAs: removed.find(({ part }) => part === name)?.number ?? null,
  };
}

/** The sources to hold a fact against; of a source itself. */
export function sourcesOf(kind: FactKind, fact: AnyFact, sources: readonly Source[]): Source[] {
  if (kind === 'sources') return [fact as Source];
  return 'sources' in fact ? sources.filter(({ id }) => fact.sources.includes(id)) : [];
}

/**
 * What a new fact is made from.
 *
 * @throws as `showFacts`.
 */
export async function showNewFact(actor: Actor | null): Promise<{ sources: Source[]; today: string }> {
  requireRole(actor, 'redaktor', 'admin');
  const { facts } = await readFactsNow(getDb());
  return { sources: facts.sources, today: stockholmToday() };
}
