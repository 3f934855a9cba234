import { z } from 'zod';

/** The fields of the sign-in form. */
export const signInFields = z.object({
  epost: z.string().trim().min(1).max(254),
  losenord: z.string().min(1),
});
