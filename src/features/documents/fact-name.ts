import { readingWords as words } from '#src/i18n/reading-words.ts';
import type { FactKind } from './parts.ts';

/** The field of each kind that readers know a fact by. */
const NAMED_BY = {
  laws: 'short',
  contacts: 'name',
  figures: 'value',
  sources: 'title',
  words: 'avoid',
} as const;

/** A fact as readers know it, with the name that editors choose it by beside it: `Lagrum: SoL 19:1 (sol-19-1)`. */
export function nameOfFact({ kind, id }: { kind: FactKind; id: string }, content: unknown): string {
  const name = (content as Partial<Record<string, string>> | null)?.[NAMED_BY[kind]]?.trim();
  return `${words.factKinds[kind]}: ${name ? `${name} (${id})` : id}`;
}
