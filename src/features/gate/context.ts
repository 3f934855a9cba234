import type { AvoidedWord, Facts } from '#src/features/facts/facts.ts';
import type { SiteLink } from './site-links.ts';

/** What a document is held against. */
export interface GateContext {
  /** The facts that pages show by id. */
  facts: Facts;
  /** YYYY-MM-DD in Stockholm. */
  today: string;
  /**
   * The addresses of the site's pages, and the anchors that can be linked to on each; null: not known.
   * The document's own pages need not be here.
   */
  pages: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** Words that the course does without. */
  words: readonly AvoidedWord[];
  /** The addresses of the pictures there are. Left out: not looked at. */
  pictures?: ReadonlySet<string>;
  /** The links to the document's pages from other modules. Left out: not looked at. */
  linksHere?: readonly SiteLink[];
}

/** Before any are published. */
export const NO_FACTS: Facts = { laws: [], contacts: [], figures: [], sources: [], words: [] };
