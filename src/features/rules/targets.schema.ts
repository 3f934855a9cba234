import { z } from 'zod';
import { targetWords } from '#src/i18n/targets.ts';
import { codeOfChosenUnit, lineOfText } from './rules.schema.ts';

const { errors } = targetWords;

/** Which target: of a unit and a year, as an address or a form says it. */
export const targetChoiceSchema = z.object({
  enhet: codeOfChosenUnit(errors.unit),
  ar: z.coerce.number({ error: errors.year }).int(errors.year).min(2000, errors.year).max(2100, errors.year),
});

/** The form that sets a target. */
export const targetFormSchema = targetChoiceSchema.extend({
  mal: z
    .string({ error: errors.percent })
    .trim()
    .regex(/^\d{1,3}([.,]\d)?\s*%?$/, errors.percent)
    .transform((text) => Number.parseFloat(text.replace(',', '.')))
    .refine((percent) => percent <= 100, errors.percent),
  varfor: lineOfText(300, errors.note),
  ansvarig: lineOfText(100, errors.responsible),
});

export type TargetForm = z.infer<typeof targetFormSchema>;
