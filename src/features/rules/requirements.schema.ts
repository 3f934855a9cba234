import { z } from 'zod';
import { requirementWords } from '#src/i18n/requirements.ts';
import { addDays } from '#src/lib/clock.ts';
import { codeOfChosenUnit, day, lineOfText } from './rules.schema.ts';

const { errors } = requirementWords;

/** Kinds of work that one requirement may name. */
const MOST_TITLES = 40;
const LONGEST_MONTHS = 120;

/** The day after a last day; null where the field is empty. */
function dayAfter(error: string) {
  return z
    .string()
    .optional()
    .transform((text) => text?.trim() || null)
    .pipe(day(error).nullable())
    .transform((last) => (last === null ? null : addDays(last, 1)));
}

/** How many months a completion counts; null where the field is empty: for ever. */
const months = z
  .string()
  .optional()
  .transform((text) => text?.trim() || null)
  .pipe(
    z
      .string()
      .regex(/^\d{1,3}$/, errors.months)
      .transform(Number)
      .refine((count) => count >= 1 && count <= LONGEST_MONTHS, errors.months)
      .nullable(),
  );

const id = z.coerce.number({ error: errors.unknown }).int(errors.unknown).min(1).max(2_147_483_647);
const note = lineOfText(300, errors.note);

const AUDIENCES = { alla: 'all', chefer: 'managers', befattningar: 'titles' } as const;

const addSchema = z
  .object({
    atgard: z.literal('nytt'),
    kurs: z.string({ error: errors.course }).min(1, errors.course).max(100, errors.course),
    enhet: z
      .string()
      .optional()
      .transform((text) => text?.trim() || null)
      .pipe(codeOfChosenUnit(errors.unit).nullable()),
    for: z
      .enum(['alla', 'chefer', 'befattningar'], { error: errors.audience })
      .transform((key) => AUDIENCES[key]),
    befattning: z.array(z.string().max(200, errors.titles)).max(MOST_TITLES, errors.titles),
    fran: day(errors.from),
    till: dayAfter(errors.to),
    manader: months,
    anteckning: note,
  })
  .refine((form) => form.for !== 'titles' || form.befattning.length > 0, {
    path: ['befattning'],
    error: errors.titles,
  })
  .refine((form) => form.for === 'titles' || form.befattning.length === 0, {
    path: ['for'],
    error: errors.titlesUnused,
  });

/** What a form asks for, by its `atgard`: a new requirement, an end, a removal or another validity. */
export const changeSchema = z.discriminatedUnion('atgard', [
  addSchema,
  z.object({
    atgard: z.literal('avsluta'),
    krav: id,
    sista: day(errors.last).transform((last) => addDays(last, 1)),
  }),
  z.object({ atgard: z.literal('ta-bort'), krav: id }),
  z.object({
    atgard: z.literal('giltighet'),
    krav: id,
    fran: day(errors.from),
    manader: months,
    anteckning: note,
  }),
]);

export type ChangeForm = z.infer<typeof changeSchema>;

/** The fields of a form or an address, with the kinds of work as a list. */
export function fieldsOf(search: URLSearchParams): Record<string, string | string[]> {
  return { ...Object.fromEntries(search), befattning: [...new Set(search.getAll('befattning'))] };
}
