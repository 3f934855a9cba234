import { measureReadability } from '#src/features/courses/readability.ts';
import { gateWords } from '#src/i18n/gate.ts';
import type { Finding } from '../findings.ts';
import type { GatePage } from '../pages.ts';
import { countWords, findSplit, sentencesOf, wordsOf } from '../sentences.ts';

const words = gateWords.reading;

/** The course promises a LIX under 45. */
const HARD = 45;
const TOO_HARD = 50;
const LONGEST_SENTENCE = 25;
const LONGEST_PARAGRAPH = 90;
const LONGEST_AVERAGE = 17;
/** What a warning quotes of a sentence. */
const LONGEST_QUOTE = 160;

/** Every page can be read by anyone: LIX, long sentences and long paragraphs. */
export function checkReadability(pages: readonly GatePage[]): Finding[] {
  return pages.flatMap((page) => [...checkPage(page), ...checkSentences(page), ...checkParagraphs(page)]);
}

function checkPage({ part, texts }: GatePage): Finding[] {
  const { words: count, sentences, lix } = measureReadability(texts.map(({ text }) => text).join('\n'));
  if (count < 50) return [];
  const findings: Finding[] = [];
  if (lix >= HARD) {
    findings.push({
      rule: 'lix',
      severity: lix > TOO_HARD ? 'error' : 'warning',
      part,
      message: words.hard(lix),
      suggestion: words.hardFix(longestWord(texts)),
    });
  }
  const average = count / sentences;
  if (average > LONGEST_AVERAGE) {
    findings.push({
      rule: 'sentence-average',
      severity: 'warning',
      part,
      message: words.average(average.toFixed(1).replace('.', ',')),
      suggestion: words.averageFix,
    });
  }
  return findings;
}

function longestWord(texts: readonly { text: string }[]): string {
  const all = texts.flatMap(({ text }) => wordsOf(text));
  return all.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

function checkSentences({ part, texts }: GatePage): Finding[] {
  return texts.flatMap(({ block, text }) =>
    sentencesOf(text).flatMap((sentence): Finding[] => {
      const count = wordsOf(sentence).length;
      if (count <= LONGEST_SENTENCE) return [];
      const split = findSplit(sentence);
      const quote =
        sentence.length > LONGEST_QUOTE ? `${sentence.slice(0, LONGEST_QUOTE).trim()} …` : sentence;
      return [
        {
          rule: 'sentence-long',
          severity: 'warning',
          part,
          block,
          message: words.longSentence(count, quote),
          suggestion: split ? words.splitBefore(split.before, split.after) : words.split,
        },
      ];
    }),
  );
}

function checkParagraphs({ part, body, texts }: GatePage): Finding[] {
  return texts.flatMap(({ block, text }): Finding[] => {
    const count = countWords([text]);
    if (count <= LONGEST_PARAGRAPH || body.content[block]?.type === 'heading') return [];
    return [
      {
        rule: 'paragraph-long',
        severity: 'warning',
        part,
        block,
        message: words.longParagraph(count),
        suggestion: words.longParagraphFix,
      },
    ];
  });
}
