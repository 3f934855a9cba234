import { z } from 'zod';

/** The fields of the sign-in form. */
export const signInFields = z.object({
  // PostgreSQL keeps no null byte, so no address has one.
  epost: z
    .string()
    .trim()
    .min(1)
    .max(254)
    .refine((text) => !text.includes('\0')),
  losenord: z.string().min(1),
});
