import { z } from 'zod';
import { waiverReasons, waiverWords } from '#src/i18n/waivers.ts';
import { addMonths } from '#src/lib/clock.ts';
import { day, lineOfText } from './rules.schema.ts';

const { errors } = waiverWords;
const REASONS = Object.keys(waiverReasons) as [keyof typeof waiverReasons, ...(keyof typeof waiverReasons)[]];

/** A waiver lasts this many months at most, and begins at most as many before or after today. */
const MOST_MONTHS = 24;

/** The form that makes a waiver, on a day. */
export function waiverFormSchema(today: string) {
  return z
    .object({
      anstnr: z
        .string({ error: errors.number })
        .trim()
        .min(1, errors.number)
        .max(50, errors.number)
        .refine((text) => !text.includes('\0'), errors.number),
      kurs: z.string({ error: errors.course }).min(1, errors.course).max(100, errors.course),
      fran: day(errors.from)
        .refine((from) => from >= addMonths(today, -MOST_MONTHS), errors.early)
        .refine((from) => from <= addMonths(today, MOST_MONTHS), errors.late),
      till: day(errors.to).refine((to) => to >= today, errors.past),
      skal: z.enum(REASONS, { error: errors.reason }),
      text: lineOfText(200, errors.text),
    })
    .refine(({ fran, till }) => fran <= till, { path: ['till'], error: errors.order })
    .refine(({ fran, till }) => till < addMonths(fran, MOST_MONTHS), {
      path: ['till'],
      error: errors.long,
    })
    .refine(({ skal, text }) => skal !== 'annat' || text !== null, {
      path: ['text'],
      error: errors.textNeeded,
    })
    .refine(({ skal, text }) => skal === 'annat' || text === null, {
      path: ['text'],
      error: errors.textUnused,
    });
}

/** The form that ends one early. */
export const waiverEndSchema = z.object({
  undantag: z.coerce.number({ error: errors.gone }).int(errors.gone).min(1).max(2_147_483_647),
  sista: day(errors.last),
});

/** The reason as it is stored and shown. */
export function reasonText(kind: keyof typeof waiverReasons, text: string | null): string {
  return text === null ? waiverReasons[kind] : `${waiverReasons[kind]}: ${text}`;
}
