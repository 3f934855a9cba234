import { z } from 'zod';

const line = (most: number) =>
  z
    .string()
    .catch('')
    .transform((text) => text.normalize('NFC').trim().slice(0, most));

/** What the form that names a deputy sends. What is missing is empty; what is wrong is told by the page. */
export const deputyFormSchema = z.object({
  enhet: line(100),
  /** An e-mail address or an anställningsnummer. */
  vem: line(254),
  fran: line(10),
  till: line(10),
});

export type DeputyForm = z.infer<typeof deputyFormSchema>;

/** Which deputy is to be one no more. */
export const endFormSchema = z.object({ avsluta: z.coerce.number().int().min(1).max(2_147_483_647) });
