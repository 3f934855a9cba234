import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Executor } from '#db/client.ts';
import { listFactUses } from '#db/queries/fact-use.ts';
import { findFact, type Facts } from '#src/features/facts/facts.ts';
import type { FactKind } from '#src/features/documents/parts.ts';
import { nameOf, type FactUse } from './fact-list.ts';
import type { Law } from '#src/features/facts/facts.schema.ts';

const KIND_OF: Record<string, FactKind> = { law: 'laws', contact: 'contacts', figure: 'figures' };

/** Where each fact is shown, and what each source is a source of. */
export type FactUses = (kind: FactKind, id: string) => FactUse[];

/**
 * Finds every place where a fact stands: in modules as readers meet them, in open drafts of modules, on the
 * pages beside the course (`content/sidor`), and, for a source, in the other facts.
 */
export async function findUses(db: Executor, facts: Facts, root = 'content'): Promise<FactUses> {
  const uses = new Map<string, FactUse[]>();
  const note = (kind: FactKind, id: string, use: FactUse) => {
    const key = `${kind}/${id}`;
    const known = uses.get(key);
    if (known) known.push(use);
    else uses.set(key, [use]);
  };
  for (const { slug, title, isDraft, shown, sources } of await listFactUses(db)) {
    const use: FactUse = { kind: 'module', slug, title, isDraft };
    for (const reference of shown) {
      const [type = '', id = ''] = reference.split('/');
      const kind = KIND_OF[type];
      if (kind) note(kind, id, use);
    }
    for (const id of sources) note('sources', id, use);
  }
  for (const { name, kind, id } of shownOnPages(root)) note(kind, id, { kind: 'page', name });
  for (const kind of ['laws', 'contacts', 'figures'] as const) {
    for (const fact of facts[kind] as Law[]) {
      const { title } = nameOf(kind, findFact(facts, kind, fact.id) ?? fact);
      for (const source of fact.sources)
        note('sources', source, { kind: 'fact', factKind: kind, id: fact.id, title });
    }
  }
  return (kind, id) => withoutDoubles(uses.get(`${kind}/${id}`) ?? []);
}

/** A module whose draft shows what its published version shows stands once, as published. */
function withoutDoubles(uses: readonly FactUse[]): FactUse[] {
  const published = new Set(uses.flatMap((use) => (use.kind === 'module' && !use.isDraft ? [use.slug] : [])));
  const pages = new Set<string>();
  return uses.filter((use) => {
    if (use.kind === 'module') return !use.isDraft || !published.has(use.slug);
    if (use.kind === 'fact') return true;
    const isNew = !pages.has(use.name);
    pages.add(use.name);
    return isNew;
  });
}

/** The facts on the pages beside the course, which developers write. They change with the software only. */
function shownOnPages(root: string): { name: string; kind: FactKind; id: string }[] {
  const folder = join(root, 'sidor');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mdx'))
    .flatMap((file) => {
      const mdx = readFileSync(join(folder, file), 'utf8');
      return [...mdx.matchAll(/<(Law|Contact|Figure)\s+id="([^"]+)"/gu)].map(([, type = '', id = '']) => ({
        name: /^title:\s*['"]?(.+?)['"]?\s*$/mu.exec(mdx)?.[1] ?? file.replace('.mdx', ''),
        kind: KIND_OF[type.toLowerCase()]!,
        id,
      }));
    });
}
