import type { ModuleDocument } from '#src/features/documents/document.ts';
import { modulePath } from '#src/lib/paths.ts';
import { linksOf } from './nodes.ts';

/** A link within the site, on a module's page. */
export interface SiteLink {
  /** The module with the link. */
  slug: string;
  title: string;
  /** The page that it leads to, without what comes after `?` or `#`. */
  path: string;
}

/** The links within the site on the pages of modules. */
export function siteLinks(modules: readonly ModuleDocument[]): SiteLink[] {
  return modules.flatMap(({ slug, meta, intro, sections }) =>
    [intro, ...sections.map(({ body }) => body)]
      .flatMap(linksOf)
      .filter(({ href }) => /^\/(?!\/)/.test(href))
      .map(({ href }) => ({ slug, title: meta.title, path: /^[^?#]*/.exec(href)![0] })),
  );
}

/** Those that lead to a module's pages from others. */
export function linksTo(slug: string, links: readonly SiteLink[]): SiteLink[] {
  return links.filter((link) => link.slug !== slug && link.path.startsWith(modulePath(slug)));
}
