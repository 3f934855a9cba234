import { z } from 'zod';
import { limits } from '#src/lib/limits.ts';
import { sentenceIn, type Mode } from '#src/lib/text.schema.ts';
import { documents } from '#src/i18n/documents.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, documents.factId);
const sectionName = z.string().max(120);

const optionIn = (mode: Mode) =>
  z.strictObject({
    id,
    text: sentenceIn(mode),
    correct: z.literal(true).optional(),
    feedback: sentenceIn(mode),
  });

function questionIn(mode: Mode) {
  const options = z.array(optionIn(mode)).max(mode === 'final' ? 6 : limits.choices);
  const question = z
    .strictObject({
      id,
      type: z.enum(['single', 'multiple']),
      situation: z.literal(true).optional(),
      /** The section that answers it, by its slug (in files by file name without extension). */
      section: mode === 'final' ? sectionName.min(1, documents.empty) : sectionName,
      prompt: sentenceIn(mode),
      options: mode === 'final' ? options.min(2) : options,
    })
    .refine((one) => hasUniqueIds(one.options), { error: 'svarens id är inte unika' });
  if (mode === 'draft') return question;
  return question.refine(
    ({ type, options: all }) => {
      const right = all.filter((option) => option.correct).length;
      return type === 'single' ? right === 1 : right >= 1 && right < all.length;
    },
    { error: 'single har ett rätt svar, multiple minst ett rätt och minst ett fel' },
  );
}

function quizIn(mode: Mode) {
  const questions = z.array(questionIn(mode)).max(30);
  return z
    .strictObject({
      /** Share that must be right, in whole per cent: 0.8. */
      passMark: z.number().gt(0).max(1).multipleOf(0.01),
      questions: mode === 'final' ? questions.min(1) : questions,
    })
    .refine((quiz) => hasUniqueIds(quiz.questions), { error: 'frågornas id är inte unika' });
}

/** A knowledge check as in quiz.yaml, answer key included: for the server only. */
export const quizSchema = quizIn('final');

/** The same while somebody writes it: texts may be empty, answers few, and none of them right yet. */
export const draftQuizSchema = quizIn('draft');

/** Stored answers: `{ questionId: [optionId, …] }`. */
export const answersSchema = z.record(z.string(), z.array(z.string()));

export type Quiz = z.infer<typeof quizSchema>;
export type Question = Quiz['questions'][number];

function hasUniqueIds(items: readonly { id: string }[]): boolean {
  return new Set(items.map((item) => item.id)).size === items.length;
}
