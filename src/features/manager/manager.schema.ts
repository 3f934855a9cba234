import { z } from 'zod';

const SORTS = ['namn', 'status', 'datum'] as const;
const ORDERS = ['stigande', 'fallande'] as const;
const FILTERS = ['alla', 'saknas', 'paborjad', 'genomford', 'gar-ut', 'nya'] as const;
/** People on a page. */
export const PAGE_SIZES = [50, 200] as const;

/** What the address of the list says; anything that is not understood falls back to the plain list. */
export const listChoiceSchema = z.object({
  enhet: z.string().max(100).optional().catch(undefined),
  visa: z.enum(FILTERS).catch('alla'),
  sok: z
    .string()
    .catch('')
    .transform((text) => text.normalize('NFC').trim().slice(0, 100)),
  sortera: z.enum(SORTS).catch('namn'),
  ordning: z.enum(ORDERS).catch('stigande'),
  antal: z.coerce.number().pipe(z.literal(PAGE_SIZES)).catch(PAGE_SIZES[0]),
  sida: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export type ListChoice = z.infer<typeof listChoiceSchema>;
export type ListFilter = ListChoice['visa'];
export type ListSort = ListChoice['sortera'];
