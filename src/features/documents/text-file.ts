import { documents } from '#src/i18n/documents.ts';
import type { Problem } from './document.ts';
import { limits } from '#src/lib/limits.ts';

export interface Refused {
  kind: 'refused';
  problems: Problem[];
}

/** One problem at a place in a file; the beginning when the place is not known. */
export function refusal(
  file: string,
  place: { line: number; column: number } | undefined,
  reason: string,
): Refused {
  return {
    kind: 'refused',
    problems: [{ file, line: place?.line ?? 1, column: place?.column ?? 1, reason }],
  };
}

/** A file's text with one kind of line end and its letters in NFC; refused when it is too large. */
export function openFile(text: string, file: string): { kind: 'opened'; text: string } | Refused {
  if (text.length > limits.file || new TextEncoder().encode(text).length > limits.file) {
    return refusal(file, undefined, documents.largeFile);
  }
  return {
    kind: 'opened',
    text: text
      .replace(/^\ufeff/, '')
      .replace(/\r\n?/g, '\n')
      .normalize('NFC'),
  };
}
