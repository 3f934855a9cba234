/** The facts as editors list them: what they are called, whether they may be shown, what a draft changes. */
import { factKinds, type FactKind } from '#src/features/documents/parts.ts';
import { canonicalJson } from '#src/features/documents/canonical-json.ts';
import { isSame } from '#src/features/editorial/merge.ts';
import { isCheckedKind, type AnyFact } from './fact-form.ts';
import {
  findFact,
  isStale,
  lastCheck,
  staleFrom,
  whyNotShown,
  type AvoidedWord,
  type CheckedFact,
  type Facts,
} from '#src/features/facts/facts.ts';
import type { Contact, Figure, Law, Source } from '#src/features/facts/facts.schema.ts';

export type FactMark = 'new' | 'changed' | 'removed';

export type FactCondition =
  | { kind: 'current' }
  | { kind: 'stale'; since: string }
  | { kind: 'unusable'; reason: string }
  /** A word has no day of check. */
  | { kind: 'unchecked' };

/** A place where a fact is shown, or that it is a source of. */
export type FactUse =
  | { kind: 'module'; slug: string; title: string; isDraft: boolean }
  | { kind: 'page'; name: string }
  | { kind: 'fact'; factKind: FactKind; id: string; title: string };

export interface ListedFact {
  kind: FactKind;
  id: string;
  title: string;
  text: string;
  condition: FactCondition;
  isConfirmed: boolean;
  checked: string | null;
  uses: FactUse[];
  mark: FactMark | null;
}

/** What a fact is called, and the line under it. */
export function nameOf(kind: FactKind, fact: AnyFact): { title: string; text: string } {
  switch (kind) {
    case 'laws':
      return { title: (fact as Law).short, text: (fact as Law).title };
    case 'contacts':
      return { title: (fact as Contact).name, text: (fact as Contact).role };
    case 'figures':
      return { title: (fact as Figure).value, text: (fact as Figure).label };
    case 'sources':
      return { title: (fact as Source).title, text: (fact as Source).url ?? '' };
    case 'words':
      return { title: (fact as AvoidedWord).avoid, text: (fact as AvoidedWord).instead };
  }
}

/** Whether a fact may be shown on a day (YYYY-MM-DD), and whether its check is too old. */
export function conditionOf(kind: FactKind, fact: AnyFact, today: string): FactCondition {
  if (kind === 'words') return { kind: 'unchecked' };
  const { checked } = fact as Source;
  const own = isCheckedKind(kind) ? (fact as Law) : { id: fact.id, status: 'verified' as const, checked };
  const reason = whyNotShown(own);
  if (reason !== null) return { kind: 'unusable', reason };
  return isStale(own, today) ? { kind: 'stale', since: staleFrom(own) } : { kind: 'current' };
}

/** The day of the latest check or confirmation; null for a word. */
export function checkedOn(kind: FactKind, fact: AnyFact): string | null {
  if (kind === 'words') return null;
  return lastCheck(fact as CheckedFact);
}

/** What a draft does to a fact; null when it leaves it alone. */
export function markOf(published: AnyFact | null, drafted: AnyFact | null): FactMark | null {
  if (!published) return drafted ? 'new' : null;
  if (!drafted) return 'removed';
  return isSame(published, drafted) ? null : 'changed';
}

/** Two facts with the same text under this are the same. */
export function fingerprint(fact: AnyFact | null): string {
  return fact ? canonicalJson(fact) : '';
}

/** Every fact, published or drafted, in the order of the files. Those that the draft has removed stand last. */
export function listFacts(
  published: Facts,
  drafted: Facts | null,
  usesOf: (kind: FactKind, id: string) => FactUse[],
  today: string,
): ListedFact[] {
  const shown = drafted ?? published;
  return factKinds.flatMap((kind) => {
    const removed = (published[kind] as AnyFact[]).filter(({ id }) => !findFact(shown, kind, id));
    return [...(shown[kind] as AnyFact[]), ...removed].map((fact): ListedFact => {
      const { id } = fact;
      const isConfirmed = isCheckedKind(kind) && (fact as Law).status === 'uncertain';
      return {
        kind,
        id,
        ...nameOf(kind, fact),
        condition: conditionOf(kind, fact, today),
        isConfirmed,
        checked: checkedOn(kind, fact),
        uses: usesOf(kind, id),
        mark: drafted ? markOf(findFact(published, kind, id), findFact(drafted, kind, id)) : null,
      };
    });
  });
}

/** What of the facts an editor wants to see. */
export interface FactFilter {
  kind: FactKind | null;
  state: string;
  search: string;
}

/** Reads a filter from an address; what is unknown there is left out. */
export function readFilter(search: URLSearchParams, states: readonly string[]): FactFilter {
  const kind = search.get('slag') as FactKind | null;
  const state = search.get('lage') ?? '';
  return {
    kind: kind && factKinds.includes(kind) ? kind : null,
    state: states.includes(state) ? state : '',
    search: (search.get('sok') ?? '').trim().slice(0, 100),
  };
}

/** Whether a fact is among those that the filter asks for. */
export function isAsked(fact: ListedFact, { kind, state, search }: FactFilter): boolean {
  if (kind && fact.kind !== kind) return false;
  const text = `${fact.title} ${fact.text} ${fact.id}`.toLowerCase();
  if (
    !search
      .toLowerCase()
      .split(/\s+/u)
      .every((word) => text.includes(word))
  )
    return false;
  switch (state) {
    case 'aktuella':
      return fact.condition.kind === 'current';
    case 'gamla':
      return fact.condition.kind === 'stale';
    case 'stoppade':
      return fact.condition.kind === 'unusable';
    case 'andrade':
      return fact.mark !== null;
    case 'oanvanda':
      return fact.uses.length === 0 && fact.kind !== 'words';
    default:
      return true;
  }
}
