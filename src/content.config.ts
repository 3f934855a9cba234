import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { pageSchema } from '#src/features/courses/courses.schema.ts';
import { fromContent } from '#src/features/documents/content-loader.ts';
import { moduleDocumentSchema } from '#src/features/documents/document.schema.ts';
import { contactSchema, figureSchema, lawSchema, sourceSchema } from '#src/features/facts/facts.schema.ts';

const idOf = ({ id }: { id: string }) => id;

export const collections = {
  modules: defineCollection({
    loader: fromContent(
      ({ modules }) => modules,
      ({ slug }) => slug,
    ),
    schema: moduleDocumentSchema,
  }),
  laws: defineCollection({ loader: fromContent(({ facts }) => facts.laws, idOf), schema: lawSchema }),
  contacts: defineCollection({
    loader: fromContent(({ facts }) => facts.contacts, idOf),
    schema: contactSchema,
  }),
  figures: defineCollection({
    loader: fromContent(({ facts }) => facts.figures, idOf),
    schema: figureSchema,
  }),
  sources: defineCollection({
    loader: fromContent(({ facts }) => facts.sources, idOf),
    schema: sourceSchema,
  }),
  // Written by developers, with the software.
  pages: defineCollection({
    loader: glob({ base: './content/sidor', pattern: '*.mdx' }),
    schema: pageSchema,
  }),
};
