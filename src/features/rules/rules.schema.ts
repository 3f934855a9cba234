import { z } from 'zod';

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
