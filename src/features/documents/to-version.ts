import type { PublishedSection } from '#src/features/courses/courses.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import type { ModuleDocument } from './document.ts';
import { hashDocument } from './hash.ts';

export { positionOf } from './course-order.ts';

/** What a module's version holds, beside its number. */
export interface VersionContent {
  moduleSlug: string;
  title: string;
  contentHash: string;
  /** With file names as sections: what earlier versions hold, and what results refer to. */
  quiz: Quiz;
  sections: PublishedSection[];
  document: ModuleDocument;
}

/** The file name, without extension, of the section that is `index` (from 0) in its module. */
export function sectionFile(slug: string, index: number): string {
  return `${String(index + 1).padStart(2, '0')}-${slug}`;
}

/** The knowledge check with sections by file name, as quiz.yaml and versions have it. */
export function quizWithFiles({ quiz, sections }: Pick<ModuleDocument, 'quiz' | 'sections'>): Quiz {
  const files = new Map(sections.map(({ slug }, index) => [slug, sectionFile(slug, index)]));
  return {
    ...quiz,
    questions: quiz.questions.map((question) => ({
      ...question,
      section: files.get(question.section) ?? question.section,
    })),
  };
}

/** What `insertVersion` stores of a document in its final form. */
export function toVersion(document: ModuleDocument): VersionContent {
  return {
    moduleSlug: document.slug,
    title: document.meta.title,
    contentHash: hashDocument(document),
    quiz: quizWithFiles(document),
    sections: document.sections.map(({ slug, meta }, index) => ({
      slug,
      title: meta.title,
      file: sectionFile(slug, index),
    })),
    document,
  };
}
