import { existsSync, readFileSync } from 'node:fs';
import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { parse } from 'yaml';
import {
  discussionSchema,
  moduleSchema,
  pageSchema,
  sectionSchema,
} from '#src/features/courses/courses.schema.ts';
import { contactSchema, figureSchema, lawSchema, sourceSchema } from '#src/features/facts/facts.schema.ts';

const FACTS = './content/fakta';
const parser = (text: string) => parse(text) as Record<string, unknown>[];

/** Contacts, with those of the own municipality (contacts.local.yaml) in place of the shipped ones. */
function contactsWithLocal() {
  const shipped = parser(readFileSync(`${FACTS}/contacts.yaml`, 'utf8'));
  const localFile = `${FACTS}/contacts.local.yaml`;
  const local = existsSync(localFile) ? parser(readFileSync(localFile, 'utf8')) : [];
  const byId = new Map([...shipped, ...local].map((contact) => [contact['id'], contact]));
  return [...byId.values()] as { id: string }[];
}

export const collections = {
  modules: defineCollection({
    loader: glob({ base: './content', pattern: '{kurs,fordjupning}/*/index.mdx', generateId: moduleId }),
    schema: moduleSchema,
  }),
  sections: defineCollection({
    loader: glob({ base: './content', pattern: '{kurs,fordjupning}/*/[0-9]*.mdx', generateId: sectionId }),
    schema: sectionSchema,
  }),
  discussions: defineCollection({
    loader: glob({ base: './content', pattern: '{kurs,fordjupning}/*/samtal.yaml', generateId: moduleId }),
    schema: discussionSchema,
  }),
  pages: defineCollection({
    loader: glob({ base: './content/sidor', pattern: '*.mdx' }),
    schema: pageSchema,
  }),
  laws: defineCollection({ loader: file(`${FACTS}/laws.yaml`, { parser }), schema: lawSchema }),
  contacts: defineCollection({ loader: contactsWithLocal, schema: contactSchema }),
  figures: defineCollection({ loader: file(`${FACTS}/figures.yaml`, { parser }), schema: figureSchema }),
  sources: defineCollection({ loader: file(`${FACTS}/sources.yaml`, { parser }), schema: sourceSchema }),
};

/** `kurs/del-1/index.mdx` → `del-1` */
function moduleId({ entry }: { entry: string }) {
  return entry.split('/')[1] ?? entry;
}

/** `kurs/del-1/02-vad-menas-med-heder.mdx` → `del-1/02-vad-menas-med-heder` */
function sectionId({ entry }: { entry: string }) {
  return entry
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\.mdx$/, '');
}
