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
  // From the first of several full stops only, or a line of them would cost the square of its length.
  for (const sentence of text.split(/(?<![.!?:])[.!?:]+(?=\s|$)|\n+/u)) {
    const found = sentence.match(WORD);
    if (!found) continue;
    sentences += 1;
    words += found.length;
    longWords += found.filter((word) => word.replace(/[^\p{L}]/gu, '').length > 6).length;
  }
  const lix = words === 0 ? 0 : Math.round(words / sentences + (100 * longWords) / words);
  return { words, sentences, longWords, lix };
}
