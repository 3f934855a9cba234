import { z } from 'zod';
import { day, lineOfText } from '#src/features/rules/rules.schema.ts';
import { publicationWords } from '#src/i18n/publishing.ts';
import { addDays, addMonths, momentInStockholm, stockholmDate, stockholmTime } from '#src/lib/clock.ts';
import { CHANGES, MOST_DAYS_AHEAD, MOST_MONTHS, type WantedPublication } from './publication.ts';

const { errors } = publicationWords;
const optional = z
  .string()
  .optional()
  .transform((text) => text?.trim() || null);
const months = z
  .string()
  .regex(/^\d{1,2}$/, errors.months)
  .transform(Number)
  .refine((count) => count >= 1 && count <= MOST_MONTHS, errors.months);

/**
 * The form that publishes, now or later. `canRequire`: the module has been published before, so that
 * there are completions which a new requirement could overtake; else every change is a `refresh`.
 */
export function publicationFormSchema(now: Date, canRequire: boolean) {
  return z
    .object({
      andring: canRequire
        ? z.enum(CHANGES, { error: errors.change })
        : z
            .unknown()
            .optional()
            .transform(() => 'refresh' as const),
      skal: lineOfText(300, errors.reason).pipe(z.string({ error: errors.reason })),
      till: optional.pipe(day(errors.until).nullable()),
      manader: optional.pipe(months.nullable()),
      nar: z.enum(['nu', 'senare'], { error: errors.when }).default('nu'),
      dag: optional.pipe(day(errors.day).nullable()),
      tid: optional.pipe(
        z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, errors.time)
          .nullable(),
      ),
    })
    .transform((form, context): WantedPublication => {
      const fail = (path: string, message: string) => {
        context.addIssue({ code: 'custom', path: [path], message });
        return z.NEVER;
      };
      const dueAt = form.nar === 'senare' ? momentOf(form.dag, form.tid) : null;
      if (form.nar === 'senare') {
        if (!form.dag) return fail('dag', errors.day);
        if (!form.tid) return fail('tid', errors.time);
        if (!dueAt) return fail('tid', errors.noSuchTime);
        if (dueAt <= now) return fail('dag', errors.past);
        if (form.dag > addDays(stockholmDate(now), MOST_DAYS_AHEAD)) return fail('dag', errors.tooFar);
      }
      // Half a choice is none: what was written is not left out in silence.
      if (form.nar === 'nu' && (form.dag ?? form.tid)) return fail('dag', errors.nowWithTime);
      const wanted = { change: form.andring, reason: form.skal, dueAt };
      if (form.andring !== 'requirement') {
        if (form.manader ?? form.till) return fail('manader', errors.untilWithout);
        return { ...wanted, until: null };
      }
      const published = stockholmDate(dueAt ?? now);
      if (form.till === null && form.manader === null) return fail('manader', errors.untilMissing);
      if (form.till !== null && form.manader !== null) return fail('till', errors.both);
      const until = form.till ?? addMonths(published, form.manader ?? 0);
      if (until < published) return fail('till', errors.untilBefore);
      if (until > addMonths(published, MOST_MONTHS)) return fail('till', errors.untilFar);
      return { ...wanted, until };
    });
}

/** The moment at a time of a day; null for one that the clock jumps over in spring. */
function momentOf(onDay: string | null, time: string | null): Date | null {
  if (!onDay || !time) return null;
  const moment = momentInStockholm(onDay, time);
  return stockholmDate(moment) === onDay && stockholmTime(moment) === time ? moment : null;
}
