import { z } from 'zod';
import { notificationKind } from '#db/schema/notifications.ts';
import { notifications as words } from '#src/i18n/notifications.ts';
import { addDays, isCalendarDay, stockholmToday } from '#src/lib/clock.ts';

const LONGEST_DAYS = 366;

/** What is not a day stops there: no order or length is asked of it. */
const day = (message: string) =>
  z.string({ error: message }).trim().refine(isCalendarDay, { error: message, abort: true });

/** The form that adds a quiet period. */
export const quietPeriodSchema = z
  .object({
    fran: day(words.errors.from),
    till: day(words.errors.until),
    anteckning: z.string().trim().max(200, words.errors.note).default(''),
  })
  .superRefine(({ fran, till }, context) => {
    const refuse = (path: 'fran' | 'till', message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (till < fran) refuse('till', words.errors.order);
    else if (till >= addDays(fran, LONGEST_DAYS)) refuse('till', words.errors.long);
    else if (till < stockholmToday()) refuse('till', words.errors.past);
  });

/** The mails that a button is about. */
export const mailIdSchema = z.uuid();
/** The quiet period that is removed. */
export const quietPeriodIdSchema = z.coerce.number().int().min(1).max(2_147_483_647);
/** The kinds that are to be on. */
export const kindsSchema = z.array(z.enum(notificationKind.enumValues));

/** What the page shows, as its address says: mails of one status, and the next run if asked for. */
export const mailLogChoiceSchema = z.object({
  visa: z.enum(['vantar', 'skickat', 'fel', 'avbrutet']).optional().catch(undefined),
  rakna: z.literal('1').optional().catch(undefined),
  klart: z.enum(['sparat', 'andrat']).optional().catch(undefined),
  antal: z.coerce.number().int().min(0).max(1_000_000).catch(0).default(0),
});

export type MailLogChoice = z.infer<typeof mailLogChoiceSchema>;
