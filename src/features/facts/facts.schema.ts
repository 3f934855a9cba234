import { z } from 'zod';

const sentence = z.string().trim().min(1);
const day = z
  .union([z.date(), z.string().regex(/^\d{4}-\d{2}-\d{2}$/)])
  .transform((value) => (typeof value === 'string' ? value : value.toISOString().slice(0, 10)));

const checked = {
  id: sentence,
  sources: z.array(sentence).min(1),
  status: z.enum(['verified', 'uncertain', 'unverified']),
  /** The day someone last held it against its source. */
  checked: day,
  /** Who has confirmed an uncertain fact, and when. */
  confirmed: z.strictObject({ by: sentence, on: day }).optional(),
};

export const lawSchema = z.strictObject({
  ...checked,
  short: sentence,
  title: sentence,
  text: sentence,
  inForce: sentence.nullish(),
});

export const contactSchema = z.strictObject({
  ...checked,
  name: sentence,
  role: sentence,
  phone: sentence.nullable(),
  phoneHref: z.string().startsWith('tel:').nullable(),
  hours: sentence.nullish(),
  note: sentence.nullish(),
  reach: sentence.nullish(),
  audience: z.enum(['all', 'staff', 'children']),
});

export const figureSchema = z.strictObject({
  ...checked,
  value: sentence,
  label: sentence,
  caution: sentence.nullish(),
  year: z.coerce.string(),
});

export const sourceSchema = z.strictObject({
  id: sentence,
  title: sentence,
  url: z.url().nullable(),
  alsoAt: z.array(z.url()).optional(),
  published: z.coerce.string().nullish(),
  checked: day,
});

export type Law = z.infer<typeof lawSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Source = z.infer<typeof sourceSchema>;
