import { z } from 'zod';

const draftId = z.int().positive().max(2_147_483_647);
const part = z.string().min(1).max(120);
/** Whose page it is: another may have signed in to the same browser since. */
const writer = z.string().min(1).max(60);

/** What the editor sends to save a part. */
export const saveSchema = z.object({
  draftId,
  part,
  writer,
  base: z.int().min(0).max(2_147_483_647),
  content: z.unknown().refine((content) => content !== undefined),
});

/** What it sends to hold one, take it over or let it go. */
export const holdSchema = z.object({
  draftId,
  part,
  writer,
  take: z.boolean().optional(),
  release: z.boolean().optional(),
});
