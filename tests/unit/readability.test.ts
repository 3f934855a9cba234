import { describe, expect, test } from 'vitest';
import { measureReadability, readableText } from '#src/features/courses/readability.ts';

describe('LIX', () => {
  test('is words per sentence plus the percentage of words longer than six letters', () => {
    // Ten words in two sentences; "hedersnormer" and "förklarar" are long: 10/2 + 100·2/10 = 25.
    const text = 'Det är bra att fråga. Sanna förklarar vad hedersnormer är.';
    expect(measureReadability(text)).toEqual({ words: 10, sentences: 2, longWords: 2, lix: 25 });
  });

  test('counts a heading or list item as a sentence of its own', () => {
    expect(measureReadability('En rubrik\nEn punkt\nEn punkt till').sentences).toBe(3);
  });

  test('is zero for a text without words', () => {
    expect(measureReadability(' — … ')).toEqual({ words: 0, sentences: 0, longWords: 0, lix: 0 });
  });
});

describe('The text a reader sees', () => {
  test('leaves out frontmatter, tags and link addresses, and keeps texts in attributes', () => {
    const mdx =
      '---\ntitle: X\n---\n\n## En rubrik\n\n<Choice text="Ring chefen" verdict="good">\n\nBra, se [stöd](/stod/).\n\n</Choice>\n';
    expect(readableText(mdx).split(/\s+/).filter(Boolean)).toEqual([
      'En',
      'rubrik',
      'Ring',
      'chefen',
      'Bra,',
      'se',
      'stöd.',
    ]);
  });
});
