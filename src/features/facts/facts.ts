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

/** The day from which a fact should have been checked again: six months after the latest check. */
export function staleFrom(fact: CheckedFact): string {
  const latest = fact.confirmed && fact.confirmed.on > fact.checked ? fact.confirmed.on : fact.checked;
  const date = new Date(`${latest}T00:00:00Z`);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + MONTHS_UNTIL_STALE);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.toISOString().slice(0, 10);
}

/** True when the fact's last check is more than six months old at `today` (YYYY-MM-DD). */
export function isStale(fact: CheckedFact, today: string): boolean {
  return today > staleFrom(fact);
}
