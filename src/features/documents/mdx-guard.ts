import { documents } from '#src/i18n/documents.ts';
import { limits } from '#src/lib/limits.ts';
import { forbiddenAt } from '#src/lib/text.ts';

/** Something in a text that is refused before it is parsed, by its place in the text. */
export interface Refusal {
  offset: number;
  reason: string;
}

/**
 * Signs of marks and links in one stretch of text: the time that parsing takes grows with their square. This
 * and the others are more than any part of a draft can come to (`limits.part`).
 */
const MOST_SIGNS = limits.marksTogether * 8 + 100;
const MOST_SIGNS_IN_ALL = 5 * MOST_SIGNS;
/** Spaces, list signs and quote signs before a line's text. */
const DEEPEST_LINE = 40;
const DEEPEST_SIGNS = 8;
const MOST_LINES = 7_000;
const MOST_LINES_TOGETHER = limits.textsTogether + 100;
/** Beginnings of pieces, and sides of cells, in one file. */
const MOST_TAGS = 4_000;
const MOST_PIPES = 4_000;
/** A piece's beginning, with its attributes. */
const LONGEST_TAG = 4_000;

/**
 * What makes a text unfit for parsing: its size, characters, code, and depths and numbers that no text of
 * ours has. A parser that meets what passes here ends within seconds.
 */
export function refuseText(text: string): Refusal | null {
  const bad = forbiddenAt(text.replaceAll('\n', ' '));
  if (bad >= 0) {
    const reason = text[bad] === '\t' ? documents.tab : documents.character(nameOf(text, bad));
    return { offset: bad, reason };
  }
  return refuseCode(text) ?? refuseLines(text) ?? refuseTags(text) ?? refuseStretches(text);
}

/** The name of the character at a place: `U+202E`. */
export function nameOf(text: string, offset: number): string {
  return `U+${(text.codePointAt(offset) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A brace or a backtick begins code, except after a backslash. */
function refuseCode(text: string): Refusal | null {
  const found = /(?<!\\)(?:\\\\)*([{`])/.exec(text);
  if (!found) return null;
  return {
    offset: found.index + found[0].length - 1,
    reason: found[1] === '{' ? documents.mdxBrace : documents.mdxBacktick,
  };
}

function refuseLines(text: string): Refusal | null {
  let offset = 0;
  const lines = text.split('\n');
  if (lines.length > MOST_LINES) return { offset, reason: documents.mdxLong };
  for (const line of lines) {
    if (/^(?:import|export)\b/.test(line)) return { offset, reason: documents.mdxCode };
    const lead = /^(?: |>|[-+*] |\d{1,9}[.)] )*/.exec(line)?.[0] ?? '';
    const signs = lead.match(/[>+*-]|\d+[.)]/g)?.length ?? 0;
    if (lead.length > DEEPEST_LINE || signs > DEEPEST_SIGNS) return { offset, reason: documents.mdxDeep };
    offset += line.length + 1;
  }
  return null;
}

function refuseTags(text: string): Refusal | null {
  // Whatever a backslash stands before is text; as long as it was, so that places stay.
  const bare = text.replace(/\\[\s\S]/g, '  ');
  const long = bare.split('<').findIndex((tag, index) => index > 0 && endOf(tag) > LONGEST_TAG);
  if (long > 0) return { offset: 0, reason: documents.mdxLongTag };
  const count = (sign: string) => bare.split(sign).length - 1;
  if (count('<') > MOST_TAGS || count('|') > MOST_PIPES) return { offset: 0, reason: documents.mdxLong };
  return null;
}

/** How far it is to the end of a tag. */
function endOf(tag: string): number {
  const end = tag.indexOf('>');
  return end < 0 ? tag.length : end;
}

function refuseStretches(text: string): Refusal | null {
  let offset = 0;
  let all = 0;
  for (const stretch of text.split(/(\n[ ]*\n)/)) {
    if (stretch.split('\n').length > MOST_LINES_TOGETHER) return { offset, reason: documents.mdxLong };
    const bare = stretch.replace(/\\[\s\S]/g, '');
    const signs = bare.match(/[*_[\]]/g)?.length ?? 0;
    all += signs;
    if (signs > MOST_SIGNS || all > MOST_SIGNS_IN_ALL) return { offset, reason: documents.mdxMarks };
    offset += stretch.length;
  }
  return null;
}
