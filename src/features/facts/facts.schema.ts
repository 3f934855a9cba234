import { z } from 'zod';
import { isTelephoneAddress, isWebAddress } from '#src/lib/addresses.ts';
import { sentenceIn, type Mode } from '#src/lib/text.schema.ts';
import { cleanText } from '#src/lib/text.ts';
import { documents } from '#src/i18n/documents.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, documents.factId);
const day = z
  .union([z.date(), z.string()])
  .transform((value) => (typeof value === 'string' ? value : value.toISOString().slice(0, 10)))
  .refine(isDay, documents.day);
/** A year, or years, that a file may hold as a number. */
const year = z
  .union([z.string(), z.int()])
  .transform((value) => cleanText(String(value)))
  .refine((value) => value.length <= 60, documents.tooLong);
const webAddress = z.string().refine(isWebAddress, documents.webAddress);
const telephone = z.string().refine(isTelephoneAddress, documents.telephone);

const checkedIn = (mode: Mode) => ({
  id,
  sources: mode === 'final' ? z.array(id).min(1).max(20) : z.array(id).max(20),
  status: z.enum(['verified', 'uncertain', 'unverified']),
  /** The day someone last held it against its source. */
  checked: day,
  /** Who has confirmed an uncertain fact, and when. */
  confirmed: z.strictObject({ by: sentenceIn(mode), on: day }).optional(),
});

const lawIn = (mode: Mode) =>
  z.strictObject({
    ...checkedIn(mode),
    short: sentenceIn(mode),
    title: sentenceIn(mode),
    text: sentenceIn(mode),
    inForce: sentenceIn(mode).nullish(),
  });

const contactIn = (mode: Mode) =>
  z.strictObject({
    ...checkedIn(mode),
    name: sentenceIn(mode),
    role: sentenceIn(mode),
    phone: sentenceIn(mode).nullable(),
    phoneHref: telephone.nullable(),
    hours: sentenceIn(mode).nullish(),
    note: sentenceIn(mode).nullish(),
    reach: sentenceIn(mode).nullish(),
    audience: z.enum(['all', 'staff', 'children']),
  });

const figureIn = (mode: Mode) =>
  z.strictObject({
    ...checkedIn(mode),
    value: sentenceIn(mode),
    label: sentenceIn(mode),
    caution: sentenceIn(mode).nullish(),
    year,
  });

const sourceIn = (mode: Mode) =>
  z.strictObject({
    id,
    title: sentenceIn(mode),
    url: webAddress.nullable(),
    alsoAt: z.array(webAddress).max(10).optional(),
    published: year.nullish(),
    checked: day,
  });

const avoidedWordIn = (mode: Mode) =>
  z.strictObject({
    id,
    /** The word that the course does without. */
    avoid: sentenceIn(mode),
    instead: sentenceIn(mode),
    why: sentenceIn(mode),
  });

export const lawSchema = lawIn('final');
export const contactSchema = contactIn('final');
export const figureSchema = figureIn('final');
export const sourceSchema = sourceIn('final');
const avoidedWordSchema = avoidedWordIn('final');

/** The same while somebody writes them: texts may be empty. */
export const draftFactSchemas = {
  laws: lawIn('draft'),
  contacts: contactIn('draft'),
  figures: figureIn('draft'),
  sources: sourceIn('draft'),
  words: avoidedWordIn('draft'),
};

export const factSchemas = {
  laws: lawSchema,
  contacts: contactSchema,
  figures: figureSchema,
  sources: sourceSchema,
  words: avoidedWordSchema,
};

export type Law = z.infer<typeof lawSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Source = z.infer<typeof sourceSchema>;

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
