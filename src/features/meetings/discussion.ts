import { z } from 'zod';
import { discussionSchema, type Discussion } from '#src/features/courses/courses.schema.ts';

const documentSchema = z.object({ discussion: discussionSchema.nullable() });

/** What a workplace talks about, as a module's version has it; null where nobody has written anything. */
export function discussionOf(version: { document: unknown } | null): Discussion | null {
  const document = documentSchema.safeParse(version?.document);
  return document.success ? document.data.discussion : null;
}

/** The questions of one section, by its slug; none for a section that came later. */
export function questionsOf(discussion: Discussion | null, slug: string): string[] {
  return discussion?.sections.find(({ section }) => section === slug)?.questions ?? [];
}
