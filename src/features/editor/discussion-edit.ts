/** Changes to what a workplace talks about, each from one value to the next. Used by the form in the browser. */
import type { Discussion } from '#src/features/courses/courses.schema.ts';

/** How many texts each list holds when it is done. */
export const ADVICE = { least: 2, most: 6 };
export const QUESTIONS = { least: 2, most: 3 };
export const CLOSING = { least: 1, most: 3 };
export const LONGEST_QUESTION = 200;
export const LONGEST_ADVICE = 2_000;

/** A discussion that nobody has written yet, about these sections. */
export function emptyDiscussion(sections: readonly { slug: string }[]): Discussion {
  return {
    advice: ['', ''],
    sections: sections.map(({ slug }) => ({ section: slug, questions: ['', ''] })),
    closing: [''],
  };
}

/**
 * The discussion with every section of the module, in the module's order. Questions on sections that are
 * gone stand last, until somebody has taken care of them.
 */
export function alignDiscussion(discussion: Discussion, sections: readonly { slug: string }[]): Discussion {
  const slugs = new Set(sections.map(({ slug }) => slug));
  const ofModule = sections.map(
    ({ slug }) =>
      discussion.sections.find(({ section }) => section === slug) ?? { section: slug, questions: ['', ''] },
  );
  const gone = discussion.sections.filter(
    ({ section, questions }) => !slugs.has(section) && questions.some((text) => text.trim() !== ''),
  );
  return { ...discussion, sections: [...ofModule, ...gone] };
}

/** The same discussion with other questions on one section; none left on a section that is gone: without it. */
export function changeSection(
  discussion: Discussion,
  section: string,
  questions: readonly string[],
): Discussion {
  return {
    ...discussion,
    sections: discussion.sections.map((one) =>
      one.section === section ? { section, questions: [...questions] } : one,
    ),
  };
}
