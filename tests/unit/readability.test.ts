import { describe, expect, test } from 'vitest';
import { measureReadability } from '#src/features/courses/readability.ts';
import { readBody } from '#src/features/documents/mdx-reader.ts';
import { readingText } from '#src/features/documents/reading-text.ts';

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
  test('is each paragraph, heading, item and cell, with texts in attributes, by block', () => {
    const mdx = `---
title: X
---

## En *rubrik*

<Case title="Fallet">

En scen.

<Choice text="Ring chefen" verdict="good">

Bra, se [stöd](/stod/).

- Ett
  - Två

</Choice>

<Choice text="Vänta" verdict="risky">

| A | B |
| - | - |
| c | d |

</Choice>

</Case>

<Law id="sol-19-1" />

![En bild](/bilder/0123456789abcdef-8x8.webp)
`;
    const read = readBody(mdx, 'a.mdx');
    if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
    expect(readingText(read.body).map(({ block, text }) => `${block} ${text}`)).toEqual([
      '0 En rubrik',
      '1 Fallet',
      '1 En scen.',
      '1 Ring chefen',
      '1 Bra, se stöd.',
      '1 Ett',
      '1 Två',
      '1 Vänta',
      '1 A',
      '1 B',
      '1 c',
      '1 d',
      '3 En bild',
    ]);
  });
});
