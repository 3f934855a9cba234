import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { findFact, staleFrom, whyNotShown, type CheckedFact, type Facts } from '#src/features/facts/facts.ts';
import { addMonths, stockholmDate } from '#src/lib/clock.ts';

/** A published module is read through again when this many months have passed. */
export const REVIEW_MONTHS = 12;

/** The kinds of facts that texts show by id, by the node that shows them. */
const SHOWN = { law: 'laws', contact: 'contacts', figure: 'figures' } as const;
export type ShownKind = (typeof SHOWN)[keyof typeof SHOWN];

/** A fact that a text shows: its kind and id. */
export interface UsedFact {
  kind: ShownKind;
  id: string;
}

/** The laws, contacts and figures that a module shows, each once. */
export function factsInUse({ intro, sections }: ModuleDocument): UsedFact[] {
  const found = new Map<string, UsedFact>();
  for (const body of [intro, ...sections.map((section) => section.body)]) {
    for (const fact of factsInBody(body)) found.set(`${fact.kind}/${fact.id}`, fact);
  }
  return [...found.values()];
}

interface AnyNode {
  type: string;
  attrs?: { id?: string };
  content?: readonly AnyNode[];
}

function factsInBody(body: Body): UsedFact[] {
  const found: UsedFact[] = [];
  const waiting = [...(body.content as unknown as readonly AnyNode[])];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const kind = SHOWN[node.type as keyof typeof SHOWN];
    if (kind && node.attrs?.id !== undefined) found.push({ kind, id: node.attrs.id });
    waiting.push(...(node.content ?? []));
  }
  return found;
}

/** The day when a module that was published at a moment is read through again, whatever its facts say. */
export function reviewDay(publishedAt: Date): string {
  return addMonths(stockholmDate(publishedAt), REVIEW_MONTHS);
}

/**
 * The day (YYYY-MM-DD) when a published module should be read through: twelve months after it was published,
 * or earlier, when the check of a fact that it shows gets too old.
 */
export function nextReview(publishedAt: Date, used: readonly UsedFact[], facts: Facts): string {
  const days = used.flatMap(({ kind, id }) => {
    const fact = findFact(facts, kind, id);
    return fact ? [staleFrom(fact)] : [];
  });
  return days.reduce((first, day) => (day < first ? day : first), reviewDay(publishedAt));
}

/** What is wrong with a fact on a day: unknown, not to be shown, or checked too long ago. Null: nothing. */
export function troubleWith(
  fact: CheckedFact | null,
  today: string,
): { kind: 'unknown' } | { kind: 'unusable'; reason: string } | { kind: 'stale'; since: string } | null {
  if (!fact) return { kind: 'unknown' };
  const reason = whyNotShown(fact);
  if (reason !== null) return { kind: 'unusable', reason };
  const since = staleFrom(fact);
  return today > since ? { kind: 'stale', since } : null;
}
