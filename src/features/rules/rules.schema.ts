import { z } from 'zod';
import { isCalendarDay } from '#src/lib/clock.ts';

/** Text that may be left out, on one line, without the null byte that PostgreSQL refuses; null when empty. */
export function lineOfText(longest: number, error: string) {
  return z
    .string()
    .optional()
    .transform((text) => (text ?? '').normalize('NFC').replaceAll('\0', '').replace(/\s+/g, ' ').trim())
    .refine((text) => text.length <= longest, error)
    .transform((text) => text || null);
}

/** The code of a unit chosen as `Name (CODE)` or written as it is. */
export function codeOfChosenUnit(error: string) {
  return z
    .string({ error })
    .max(300, error)
    .transform((text) => (/\(([^()]+)\)\s*$/.exec(text)?.[1] ?? text).trim())
    .refine((code) => code !== '' && !code.includes('\0'), error);
}

/** A day written `YYYY-MM-DD`, in this century. */
export function day(error: string) {
  return z
    .string({ error })
    .trim()
    .refine((text) => isCalendarDay(text) && text >= '2000-01-01' && text <= '2099-12-31', error);
}
