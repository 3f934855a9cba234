import type { ModuleData, SectionData } from '#src/features/courses/courses.schema.ts';
import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { readingText } from '#src/features/documents/reading-text.ts';
import { partName } from './part-names.ts';

/** A page of a module with running text: its introduction, or a section. */
export interface GatePage {
  part: string;
  meta: ModuleData | SectionData;
  body: Body;
  /** What the body says, in order, by top-level block. */
  texts: { block: number; text: string }[];
  /** The last section shows the module's summary too. */
  isLast: boolean;
}

/** A text that readers see, and where it stands. */
export interface PlacedText {
  part: string;
  text: string;
  block?: number;
  question?: string;
  field?: string;
}

/** The introduction and the sections, in order. */
export function pagesOf(document: ModuleDocument): GatePage[] {
  const pages = [
    { part: partName.module, meta: document.meta, body: document.intro },
    ...document.sections.map(({ slug, meta, body }) => ({ part: partName.section(slug), meta, body })),
  ];
  return pages.map((page, index) => ({
    ...page,
    texts: readingText(page.body),
    isLast: index > 0 && index === pages.length - 1,
  }));
}

/** Every text of a page's form: title, lead, goals … */
export function formTextsOf({ part, meta }: Pick<GatePage, 'part' | 'meta'>): PlacedText[] {
  const named: [string, string | undefined][] = [
    ['title', meta.title],
    ['lead', meta.lead],
    ['contentNote', meta.contentNote],
    ...('goals' in meta
      ? [
          ...meta.goals.map((text): [string, string] => ['goals', text]),
          ...meta.summary.map((text): [string, string] => ['summary', text]),
          ['audience', meta.audience] as [string, string | undefined],
        ]
      : []),
  ];
  return named.flatMap(([field, text]) => (text ? [{ part, field, text }] : []));
}

/** Every text of a module that somebody reads: pages, their forms, questions and conversation. */
export function textsOf(document: ModuleDocument, pages: readonly GatePage[]): PlacedText[] {
  return [
    ...pages.flatMap((page) => [
      ...formTextsOf(page),
      ...page.texts.map(({ block, text }) => ({ part: page.part, block, text })),
    ]),
    ...document.quiz.questions.flatMap(({ id, prompt, options }) =>
      [prompt, ...options.flatMap(({ text, feedback }) => [text, feedback])].map((text) => ({
        part: partName.quiz,
        question: id,
        text,
      })),
    ),
    ...discussionTexts(document),
  ];
}

function discussionTexts({ discussion }: ModuleDocument): PlacedText[] {
  if (!discussion) return [];
  const placed = (field: string) => (text: string) => ({ part: partName.discussion, field, text });
  return [
    ...discussion.advice.map(placed('advice')),
    ...discussion.sections.flatMap(({ questions }) => questions.map(placed('sections'))),
    ...discussion.closing.map(placed('closing')),
  ];
}
