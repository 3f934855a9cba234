import { z } from 'zod';
import { discussionSchema, moduleSchema, sectionSchema } from '#src/features/courses/courses.schema.ts';
import { factSchemas } from '#src/features/facts/facts.schema.ts';
import { quizSchema } from '#src/features/quiz/quiz.schema.ts';
import { documents } from '#src/i18n/documents.ts';
import { bodySchema } from './body.schema.ts';
import type { ModuleDocument } from './document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { limits } from '#src/lib/limits.ts';

/** Addresses that a module cannot have, since other pages have them. */
const TAKEN = /^(?:grundkurs|fakta|ny|index)$/;
/** A part of an address: `vad-menas-med-heder`. A number first would be read as the number of its file. */
export const slugSchema = z
  .string()
  .regex(/^(?!\d+-)[a-z0-9]+(?:-[a-z0-9]+)*$/, documents.slug)
  .max(80);
export const moduleSlugSchema = slugSchema.refine((slug) => !TAKEN.test(slug), documents.slug);
export const sectionSlugSchema = slugSchema.refine(
  (slug) => slug !== 'kunskapskontroll' && slug !== 'index',
  documents.slug,
);

/**
 * A module in its final form: complete, with sections whose addresses differ, a knowledge check and questions
 * for a workplace about sections that exist. What comes out is canonical.
 */
export const moduleDocumentSchema: z.ZodType<ModuleDocument> = z
  .strictObject({
    slug: moduleSlugSchema,
    kind: z.enum(['part', 'fordjupning']),
    meta: moduleSchema,
    intro: bodySchema,
    sections: z
      .array(z.strictObject({ slug: sectionSlugSchema, meta: sectionSchema, body: bodySchema }))
      .min(1)
      .max(limits.sections),
    quiz: quizSchema,
    discussion: discussionSchema.nullable(),
  })
  .superRefine((document, context) => {
    const problem = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const slugs = document.sections.map(({ slug }) => slug);
    slugs.forEach((slug, index) => {
      if (slugs.indexOf(slug) !== index) problem(['sections', index, 'slug'], documents.sectionTwice);
    });
    document.quiz.questions.forEach(({ section }, index) => {
      if (!slugs.includes(section))
        problem(['quiz', 'questions', index, 'section'], documents.unknownSection);
    });
    const discussed = document.discussion?.sections.map(({ section }) => section);
    if (discussed && discussed.join() !== slugs.join()) {
      problem(['discussion', 'sections'], documents.discussionSections);
    }
    const isPart = document.meta.part !== undefined;
    if (isPart !== (document.kind === 'part')) problem(['kind'], documents.kind);
    else if (isPart ? document.slug !== `del-${document.meta.part}` : /^del-\d+$/.test(document.slug))
      problem(['slug'], documents.partFolder);
  });

const unique = <T extends z.ZodType<{ id: string }>>(one: T) =>
  z
    .array(one)
    .max(limits.facts)
    .superRefine((facts, context) => {
      const ids = facts.map(({ id }) => id);
      ids.forEach((id, index) => {
        if (ids.indexOf(id) !== index)
          context.addIssue({ code: 'custom', path: [index, 'id'], message: documents.factTwice });
      });
    });

/** The facts of each kind in their final form. */
export const factLists = {
  laws: unique(factSchemas.laws),
  contacts: unique(factSchemas.contacts),
  figures: unique(factSchemas.figures),
  sources: unique(factSchemas.sources),
  words: unique(factSchemas.words),
};

/** All facts in their final form. */
export const factsSchema = z.strictObject(factLists) as unknown as z.ZodType<Facts>;
