/** What differs between two versions of a module, for those who have completed the earlier one. */
import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument, SectionDocument } from '#src/features/documents/document.ts';
import { readingText } from '#src/features/documents/reading-text.ts';
import type { Question, Quiz } from '#src/features/quiz/quiz.schema.ts';
import { refresherProblems } from '#src/i18n/refreshers.ts';

/**
 * The sections of the later version that are new or have other words than before, in its order. Text that
 * has moved, within its section or to another one, or been marked up otherwise is no change; a fact shown by
 * id, another picture and another judgement of a choice are. A section that only lost words has changed too.
 */
export function changedSections(from: ModuleDocument, to: ModuleDocument): SectionDocument[] {
  const before = signsOfModule(from);
  const after = signsOfModule(to);
  const earlier = new Map(from.sections.map((section) => [section.slug, section]));
  return to.sections.filter((section) => {
    const own = earlier.get(section.slug);
    return (
      signsOf(section).some((sign) => !before.has(sign)) ||
      (own !== undefined && signsOf(own).some((sign) => !after.has(sign)))
    );
  });
}

/** The questions of the later version that are about a changed section, or are new or changed themselves. */
export function changedQuestions(from: ModuleDocument, to: ModuleDocument): Question[] {
  const sections = new Set(changedSections(from, to).map(({ slug }) => slug));
  const earlier = new Map(from.quiz.questions.map((question) => [question.id, canonical(question)]));
  return to.quiz.questions.filter(
    (question) => sections.has(question.section) || earlier.get(question.id) !== canonical(question),
  );
}

/**
 * The knowledge check of a refresher: the questions on what has changed. Where there is none, the whole
 * check, since reading alone completes nothing.
 */
export function refresherQuiz(from: ModuleDocument, to: ModuleDocument): Quiz {
  const questions = changedQuestions(from, to);
  return questions.length > 0 ? { ...to.quiz, questions } : to.quiz;
}

/**
 * Why the later version cannot well be a new requirement, in words for an editor; null: it can. Those who
 * have completed the earlier one are to be asked about what has changed.
 */
export function refresherProblem(from: ModuleDocument, to: ModuleDocument): string | null {
  if (changedQuestions(from, to).length > 0) return null;
  const sections = changedSections(from, to);
  return sections.length === 0
    ? refresherProblems.nothing
    : refresherProblems.notAsked(sections.map(({ meta }) => meta.title));
}

/** How long the changed sections take to read, and then their questions, in minutes. */
export function refresherMinutes(sections: readonly SectionDocument[], quiz: Quiz): number {
  const reading = sections.reduce((sum, { meta }) => sum + meta.minutes, 0);
  return Math.max(1, reading + Math.ceil(quiz.questions.length / 2));
}

function signsOfModule({ sections }: ModuleDocument): Set<string> {
  return new Set(sections.flatMap(signsOf));
}

/** Everything that a section says: its sentences, and what stands in it that is no sentence. */
function signsOf({ meta, body }: SectionDocument): string[] {
  const texts = [meta.title, meta.lead, meta.contentNote ?? '', ...readingText(body).map(({ text }) => text)];
  return [...texts.flatMap(sentencesOf), ...thingsOf(body)];
}

/** Sentences, so that a paragraph that is divided in two says the same. Small and capital letters are kept. */
function sentencesOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/(?<=[.!?…:])\s+/u)
    .map((sentence) => sentence.replace(/\s+/gu, ' ').trim())
    .filter((sentence) => sentence !== '');
}

interface AnyNode {
  type: string;
  attrs?: Record<string, unknown> | undefined;
  content?: readonly AnyNode[] | undefined;
}

/** What a body shows that is no text of its own: facts by id, pictures, and how choices are judged. */
function thingsOf(body: Body): string[] {
  const walk = (node: AnyNode): string[] => [...thingOf(node), ...(node.content ?? []).flatMap(walk)];
  return walk(body as unknown as AnyNode);
}

function thingOf({ type, attrs = {} }: AnyNode): string[] {
  switch (type) {
    case 'law':
    case 'contact':
    case 'figure':
      return [`${type} ${String(attrs['id'])}`];
    case 'image':
      return [`${type} ${String(attrs['src'])}`];
    case 'choice':
      return [`${type} ${String(attrs['verdict'])} ${String(attrs['text'])}`];
    case 'option':
      return [`${type} ${String(attrs['correct'])} ${String(attrs['text'])}`];
    case 'work':
      return [`${type} ${String(attrs['for'])}`];
    default:
      return [];
  }
}

/** A question in one form only, without the section, which may be called something else. */
function canonical({ id, type, prompt, options }: Question): string {
  return JSON.stringify([
    id,
    type,
    prompt,
    options.map((option) => [option.id, option.text, option.correct ?? false, option.feedback]),
  ]);
}
