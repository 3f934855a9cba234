import { z } from 'zod';
import { cleanLine } from '#src/lib/text.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';

const line = (longest: number, missing: string, tooLong: string) =>
  z.string({ error: missing }).transform(cleanLine).pipe(z.string().min(1, missing).max(longest, tooLong));

/** The form for a new module. */
export const newModuleSchema = z.object({
  titel: line(120, words.errors.title, words.errors.titleLong),
  malgrupp: line(300, words.errors.audience, words.errors.audienceLong),
});

/** The title of a section. */
export const sectionTitleSchema = z.object({
  rubrik: line(120, words.errors.sectionTitle, words.errors.titleLong),
});
