import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeFrontmatter, judgeJson, judgeText } from '../hostile/judge.ts';
import { findForbidden, textOf } from '../hostile/html.ts';
import { anyHostileJson, anyHostileText, randomFrom } from '../hostile/mutate.ts';
import { bodies, frontmatters, texts } from '../hostile/payloads.ts';
import { openRenderer, type Renderer } from '../hostile/renderer.ts';
import { cleanText } from '#src/lib/text.ts';

/** `npm run test:hostile` is the long run. */
const DOCUMENTS = Number(process.env['HOSTILE_DOCUMENTS'] ?? 300);
let renderer: Renderer;

beforeAll(async () => {
  renderer = await openRenderer();
}, 120_000);
afterAll(() => renderer.close());

describe('Of what is hostile, nothing runs and nothing is shown but words', () => {
  test.each(Object.entries(texts))('in a text: %s', { timeout: 60_000 }, async (_, text) => {
    expect((await judgeText(text, renderer)).faults).toEqual([]);
  });

  test.each(Object.entries(frontmatters))('in what a page says of itself: %s', async (_, yaml) => {
    expect((await judgeFrontmatter(yaml, renderer)).faults).toEqual([]);
  });

  test.each(Object.entries(bodies))('in a document: %s', async (_, json) => {
    expect((await judgeJson(json, renderer)).faults).toEqual([]);
  });

  test('when somebody writes it as words', { timeout: 60_000 }, async () => {
    for (const text of Object.values(texts).filter(({ length }) => length < 250)) {
      const node = { type: 'text', text };
      const title = cleanText(text);
      const json = JSON.stringify({
        type: 'doc',
        content: [
          { type: 'paragraph', content: [node] },
          { type: 'heading', attrs: { level: 2 }, content: [node] },
          {
            type: 'factBox',
            attrs: { title },
            content: [
              { type: 'paragraph', content: [{ ...node, marks: [{ type: 'link', attrs: { href: '/a' } }] }] },
              { type: 'image', attrs: { src: '/bilder/0123456789abcdef-8x8.webp', alt: title } },
            ],
          },
        ],
      });
      const { outcome, faults, html } = await judgeJson(json, renderer);
      expect([text, outcome, faults]).toEqual([text, 'shown', []]);
      expect(textOf(html).replaceAll(/\s+/g, ' ')).toContain(title.replaceAll(/\s+/g, ' '));
    }
  });

  test(`in ${DOCUMENTS} documents made from shipped and hostile ones`, { timeout: 300_000 }, async () => {
    const shown = { text: 0, json: 0 };
    for (let number = 0; number < DOCUMENTS; number += 1) {
      const kind = number % 2 === 0 ? 'text' : 'json';
      const random = randomFrom(7_000_000 + number);
      const input = kind === 'text' ? anyHostileText(random) : anyHostileJson(random);
      const { faults, outcome } = await (kind === 'text' ? judgeText : judgeJson)(input, renderer);
      expect([number, faults]).toEqual([number, []]);
      if (outcome === 'shown') shown[kind] += 1;
    }
    // Documents that are all refused at the door try nothing else.
    expect(Math.min(shown.text, shown.json)).toBeGreaterThan(DOCUMENTS / 20);
  });
});

test('What is forbidden is found when it is there', () => {
  expect(findForbidden('<p onclick="x">a</p>')).toEqual(['<p onclick="x">']);
  expect(findForbidden('<a href="javascript:alert(1)">a</a>')).toHaveLength(1);
  expect(findForbidden('<a href="//evil.test">a</a>')).toHaveLength(1);
  expect(findForbidden('<img src="/x" alt="">')).toHaveLength(1);
  expect(findForbidden('<p><script>1</script></p>')).toEqual(['<script> with content']);
  expect(findForbidden('<svg></svg><!-- a -->')).toEqual(['<svg>', '#comment']);
  expect(findForbidden('<p class="piece">a <strong>b</strong></p>')).toEqual([]);
});
