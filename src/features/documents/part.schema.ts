import { z } from 'zod';
import {
  discussionSchema,
  draftDiscussionSchema,
  draftModuleSchema,
  draftSectionSchema,
  moduleSchema,
  sectionSchema,
} from '#src/features/courses/courses.schema.ts';
import { draftFactSchemas, factSchemas } from '#src/features/facts/facts.schema.ts';
import { draftQuizSchema, quizSchema } from '#src/features/quiz/quiz.schema.ts';
import { documents } from '#src/i18n/documents.ts';
import { bodySchema, draftBodySchema } from './body.schema.ts';
import { limits } from '#src/lib/limits.ts';
import { factOfPart, slugOfPart } from './parts.ts';

const draftParts = {
  module: bounded(z.strictObject({ meta: draftModuleSchema, intro: draftBodySchema })),
  section: bounded(z.strictObject({ meta: draftSectionSchema, body: draftBodySchema })),
  quiz: bounded(draftQuizSchema),
  discussion: bounded(draftDiscussionSchema.nullable()),
  facts: draftFactSchemas,
};
const finalParts = {
  module: bounded(z.strictObject({ meta: moduleSchema, intro: bodySchema })),
  section: bounded(z.strictObject({ meta: sectionSchema, body: bodySchema })),
  quiz: bounded(quizSchema),
  discussion: bounded(discussionSchema.nullable()),
  facts: factSchemas,
};

/**
 * What a part of a draft may hold while somebody writes it; null for a name that no part has. What comes out
 * of it is what is saved.
 */
export function draftPartSchema(part: string): z.ZodType | null {
  return schemaOf(part, draftParts);
}

/** What a part must hold before it is reviewed; null for a name that no part has. */
export function finalPartSchema(part: string): z.ZodType | null {
  return schemaOf(part, finalParts);
}

function schemaOf(part: string, schemas: typeof draftParts | typeof finalParts): z.ZodType | null {
  if (part === 'modul') return schemas.module;
  if (part === 'kunskapskontroll') return schemas.quiz;
  if (part === 'samtal') return schemas.discussion;
  if (slugOfPart(part) !== null) return schemas.section;
  const fact = factOfPart(part);
  if (!fact) return null;
  return (schemas.facts[fact.kind] as z.ZodType<{ id: string }>).refine(
    ({ id }) => id === fact.id,
    documents.factId,
  );
}

/** Keeps a part within what its file may hold. */
function bounded<T extends z.ZodType>(schema: T) {
  return schema.refine(
    (content) => new TextEncoder().encode(JSON.stringify(content)).length <= limits.part,
    documents.tooLarge,
  );
}
