import type { Body } from '#src/features/documents/body.ts';
import { readingText } from '#src/features/documents/reading-text.ts';
import { measureReadability } from '#src/features/courses/readability.ts';
import { sentencesOf, wordsOf } from '#src/features/gate/sentences.ts';
import type { DraftPartInput } from '../draft-part.ts';
import type { FactChoices, PageChoice } from '../text/editor-context.ts';

/** A source to choose among. */
export interface SourceChoice {
  id: string;
  title: string;
}

/** What a page where text is written gets: its part, and what can be put into it. */
export interface WritingProps<T> {
  input: DraftPartInput<T>;
  facts: FactChoices;
  sources: SourceChoice[];
  pages: PageChoice[];
}

/** Words that are read in a minute when one also thinks: what the minutes of the first courses come to. */
const WORDS_A_MINUTE = 130;
const LONG_SENTENCE = 20;
const SHOWN_SENTENCES = 5;

export interface Measures {
  words: number;
  lix: number;
  minutes: number;
  /** The longest of those that are long, the longest first. */
  longest: { words: number; text: string; block: number }[];
}

/** How a text reads, counted as the checks before review count. */
export function measureBody(body: Body): Measures {
  const texts = readingText(body);
  const { words, lix } = measureReadability(texts.map(({ text }) => text).join('\n'));
  const longest = texts
    .flatMap(({ text, block }) =>
      sentencesOf(text).map((sentence) => ({ words: wordsOf(sentence).length, text: sentence, block })),
    )
    .filter((sentence) => sentence.words > LONG_SENTENCE)
    .toSorted((a, b) => b.words - a.words)
    .slice(0, SHOWN_SENTENCES);
  return { words, lix, minutes: Math.max(1, Math.round(words / WORDS_A_MINUTE)), longest };
}
