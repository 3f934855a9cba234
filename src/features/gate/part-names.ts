import { sectionPart } from '#src/features/documents/parts.ts';

/** The names of the parts of a module's draft. */
export const partName = {
  module: 'modul',
  section: sectionPart,
  quiz: 'kunskapskontroll',
  discussion: 'samtal',
} as const;
