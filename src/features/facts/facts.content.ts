import { getCollection } from 'astro:content';
import type { FactLookup } from './facts-lookup.ts';
import { AppError } from '#src/lib/errors.ts';
import { isStale, whyNotShown, type CheckedFact } from './facts.ts';

const warned = new Set<string>();
let known: Promise<FactLookup> | undefined;

/**
 * The facts for the site's static pages. A look-up stops the build with `content-invalid` when the id is
 * unknown or the fact may not be shown, and warns once when its last check is more than six months old.
 */
export function siteFacts(): Promise<FactLookup> {
  if (import.meta.env.DEV) return readFacts();
  known ??= readFacts();
  return known;
}

async function readFacts(): Promise<FactLookup> {
  const [laws, contacts, figures, sources] = await Promise.all([
    getCollection('laws'),
    getCollection('contacts'),
    getCollection('figures'),
    getCollection('sources'),
  ]);
  return {
    law: lookUp('laws', laws, requireShown),
    contact: lookUp('contacts', contacts, requireShown),
    figure: lookUp('figures', figures, requireShown),
    source: lookUp('sources', sources, () => undefined),
  };
}

function lookUp<T>(
  kind: string,
  entries: readonly { id: string; data: T }[],
  require: (kind: string, fact: T) => void,
): (id: string) => T {
  const byId = new Map(entries.map(({ id, data }) => [id, data]));
  return (id) => {
    const fact = byId.get(id);
    if (!fact) throw new AppError('content-invalid', `content/fakta/${kind}.yaml: ${id} finns inte`);
    require(kind, fact);
    return fact;
  };
}

function requireShown(kind: string, fact: CheckedFact): void {
  const { id } = fact;
  const refusal = whyNotShown(fact);
  if (refusal) throw new AppError('content-invalid', `content/fakta/${kind}.yaml: ${id} ${refusal}`);
  // The build runs on the day of the build: nothing of it depends on the clock.
  if (isStale(fact, new Date().toISOString().slice(0, 10)) && !warned.has(id)) {
    warned.add(id);
    console.warn(`content/fakta/${kind}.yaml: ${id} kontrollerades senast ${fact.checked}`);
  }
}
