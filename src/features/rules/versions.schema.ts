import { z } from 'zod';
import { versionWords } from '#src/i18n/version-requirements.ts';
import { addMonths } from '#src/lib/clock.ts';
import { day, lineOfText } from './rules.schema.ts';

const { errors } = versionWords;
const optional = z
  .string()
  .optional()
  .transform((text) => text?.trim() || null);

/** The form that makes a version a new requirement, on a day. Gives the last day that older ones count. */
export function versionFormSchema(today: string) {
  return z
    .object({
      version: z.coerce
        .number({ error: errors.version })
        .int(errors.version)
        .min(1, errors.version)
        .max(2_147_483_647, errors.version),
      skal: lineOfText(300, errors.reason).pipe(z.string({ error: errors.reason })),
      till: optional.pipe(
        day(errors.until)
          .refine((until) => until >= today, errors.until)
          .nullable(),
      ),
      manader: optional.pipe(
        z
          .string()
          .regex(/^\d{1,3}$/, errors.months)
          .transform(Number)
          .refine((count) => count >= 1 && count <= 120, errors.months)
          .nullable(),
      ),
    })
    .refine(({ till, manader }) => till !== null || manader !== null, { path: ['till'], error: errors.until })
    .refine(({ till, manader }) => till === null || manader === null, { path: ['till'], error: errors.both })
    .transform(({ version, skal, till, manader }) => ({
      versionId: version,
      reason: skal,
      until: till ?? addMonths(today, manader ?? 0),
    }));
}
