import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { whyNotShown, type Facts } from '#src/features/facts/facts.ts';

interface AnyNode {
  type: string;
  attrs?: { id?: string };
  content?: readonly AnyNode[];
}

const KINDS = { law: 'laws', contact: 'contacts', figure: 'figures' } as const;

/**
 * The facts that a module shows or names as sources and that are not there, or may not be shown: a page
 * with one of them cannot be built.
 */
export function missingFacts({ meta, intro, sections }: ModuleDocument, facts: Facts): string[] {
  const missing = new Set<string>();
  const pages = [{ meta, body: intro }, ...sections];
  for (const page of pages) {
    for (const id of page.meta.sources)
      if (!facts.sources.some((source) => source.id === id)) missing.add(id);
    for (const [kind, id] of referencesIn(page.body)) {
      const fact = facts[kind].find((one) => one.id === id);
      if (!fact || whyNotShown(fact) !== null) missing.add(id);
    }
  }
  return [...missing];
}

function referencesIn(body: Body): [(typeof KINDS)[keyof typeof KINDS], string][] {
  const found: [(typeof KINDS)[keyof typeof KINDS], string][] = [];
  const waiting: AnyNode[] = [body as AnyNode];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type in KINDS) found.push([KINDS[node.type as keyof typeof KINDS], node.attrs?.id ?? '']);
    waiting.push(...(node.content ?? []));
  }
  return found;
}
