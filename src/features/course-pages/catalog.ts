import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { modulePath, quizPath, sectionPath } from '#src/lib/paths.ts';
import type { ModuleData, SectionData } from '#src/features/courses/courses.schema.ts';

/** A section with its place in the module, for pages. */
export interface CatalogSection {
  slug: string;
  href: string;
  data: SectionData;
  body: Body;
}

/** A part or fördjupning with its sections in order, for pages. */
export interface CatalogModule {
  slug: string;
  href: string;
  quizHref: string;
  data: ModuleData;
  intro: Body;
  sections: CatalogSection[];
}

/** Where a module's pages are: on the site, in a preview, or among earlier versions. */
export interface ModuleAddresses {
  module: (slug: string) => string;
  section: (slug: string, section: string) => string;
  quiz: (slug: string) => string;
}

const site: ModuleAddresses = { module: modulePath, section: sectionPath, quiz: quizPath };

/** A module as its pages show it. */
export function toCatalogModule(document: ModuleDocument, addresses = site): CatalogModule {
  const { slug, meta, intro, sections } = document;
  return {
    slug,
    href: addresses.module(slug),
    quizHref: addresses.quiz(slug),
    data: meta,
    intro,
    sections: sections.map((section) => ({
      slug: section.slug,
      href: addresses.section(slug, section.slug),
      data: section.meta,
      body: section.body,
    })),
  };
}
