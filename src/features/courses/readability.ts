/** How hard a text is to read. */
export interface Readability {
  words: number;
  sentences: number;
  /** Words of more than six letters. */
  longWords: number;
  /** Björnsson's readability index, rounded to a whole number; 0 for a text without words. */
  lix: number;
}

const WORD = /\p{L}[\p{L}\p{N}'’-]*|\p{N}+(?:[.,]\p{N}+)*/gu;

/**
 * Measures running text. LIX is words per sentence plus the percentage of long words
 * (C.-H. Björnsson, *Läsbarhet*, 1968). A line break ends a sentence, so that headings,
 * list items and table cells do not run together.
 */
export function measureReadability(text: string): Readability {
  let words = 0;
  let sentences = 0;
  let longWords = 0;
  for (const sentence of text.split(/[.!?:]+(?=\s|$)|\n+/u)) {
    const found = sentence.match(WORD);
    if (!found) continue;
    sentences += 1;
    words += found.length;
    longWords += found.filter((word) => word.replace(/[^\p{L}]/gu, '').length > 6).length;
  }
  const lix = words === 0 ? 0 : Math.round(words / sentences + (100 * longWords) / words);
  return { words, sentences, longWords, lix };
}

/** The words a reader sees in an MDX document: body and texts given as attributes, without frontmatter and markup. */
export function readableText(mdx: string): string {
  return mdx
    .replace(/^---\n[\s\S]*?\n---\n/u, '')
    .replace(/<(\w+)([^>]*)>/gu, (_tag, _name: string, attributes: string) =>
      [...attributes.matchAll(/\b(?:title|text|question)="([^"]*)"/gu)]
        .map((match) => `\n${match[1] ?? ''}\n`)
        .join(''),
    )
    .replace(/<\/\w+>/gu, '\n')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/^\s*\|?[\s:|-]+\|?\s*$/gmu, '')
    .replace(/\|/gu, '\n')
    .replace(/[*_#>`]/gu, '')
    .replace(/^\s*(?:[-+]|\d+\.)\s+/gmu, '');
}
