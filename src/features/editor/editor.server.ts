import { listModules } from '#db/queries/modules.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { PublishedSection } from '#src/features/courses/courses.ts';
import type { Body } from '#src/features/documents/body.ts';
import { isStale, whyNotShown, type CheckedFact, type Facts } from '#src/features/facts/facts.ts';
import { lookUpFacts, type FactLookup } from '#src/features/facts/facts-lookup.ts';
import { slugOfPart, type ModulePart, type SectionPart } from '#src/features/documents/parts.ts';
import { readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import { readFactsNow } from '#src/features/facts-editor/facts-desk.server.ts';
import type { Discussion } from '#src/features/courses/courses.schema.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import { course } from '#src/i18n/course.ts';
import { editorialWords } from '#src/i18n/editorial.ts';
import { linkPages } from '#src/i18n/editor.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { modulePath, sectionPath } from '#src/lib/paths.ts';
import type { DraftPartInput } from './draft-part.ts';
import type { FactChoice, FactChoices, PageChoice } from './text/editor-context.ts';
import type { SourceChoice, WritingProps } from './writing/writing.ts';

/** What the page of one part needs: the part to write in, and what to call it. */
interface PartPage {
  moduleTitle: string;
  title: string;
  /** The sections of the draft, in order. */
  sections: { slug: string; title: string }[];
  facts: FactLookup;
}

export type EditedPart =
  /** Nobody has a draft of the module open; its page offers to begin one. */
  | { kind: 'no-draft' }
  | (PartPage & { kind: 'module'; body: Body; props: WritingProps<ModulePart> })
  | (PartPage & { kind: 'section'; body: Body; props: WritingProps<SectionPart> })
  | (PartPage & { kind: 'quiz'; input: DraftPartInput<Quiz> })
  | (PartPage & { kind: 'discussion'; input: DraftPartInput<Discussion | null> });

/**
 * One part of a module's open draft, to be written in.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` when the
 *   draft has no such part.
 */
export async function showPart(actor: Actor | null, slug: string, name: string): Promise<EditedPart> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const open = await readOpenDraft(db, slug);
  if (!open) return { kind: 'no-draft' };
  const part = open.parts.find((one) => one.part === name);
  if (!part || !open.document) throw new AppError('not-found', 'the draft has no such part');
  const { facts } = await readFactsNow(db);
  const sectionSlug = slugOfPart(name);
  const sections = open.document.sections.map((section) => ({
    slug: section.slug,
    title: section.meta.title,
  }));
  const common = {
    moduleTitle: open.document.meta.title || slug,
    sections,
    facts: lookUpFacts(facts),
  };
  const input = <T>() => ({
    draftId: open.draft.id,
    part: name,
    revision: part.revision,
    content: part.content as T,
    writer: personId,
  });
  const choices = async () => ({
    facts: factChoices(facts, stockholmToday()),
    sources: facts.sources.map(({ id, title }): SourceChoice => ({ id, title })),
    pages: await pageChoices(),
  });
  if (name === 'kunskapskontroll') {
    return { ...common, kind: 'quiz', title: editorialWords.parts.kunskapskontroll, input: input<Quiz>() };
  }
  if (name === 'samtal') {
    return {
      ...common,
      kind: 'discussion',
      title: editorialWords.parts.samtal,
      input: input<Discussion | null>(),
    };
  }
  if (sectionSlug === null) {
    const props = { input: input<ModulePart>(), ...(await choices()) };
    return {
      ...common,
      kind: 'module',
      title: editorialWords.parts.modul,
      body: props.input.content.intro,
      props,
    };
  }
  const props = { input: input<SectionPart>(), ...(await choices()) };
  const title = props.input.content.meta.title.trim() || sectionSlug;
  return { ...common, kind: 'section', title, body: props.input.content.body, props };
}

function factChoices(facts: Facts, today: string): FactChoices {
  const choice = (fact: CheckedFact, title: string, text: string): FactChoice => {
    const reason = whyNotShown(fact);
    if (reason !== null) return { id: fact.id, title, text, state: 'unusable', reason };
    return { id: fact.id, title, text, state: isStale(fact, today) ? 'stale' : 'current' };
  };
  return {
    law: facts.laws.map((law) => choice(law, `${law.short}: ${law.title}`, law.text)),
    contact: facts.contacts.map((contact) =>
      choice(contact, contact.name, [contact.role, contact.phone].filter(Boolean).join(' ')),
    ),
    figure: facts.figures.map((figure) => choice(figure, figure.value, `${figure.label} (${figure.year})`)),
  };
}

/** Pages of the site to link to: the published modules with their sections, and pages that always are. */
async function pageChoices(): Promise<PageChoice[]> {
  const modules = (await listModules(getDb())).flatMap(({ module, version }) => {
    if (!version || module.slug === 'grundkurs') return [];
    const part = /^del-(\d+)$/.exec(module.slug)?.[1];
    const title = part ? `${course.part(Number(part))}: ${version.title}` : version.title;
    return [
      { path: modulePath(module.slug), title },
      ...(version.sections as PublishedSection[]).map((section) => ({
        path: sectionPath(module.slug, section.slug),
        title: `${title} › ${section.title}`,
      })),
    ];
  });
  return [...linkPages, ...modules];
}
