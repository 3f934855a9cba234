import type { Discussion, ModuleData, SectionData } from '#src/features/courses/courses.schema.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import type { Body } from './body.ts';

/** A section's page. Its file is its slug after its number in the order: `02-vad-menas-med-heder`. */
export interface SectionDocument {
  slug: string;
  meta: SectionData;
  body: Body;
}

/**
 * A whole module as editors write it: what drafts, versions and exports hold. `section` in the knowledge
 * check and in the discussion is a section's slug here, a file name in the files.
 */
export interface ModuleDocument {
  slug: string;
  kind: 'part' | 'fordjupning';
  meta: ModuleData;
  intro: Body;
  sections: SectionDocument[];
  quiz: Quiz;
  discussion: Discussion | null;
}

/** What was wrong in a file, and where. Lines and columns are counted from 1. */
export interface Problem {
  /** Within the content folder, with `/`. */
  file: string;
  line: number;
  column: number;
  reason: string;
}
