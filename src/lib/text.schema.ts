import { z } from 'zod';
import { documents } from '#src/i18n/documents.ts';
import { limits } from './limits.ts';
import { cleanLine, cleanText } from './text.ts';

/** What is shown is `final`: whole. In a `draft` texts may be empty, and lists shorter than they must be in the end. */
export type Mode = 'draft' | 'final';

/** A text on a line of its own, of at most so many characters. In a draft it may be empty. */
export function sentenceIn(mode: Mode, most: number = limits.sentence) {
  const text = z
    .string()
    .max(most)
    .overwrite(mode === 'final' ? cleanLine : cleanText);
  return mode === 'final' ? text.min(1, documents.empty) : text;
}
