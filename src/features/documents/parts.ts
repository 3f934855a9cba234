import type { Discussion, ModuleData, SectionData } from '#src/features/courses/courses.schema.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import type { Body } from './body.ts';
import type { ModuleDocument } from './document.ts';
import type { Facts } from '#src/features/facts/facts.ts';

/** What of a draft is edited, locked and saved by itself. */
export interface DraftPart {
  /** `modul`, `avsnitt/<slug>`, `kunskapskontroll` or `samtal`; of the facts `<kind>/<id>`. */
  part: string;
  /** The order of the sections and of the facts of a kind; 0 for the others. */
  position: number;
  content: unknown;
}

export interface ModulePart {
  meta: ModuleData;
  intro: Body;
}

export interface SectionPart {
  meta: SectionData;
  body: Body;
}

/** The kinds of facts, which are also their files' names and the beginnings of their parts' names. */
export const factKinds = ['laws', 'contacts', 'figures', 'sources', 'words'] as const;
export type FactKind = (typeof factKinds)[number];

/** The name of a section's part. */
export function sectionPart(slug: string): string {
  return `avsnitt/${slug}`;
}

/** The slug in the name of a section's part; null for other parts. */
export function slugOfPart(part: string): string | null {
  return /^avsnitt\/([a-z0-9][a-z0-9-]{0,79})$/.exec(part)?.[1] ?? null;
}

/** The kind and id in the name of a fact's part; null for other parts. */
export function factOfPart(part: string): { kind: FactKind; id: string } | null {
  const [, kind, id] = /^([a-z]+)\/([a-z0-9][a-z0-9-]{0,59})$/.exec(part) ?? [];
  return kind && id && factKinds.includes(kind as FactKind) ? { kind: kind as FactKind, id } : null;
}

/** A module as parts of a draft, in reading order. */
export function partsOf(document: ModuleDocument): DraftPart[] {
  const { meta, intro, sections, quiz, discussion } = document;
  return [
    { part: 'modul', position: 0, content: { meta, intro } satisfies ModulePart },
    ...sections.map((section, index) => ({
      part: sectionPart(section.slug),
      position: index + 1,
      content: { meta: section.meta, body: section.body } satisfies SectionPart,
    })),
    { part: 'kunskapskontroll', position: 0, content: quiz },
    { part: 'samtal', position: 0, content: discussion },
  ];
}

/**
 * The module that a draft's parts make. What the parts hold must have passed `draftPartSchema`; the module
 * may be unfinished, which `moduleDocumentSchema` tells. A missing part counts as an empty one. Questions for
 * a workplace come in the order of the sections.
 */
export function assembleModule(slug: string, parts: readonly DraftPart[]): ModuleDocument {
  const content = (name: string) => parts.find(({ part }) => part === name)?.content;
  const { meta, intro } = (content('modul') ?? emptyModule()) as ModulePart;
  const sections = parts
    .filter(({ part }) => slugOfPart(part) !== null)
    .sort((a, b) => a.position - b.position)
    .map(({ part, content: one }) => ({ slug: slugOfPart(part)!, ...(one as SectionPart) }));
  const discussion = (content('samtal') ?? null) as Discussion | null;
  return {
    slug,
    kind: meta.part === undefined ? 'fordjupning' : 'part',
    meta,
    intro,
    sections,
    quiz: (content('kunskapskontroll') ?? { passMark: 0.8, questions: [] }) as Quiz,
    discussion: discussion && inOrder(discussion, sections),
  };
}

function inOrder(discussion: Discussion, sections: readonly { slug: string }[]): Discussion {
  const place = (name: string) => {
    const index = sections.findIndex(({ slug }) => slug === name);
    return index < 0 ? sections.length : index;
  };
  return {
    ...discussion,
    sections: discussion.sections.toSorted((a, b) => place(a.section) - place(b.section)),
  };
}

const emptyModule = (): ModulePart => ({
  meta: { title: '', position: 1, audience: '', minutes: 1, lead: '', goals: [], summary: [], sources: [] },
  intro: { type: 'doc', content: [] },
});

/** The facts as parts of a draft. */
export function factParts(facts: Facts): DraftPart[] {
  return factKinds.flatMap((kind) =>
    facts[kind].map((fact, position) => ({ part: `${kind}/${fact.id}`, position, content: fact })),
  );
}

/** The facts that a draft's parts make. What the parts hold must have passed `draftPartSchema`. */
export function assembleFacts(parts: readonly DraftPart[]): Facts {
  const of = (kind: FactKind) =>
    parts
      .filter(({ part }) => factOfPart(part)?.kind === kind)
      .sort((a, b) => a.position - b.position || (a.part < b.part ? -1 : 1))
      .map(({ content }) => content);
  return Object.fromEntries(factKinds.map((kind) => [kind, of(kind)])) as unknown as Facts;
}
