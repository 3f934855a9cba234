import type { Contact, Figure, Law, Source } from './facts.schema.ts';
import { whyNotShown, type Facts } from './facts.ts';

/** Where a page finds the facts that its text names. Null: there is none, or it may not be shown. */
export interface FactLookup {
  law(id: string): Law | null;
  contact(id: string): Contact | null;
  figure(id: string): Figure | null;
  source(id: string): Source | null;
}

/** Facts by id. What is not verified is not shown (design rule 11). */
export function lookUpFacts(facts: Facts): FactLookup {
  const by = <T extends { id: string }>(all: readonly T[], isShown: (fact: T) => boolean) => {
    const known = new Map(all.filter(isShown).map((fact) => [fact.id, fact]));
    return (id: string) => known.get(id) ?? null;
  };
  const isShown = (fact: Law | Contact | Figure) => whyNotShown(fact) === null;
  return {
    law: by(facts.laws, isShown),
    contact: by(facts.contacts, isShown),
    figure: by(facts.figures, isShown),
    source: by(facts.sources, () => true),
  };
}
