import { getEntry } from 'astro:content';
import type { Discussion } from '#src/features/courses/courses.schema.ts';

/** What a workplace talks about when it goes through a module; null where nobody has written anything. */
export async function findDiscussion(moduleSlug: string): Promise<Discussion | null> {
  return (await getEntry('discussions', moduleSlug))?.data ?? null;
}

/** The questions of one section, by file name; none for a section that came later. */
export function questionsOf(discussion: Discussion | null, file: string): string[] {
  return discussion?.sections.find(({ section }) => section === file)?.questions ?? [];
}
