import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'små bokstäver, siffror och bindestreck');
const sentence = z.string().trim().min(1);

const optionSchema = z.strictObject({
  id,
  text: sentence,
  correct: z.literal(true).optional(),
  feedback: sentence,
});

const questionSchema = z
  .strictObject({
    id,
    type: z.enum(['single', 'multiple']),
    situation: z.literal(true).optional(),
    /** The section that answers it, by file name. */
    section: sentence,
    prompt: sentence,
    options: z.array(optionSchema).min(2).max(6),
  })
  .refine((question) => hasUniqueIds(question.options), { error: 'svarens id är inte unika' })
  .refine(
    (question) => {
      const right = question.options.filter((option) => option.correct).length;
      return question.type === 'single' ? right === 1 : right >= 1 && right < question.options.length;
    },
    { error: 'single har ett rätt svar, multiple minst ett rätt och minst ett fel' },
  );

/** A knowledge check as in quiz.yaml, answer key included: for the server only. */
export const quizSchema = z
  .strictObject({
    /** Share that must be right, in whole per cent: 0.8. */
    passMark: z.number().gt(0).max(1).multipleOf(0.01),
    questions: z.array(questionSchema).min(1).max(30),
  })
  .refine((quiz) => hasUniqueIds(quiz.questions), { error: 'frågornas id är inte unika' });

/** Stored answers: `{ questionId: [optionId, …] }`. */
export const answersSchema = z.record(z.string(), z.array(z.string()));

export type Quiz = z.infer<typeof quizSchema>;
export type Question = z.infer<typeof questionSchema>;

function hasUniqueIds(items: readonly { id: string }[]): boolean {
  return new Set(items.map((item) => item.id)).size === items.length;
}
