import type { DeskDraft } from '#db/queries/desk.ts';
import { measureReadability } from '#src/features/courses/readability.ts';
import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { readingText } from '#src/features/documents/reading-text.ts';
import { findFact, type Facts } from '#src/features/facts/facts.ts';
import { modulePath, sectionPath } from '#src/lib/paths.ts';
import {
  factsInUse,
  nextReview,
  reviewDay,
  troubleWith,
  type ShownKind,
  type UsedFact,
} from './next-review.ts';

/** Text with a higher LIX is too hard to read: the course promises less. */
export const HIGHEST_LIX = 44;

/** A published page as an editor follows it. */
export interface PageMeasure {
  title: string;
  href: string;
  words: number;
  lix: number;
  isHard: boolean;
}

/** Words and LIX of each page of a module: the introduction and the sections, in order. */
export function measurePages({ slug, meta, intro, sections }: ModuleDocument): PageMeasure[] {
  return [
    measurePage(meta.title, modulePath(slug), intro),
    ...sections.map((section) =>
      measurePage(section.meta.title, sectionPath(slug, section.slug), section.body),
    ),
  ];
}

function measurePage(title: string, href: string, body: Body): PageMeasure {
  const text = readingText(body).map((one) => one.text);
  const { words, lix } = measureReadability(text.join('\n'));
  return { title, href, words, lix, isHard: lix > HIGHEST_LIX };
}

/** Where a module stands: as published, or what its draft waits for. */
export type ModuleState = 'published' | 'writing' | 'review' | 'approved' | 'planned';

/** The state of a module with or without a draft. */
export function stateOf(draft: Pick<DeskDraft, 'state' | 'dueAt'> | undefined): ModuleState {
  if (!draft) return 'published';
  return draft.dueAt === null ? draft.state : 'planned';
}

/** A module as it is published now. */
export interface PublishedModule {
  slug: string;
  title: string;
  version: number;
  publishedAt: Date;
  document: ModuleDocument;
}

/** A published module with what its editors follow. */
export interface MeasuredModule extends PublishedModule {
  pages: PageMeasure[];
  used: UsedFact[];
  nextReview: string;
}

/** Everything that an editor follows of a published module. */
export function measureModule(module: PublishedModule, facts: Facts): MeasuredModule {
  const used = factsInUse(module.document);
  return {
    ...module,
    pages: measurePages(module.document),
    used,
    nextReview: nextReview(module.publishedAt, used, facts),
  };
}

/** Something for an editor to do. */
export type Task =
  | { kind: 'review'; subject: string; title: string }
  | { kind: 'failed'; id: number; title: string; failure: string | null }
  | { kind: 'unknown'; fact: UsedFact; modules: string[] }
  | { kind: 'unusable'; fact: UsedFact; name: string; reason: string; modules: string[] }
  | { kind: 'stale'; fact: UsedFact; name: string; since: string; modules: string[] }
  /** Facts that no module shows: nothing waits for them, so they are told together. */
  | { kind: 'unused'; trouble: 'unusable' | 'stale'; facts: number }
  | { kind: 'due'; subject: string; title: string; since: string }
  | { kind: 'hard'; title: string; href: string; lix: number }
  | { kind: 'shipped'; subject: string; title: string };

/** The facts that need somebody: each with the modules that show it, those that no module shows together. */
export function factTasks(modules: readonly MeasuredModule[], facts: Facts, today: string): Task[] {
  const users = new Map<string, { fact: UsedFact; modules: string[] }>();
  const note = (fact: UsedFact, title?: string) => {
    const key = `${fact.kind}/${fact.id}`;
    const entry = users.get(key) ?? { fact, modules: [] };
    if (title !== undefined) entry.modules.push(title);
    users.set(key, entry);
  };
  for (const { title, used } of modules) for (const fact of used) note(fact, title);
  for (const kind of ['laws', 'contacts', 'figures'] as const)
    for (const { id } of facts[kind]) note({ kind, id });
  const unused = { unusable: 0, stale: 0 };
  const tasks = [...users.values()].flatMap(({ fact, modules: titles }): Task[] => {
    const trouble = troubleWith(findFact(facts, fact.kind, fact.id), today);
    if (!trouble) return [];
    const task = { fact, modules: titles };
    if (trouble.kind === 'unknown') return [{ ...task, kind: 'unknown' }];
    if (titles.length > 0) return [{ ...task, ...trouble, name: shortNameOf(facts, fact) }];
    unused[trouble.kind] += 1;
    return [];
  });
  const together = (['unusable', 'stale'] as const).flatMap((trouble): Task[] =>
    unused[trouble] > 0 ? [{ kind: 'unused', trouble, facts: unused[trouble] }] : [],
  );
  return [...tasks, ...together];
}

/** A fact in few words; a figure by what it counts, since its number alone says little. */
export function shortNameOf(facts: Facts, { kind, id }: UsedFact): string {
  const names: Record<ShownKind, string | undefined> = {
    laws: findFact(facts, 'laws', id)?.short,
    contacts: findFact(facts, 'contacts', id)?.name,
    figures: findFact(facts, 'figures', id)?.label,
  };
  return names[kind] ?? id;
}

/** Published modules that nobody has changed for a year, and pages that are hard to read. Their facts are tasks of their own. */
export function moduleTasks(modules: readonly MeasuredModule[], today: string): Task[] {
  return [
    ...modules.flatMap(({ slug, title, publishedAt }): Task[] => {
      const since = reviewDay(publishedAt);
      return today >= since ? [{ kind: 'due', subject: slug, title, since }] : [];
    }),
    ...modules.flatMap(({ pages }) =>
      pages.flatMap(({ title, href, lix, isHard }): Task[] =>
        isHard ? [{ kind: 'hard', title, href, lix }] : [],
      ),
    ),
  ];
}
