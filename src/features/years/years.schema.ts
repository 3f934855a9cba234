import { z } from 'zod';

/** How the figures of a fixed year were counted: the definition in words, and the rules that were in force. */
export const definitionSchema = z.object({
  text: z.string(),
  /** The same for people: `[question, answer]`. */
  explained: z.array(z.tuple([z.string(), z.string()])),
  rules: z.array(
    z.object({
      course: z.string(),
      unit: z.string().nullable(),
      audience: z.enum(['all', 'managers', 'titles']),
      titles: z.array(z.string()).nullable(),
      validityMonths: z.number().nullable(),
    }),
  ),
});

export type Definition = z.infer<typeof definitionSchema>;

const LONGEST_REASON = 500;

/** What the form that fixes a year sends. */
export const fixFormSchema = z.object({
  ar: z.coerce.number().int().min(2000).max(2199),
  skal: z
    .string()
    .optional()
    .transform(
      (text) => text?.normalize('NFC').trim().replace(/\s+/g, ' ').slice(0, LONGEST_REASON) || undefined,
    ),
});
