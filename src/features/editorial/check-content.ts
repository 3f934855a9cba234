import { draftPartSchema } from '#src/features/documents/part.schema.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import type { ContentProblem } from './drafts.ts';

const MOST_PROBLEMS = 20;

/** Whether a part of a draft may hold a content. What comes out is its canonical form, which is what is saved. */
export function checkContent(
  part: string,
  content: unknown,
): { kind: 'fits'; content: unknown } | { kind: 'refused'; problems: ContentProblem[] } {
  const schema = draftPartSchema(part);
  if (!schema) return { kind: 'refused', problems: [{ path: [], message: draftWords.noSuchPart }] };
  const result = schema.safeParse(content);
  if (result.success) return { kind: 'fits', content: result.data };
  const problems = result.error.issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({
    path: path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    message: message || draftWords.invalid,
  }));
  return { kind: 'refused', problems };
}
