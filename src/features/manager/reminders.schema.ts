import { z } from 'zod';

const unitSchema = z.string().min(1).max(100).optional().catch(undefined);

/** What the address of the page says. */
export const reminderChoiceSchema = z.object({
  enhet: unitSchema,
  /** How many reminders have just been written. */
  skickade: z.coerce.number().int().min(0).max(100_000).optional().catch(undefined),
});

/** What the form sends: the unit, and who is to be reminded. */
export const reminderFormSchema = z.object({
  enhet: unitSchema,
  person: z.array(z.unknown()).transform((ids) => ids.filter((id) => z.uuid().safeParse(id).success)),
});
