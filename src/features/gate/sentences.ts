const WORD = /\p{L}[\p{L}\p{N}'’-]*|\p{N}+(?:[.,]\p{N}+)*/gu;

/** The words of a text, as LIX counts them. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** How many words there are in some texts. */
export function countWords(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + wordsOf(text).length, 0);
}

/** Abbreviations whose full stops end no sentence. */
const SHORT =
  /\b(?:t\.ex|bl\.a|d\.v\.s|m\.m|m\.fl|o\.s\.v|s\.k|f\.d|ca|kap|nr|st|resp|jfr|dvs|osv|mfl|tex)\.$/iu;

/** Longer than any of them, with the letter before it. */
const SHORT_LENGTH = 12;

/** The sentences of a text. A line break ends one too. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const line of text.split(/\n+/u)) {
    let start = 0;
    // Looked for from the first of several full stops only, or a line of them would cost the square of its length.
    for (const match of line.matchAll(/(?<![.!?])[.!?]+[”"’')\]]*(?=\s)/gu)) {
      const end = match.index + match[0].length;
      if (SHORT.test(line.slice(Math.max(start, end - SHORT_LENGTH), end))) continue;
      // ”Kom hit!” sa han: a small letter goes on with the same sentence.
      if (/^\s+[–-]?\s*\p{Ll}/u.test(line.slice(end, end + 8))) continue;
      const sentence = line.slice(start, end).trim();
      if (sentence !== '') sentences.push(sentence);
      start = end;
    }
    const rest = line.slice(start).trim();
    if (rest !== '') sentences.push(rest);
  }
  return sentences;
}

/** Where a long sentence can become two: the last words of the first, and the first of the second. */
export interface Split {
  before: string;
  after: string;
}

/** Between clauses, the best places first. */
const JOINTS = [
  /; /gu,
  / – /gu,
  /: /gu,
  /, (?=(?:och|men|så|för|utan|eller|eftersom|medan|därför)\s)/gu,
  /, (?=som\s)/gu,
  / (?=(?:och|men|eftersom|medan)\s)/gu,
  /, /gu,
];

/** The best place to divide a sentence: a joint between clauses, with at least six words on either side. */
export function findSplit(sentence: string): Split | null {
  for (const joint of JOINTS) {
    const places = [...sentence.matchAll(joint)]
      .map(
        (match) => [sentence.slice(0, match.index), sentence.slice(match.index + match[0].length)] as const,
      )
      .map(([left, right]) => ({ left: wordsOf(left), right: wordsOf(right) }))
      .filter(({ left, right }) => left.length >= 6 && right.length >= 6)
      .toSorted(
        (a, b) => Math.abs(a.left.length - a.right.length) - Math.abs(b.left.length - b.right.length),
      );
    const best = places[0];
    if (best) {
      return { before: best.left.slice(-3).join(' '), after: best.right.slice(0, 3).join(' ') };
    }
  }
  return null;
}
