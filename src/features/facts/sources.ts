import type { FactLookup } from './facts-lookup.ts';
import type { Source } from './facts.schema.ts';

/** The sources with these ids, in their order; those that there are none of are left out. */
export function sourcesOf(facts: FactLookup, ids: readonly string[]): Source[] {
  return ids.flatMap((id) => facts.source(id) ?? []);
}
