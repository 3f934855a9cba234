import type { Contact, Figure, Law, Source } from './facts.schema.ts';

/** A word that the course does without, and what to say instead. */
export interface AvoidedWord {
  id: string;
  avoid: string;
  instead: string;
  why: string;
}

/** What the fact files hold. */
export interface Facts {
  laws: Law[];
  contacts: Contact[];
  figures: Figure[];
  sources: Source[];
  words: AvoidedWord[];
}

/** A fact by its id; null when there is none. */
export function findFact<Kind extends keyof Facts>(
  facts: Facts,
  kind: Kind,
  id: string,
): Facts[Kind][number] | null {
  return (facts[kind] as Facts[Kind][number][]).find((fact) => fact.id === id) ?? null;
}

/** What every law, contact and figure says of its own reliability. */
export interface CheckedFact {
  id: string;
  status: 'verified' | 'uncertain' | 'unverified';
  checked: string;
  confirmed?: { by: string; on: string } | undefined;
}

const MONTHS_UNTIL_STALE = 6;

/** Why a fact may not be shown, or null when it may (design rule 11: what is not verified is not shown). */
export function whyNotShown(fact: CheckedFact): string | null {
  if (fact.status === 'unverified') return 'är inte verifierad';
  if (fact.status === 'uncertain' && !fact.confirmed) return 'är osäker och har inte bekräftats';
  return null;
}

/** The day of a fact's latest check or confirmation. */
export function lastCheck(fact: CheckedFact): string {
  return fact.confirmed && fact.confirmed.on > fact.checked ? fact.confirmed.on : fact.checked;
}

/** The day from which a fact should have been checked again: six months after the latest check. */
export function staleFrom(fact: CheckedFact): string {
  const date = new Date(`${lastCheck(fact)}T00:00:00Z`);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + MONTHS_UNTIL_STALE);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.toISOString().slice(0, 10);
}

/** True when the fact's last check is more than six months old at `today` (YYYY-MM-DD). */
export function isStale(fact: CheckedFact, today: string): boolean {
  return today > staleFrom(fact);
}
