import { getCollection, type CollectionEntry } from 'astro:content';
import { modulePath, sectionPath } from '#src/lib/paths.ts';
import { sectionSlug } from './courses.ts';

/** A section with its place in the module, for pages. */
export interface CatalogSection {
  entry: CollectionEntry<'sections'>;
  slug: string;
  href: string;
}

/** A part or fördjupning with its sections in order. */
export interface CatalogModule {
  slug: string;
  href: string;
  entry: CollectionEntry<'modules'>;
  data: CollectionEntry<'modules'>['data'];
  sections: CatalogSection[];
}

/** The five parts of the grundkurs, in order. */
export async function listParts(): Promise<CatalogModule[]> {
  return listModules((module) => module.part);
}

/** The fördjupningar, in order. */
export async function listFordjupningar(): Promise<CatalogModule[]> {
  return listModules((module) => module.position);
}

async function listModules(
  place: (data: CollectionEntry<'modules'>['data']) => number | undefined,
): Promise<CatalogModule[]> {
  const [modules, sections] = await Promise.all([getCollection('modules'), getCollection('sections')]);
  return modules
    .filter((entry) => place(entry.data) !== undefined)
    .sort((a, b) => (place(a.data) ?? 0) - (place(b.data) ?? 0))
    .map((entry) => ({
      slug: entry.id,
      href: modulePath(entry.id),
      entry,
      data: entry.data,
      sections: sections
        .filter((section) => section.id.startsWith(`${entry.id}/`))
        .sort((a, b) => a.id.localeCompare(b.id))
        .map((section) => toCatalogSection(entry.id, section)),
    }));
}

function toCatalogSection(moduleSlug: string, entry: CollectionEntry<'sections'>): CatalogSection {
  const slug = sectionSlug(entry.id.slice(moduleSlug.length + 1));
  return { entry, slug, href: sectionPath(moduleSlug, slug) };
}
