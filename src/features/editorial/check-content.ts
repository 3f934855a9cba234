import type { z } from 'zod';
import { limits } from '#src/lib/limits.ts';
import { draftPartSchema } from '#src/features/documents/part.schema.ts';
import { documents } from '#src/i18n/documents.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import type { ContentProblem } from './drafts.ts';

const MOST_PROBLEMS = 20;
/** Characters of JSON that are looked at: what is larger does not fit, however much of it is tidied away. */
const MOST_JSON = 3 * limits.part;

/** Whether a part of a draft may hold a content. What comes out is its canonical form, which is what is saved. */
export function checkContent(
  part: string,
  content: unknown,
): { kind: 'fits'; content: unknown } | { kind: 'refused'; problems: ContentProblem[] } {
  const schema = draftPartSchema(part);
  if (!schema) return { kind: 'refused', problems: [{ path: [], message: draftWords.noSuchPart }] };
  const result = parse(schema, content);
  if (!result) return { kind: 'refused', problems: [{ path: [], message: documents.tooLarge }] };
  if (result.success) return { kind: 'fits', content: result.data };
  const problems = result.error.issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({
    path: path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    message: message || draftWords.invalid,
  }));
  return { kind: 'refused', problems };
}

/** Null for what is too large, too deep or wrong in too many places to be looked at. */
function parse(schema: z.ZodType, content: unknown) {
  try {
    if ((JSON.stringify(content) ?? '').length > MOST_JSON) return null;
    return schema.safeParse(content);
  } catch (error) {
    // Of the stack: depth, and the problems of a hundred thousand nodes.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
