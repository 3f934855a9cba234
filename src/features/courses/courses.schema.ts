import { z } from 'zod';
import type { PublishedSection } from './courses.ts';

const sentence = z.string().trim().min(1);
const sources = z.array(sentence).min(1);

/** Frontmatter of a section, `NN-<section>.mdx`. */
export const sectionSchema = z.strictObject({
  title: sentence,
  minutes: z.int().min(1).max(30),
  lead: sentence,
  contentNote: sentence.optional(),
  sources,
});

/** Frontmatter of a module's `index.mdx`: a part of the grundkurs has `part`, a fördjupning `audience` and `position`. */
export const moduleSchema = z
  .strictObject({
    title: sentence,
    part: z.int().min(1).max(5).optional(),
    position: z.int().min(1).optional(),
    audience: sentence.optional(),
    minutes: z.int().min(1).max(120),
    lead: sentence,
    goals: z.array(sentence).min(3).max(5),
    contentNote: sentence.optional(),
    summary: z.array(sentence).min(4).max(6),
    sources,
  })
  .refine(
    (page) => (page.part === undefined) === (page.position !== undefined && page.audience !== undefined),
    {
      error: 'antingen part (grundkursen) eller audience och position (fördjupning)',
    },
  );

const question = sentence.max(200).endsWith('?');

/** What a workplace talks about when it goes through a module together, `samtal.yaml`. */
export const discussionSchema = z.strictObject({
  /** To whoever leads. */
  advice: z.array(sentence).min(2).max(6),
  /** For each section, by file name without extension, in order. */
  sections: z.array(z.strictObject({ section: sentence, questions: z.array(question).min(2).max(3) })).min(1),
  /** At the end. */
  closing: z.array(question).min(1).max(3),
});

/** Frontmatter of an information page in content/sidor. */
export const pageSchema = z.strictObject({ title: sentence, lead: sentence, updated: z.coerce.date() });

/** `sections` of a module version; those of the grundkurs as a whole are its parts. */
export const publishedSectionsSchema = z.array(
  z.object({ slug: sentence, title: sentence, file: sentence }) satisfies z.ZodType<PublishedSection>,
);

export type Discussion = z.infer<typeof discussionSchema>;
export type SectionData = z.infer<typeof sectionSchema>;
export type ModuleData = z.infer<typeof moduleSchema>;
