import { z } from 'zod';
import { creditWords } from '#src/i18n/credits.ts';
import { isCalendarDay } from '#src/lib/clock.ts';
import { EARLIEST_DAY } from './import.schema.ts';

const { errors } = creditWords;

/** A line of text that must be there. PostgreSQL keeps no null byte, so no text has one. */
const sentence = (longest: number, error: string) =>
  z
    .string({ error })
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .refine((text) => text.length >= 3 && text.length <= longest && !text.includes('\0'), error);

export const LONGEST_SOURCE = 200;
export const LONGEST_REASON = 300;

/** Whom to look up. */
export const lookUpSchema = z.object({
  anstnr: z
    .string({ error: errors.number })
    .trim()
    .min(1, errors.number)
    .max(200, errors.number)
    .refine((text) => !text.includes('\0'), errors.number),
});

/** The person that the address of the page names. */
export const personIdSchema = z.guid();

/** Earlier or external training to credit. */
export const creditSchema = z.object({
  person: z.uuid(),
  modul: z.string({ error: errors.module }).min(1, errors.module).max(100, errors.module),
  datum: z
    .string({ error: errors.day })
    .trim()
    .refine((day) => isCalendarDay(day) && day >= EARLIEST_DAY, errors.day),
  underlag: sentence(LONGEST_SOURCE, errors.source),
  skal: sentence(LONGEST_REASON, errors.reason),
});

/** A completion to void; `aven`: the grundkurs that builds on it too. */
export const correctionSchema = z.object({
  person: z.uuid(),
  genomforande: z.uuid(),
  skal: sentence(LONGEST_REASON, errors.correctionReason),
  aven: z.literal('grundkursen').optional().catch(undefined),
});
