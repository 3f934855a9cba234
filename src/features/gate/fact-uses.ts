import type { ModuleDocument } from '#src/features/documents/document.ts';
import { factsOf } from './nodes.ts';

/** A page that shows a fact. */
export interface FactUse {
  module: string;
  title: string;
}

const KINDS = { law: 'laws', contact: 'contacts', figure: 'figures' } as const;

/** The pages that show each fact, by the fact's part: `laws/sol-19-1`. */
export function findUses(modules: readonly ModuleDocument[]): Map<string, FactUse[]> {
  const uses = new Map<string, FactUse[]>();
  for (const { slug, meta: moduleMeta, intro, sections } of modules) {
    const pages = [{ meta: moduleMeta, body: intro }, ...sections];
    for (const { meta, body } of pages) {
      const shown = factsOf(body).map(({ node: { type, attrs } }) => `${KINDS[type]}/${attrs.id}`);
      const named = meta.sources.map((id) => `sources/${id}`);
      for (const part of new Set([...shown, ...named])) {
        uses.set(part, [...(uses.get(part) ?? []), { module: slug, title: meta.title }]);
      }
    }
  }
  return uses;
}
