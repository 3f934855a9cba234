import { z } from 'zod';
import { limits } from '#src/lib/limits.ts';
import { sentenceIn, type Mode } from '#src/lib/text.schema.ts';
import type { PublishedSection } from './courses.ts';

const sentence = z.string().trim().min(1);

/** A list; in a draft it may hold fewer than it must in the end, and somewhat more. */
function listIn<T extends z.ZodType>(mode: Mode, one: T, least: number, most: number) {
  return mode === 'final' ? z.array(one).min(least).max(most) : z.array(one).max(most + 20);
}

/** A heads-up that is empty is none. */
const withoutEmptyNote = <T extends { contentNote?: string | undefined }>(data: T): T => {
  if (data.contentNote === undefined || data.contentNote.trim() !== '') return data;
  const { contentNote: _, ...rest } = data;
  return rest as T;
};

const sectionIn = (mode: Mode) =>
  z
    .strictObject({
      title: sentenceIn(mode, limits.attribute),
      minutes: z.int().min(1).max(30),
      lead: sentenceIn(mode),
      contentNote: sentenceIn('draft').optional(),
      sources: listIn(mode, sentenceIn(mode, 60), 1, 60),
    })
    .overwrite(mode === 'final' ? withoutEmptyNote : (data) => data);

const moduleIn = (mode: Mode) =>
  z
    .strictObject({
      title: sentenceIn(mode, limits.attribute),
      part: z.int().min(1).max(5).optional(),
      position: z.int().min(1).max(1_000).optional(),
      audience: sentenceIn(mode).optional(),
      minutes: z.int().min(1).max(120),
      lead: sentenceIn(mode),
      goals: listIn(mode, sentenceIn(mode), 3, 5),
      contentNote: sentenceIn('draft').optional(),
      summary: listIn(mode, sentenceIn(mode), 4, 6),
      sources: listIn(mode, sentenceIn(mode, 60), 1, 60),
    })
    .refine(
      ({ part, position, audience }) =>
        (part === undefined) === (position !== undefined && (audience !== undefined || mode === 'draft')) &&
        (part === undefined || audience === undefined),
      { error: 'antingen part (grundkursen) eller audience och position (fördjupning)' },
    )
    .overwrite(mode === 'final' ? withoutEmptyNote : (data) => data);

const questionIn = (mode: Mode) =>
  mode === 'final'
    ? sentenceIn(mode, 200).refine((text) => text.endsWith('?'), 'frågan slutar inte med ett frågetecken')
    : sentenceIn(mode, 200);

const discussionIn = (mode: Mode) =>
  z.strictObject({
    /** To whoever leads. */
    advice: listIn(mode, sentenceIn(mode), 2, 6),
    /** For each section, by its slug (in files by file name without extension), in order. */
    sections: listIn(
      mode,
      z.strictObject({
        section: sentence.max(120),
        questions: listIn(mode, questionIn(mode), 2, 3),
      }),
      1,
      limits.sections,
    ),
    /** At the end. */
    closing: listIn(mode, questionIn(mode), 1, 3),
  });

/** Frontmatter of a section, `NN-<section>.mdx`. */
export const sectionSchema = sectionIn('final');

/** The same while somebody writes it: texts may be empty and lists short. */
export const draftSectionSchema = sectionIn('draft');

/** Frontmatter of a module's `index.mdx`: a part of the grundkurs has `part`, a fördjupning `audience` and `position`. */
export const moduleSchema = moduleIn('final');
export const draftModuleSchema = moduleIn('draft');

/** What a workplace talks about when it goes through a module together, `samtal.yaml`. */
export const discussionSchema = discussionIn('final');
export const draftDiscussionSchema = discussionIn('draft');

/** Frontmatter of an information page in content/sidor. */
export const pageSchema = z.strictObject({ title: sentence, lead: sentence, updated: z.coerce.date() });

/** `sections` of a module version; those of the grundkurs as a whole are its parts. */
export const publishedSectionsSchema = z.array(
  z.object({ slug: sentence, title: sentence, file: sentence }) satisfies z.ZodType<PublishedSection>,
);

export type Discussion = z.infer<typeof discussionSchema>;
export type SectionData = z.infer<typeof sectionSchema>;
export type ModuleData = z.infer<typeof moduleSchema>;
