import { documents } from '#src/i18n/documents.ts';
import { limits } from './limits.ts';
import { forbiddenAt } from './text.ts';

/** Something in a text that is refused before it is parsed, by its place in the text. */
export interface Refusal {
  offset: number;
  reason: string;
}

/** Signs of marks and links in one stretch of text: the time that parsing takes grows with their square. */
const MOST_SIGNS = limits.textsTogether * 7;
/** Spaces, list signs and quote signs before a line's text. */
const DEEPEST_LINE = 40;
const DEEPEST_SIGNS = 8;
/** Beginnings of pieces in one file. */
const MOST_TAGS = 2_000;

/**
 * What makes a text unfit for parsing: its size, characters, code, and depths and numbers that no text of
 * ours has. A parser that meets what passes here ends within seconds.
 */
export function refuseText(text: string): Refusal | null {
  const bad = forbiddenAt(text.replaceAll('\n', ' '));
  if (bad >= 0) return { offset: bad, reason: documents.character(nameOf(text, bad)) };
  return refuseBraces(text) ?? refuseLines(text) ?? refuseStretches(text);
}

/** The name of the character at a place: `U+202E`. */
export function nameOf(text: string, offset: number): string {
  return `U+${(text.codePointAt(offset) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A brace begins code, except after a backslash. */
function refuseBraces(text: string): Refusal | null {
  const brace = /(?<!\\)(?:\\\\)*\{/.exec(text);
  return brace ? { offset: brace.index + brace[0].length - 1, reason: documents.mdxBrace } : null;
}

function refuseLines(text: string): Refusal | null {
  let offset = 0;
  for (const line of text.split('\n')) {
    if (/^(?:import|export)\b/.test(line)) return { offset, reason: documents.mdxCode };
    const lead = /^(?: |>|[-+*] |\d{1,9}[.)] )*/.exec(line)?.[0] ?? '';
    const signs = lead.match(/[>+*-]|\d+[.)]/g)?.length ?? 0;
    if (lead.length > DEEPEST_LINE || signs > DEEPEST_SIGNS) return { offset, reason: documents.mdxDeep };
    offset += line.length + 1;
  }
  return null;
}

function refuseStretches(text: string): Refusal | null {
  let offset = 0;
  let tags = 0;
  for (const stretch of text.split(/(\n[ ]*\n)/)) {
    // Whatever a backslash stands before is text.
    const bare = stretch.replace(/\\[\s\S]/g, '');
    const signs = bare.match(/\*+|_+|\[|\]|!\[|`+|&/g)?.length ?? 0;
    if (signs > MOST_SIGNS) return { offset, reason: documents.mdxMarks };
    tags += bare.match(/</g)?.length ?? 0;
    if (tags > MOST_TAGS) return { offset, reason: documents.mdxDeep };
    offset += stretch.length;
  }
  return null;
}
