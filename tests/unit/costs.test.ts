import { describe, expect, test } from 'vitest';
import { measureReadability } from '#src/features/courses/readability.ts';
import { normaliseBody } from '#src/features/documents/normalise.ts';
import { checkContent } from '#src/features/editorial/check-content.ts';
import { sentencesOf } from '#src/features/gate/sentences.ts';
import { compareLines, compareParts } from '#src/features/publishing/document-changes.ts';

/** Whatever is asked here took minutes when its cost was the square of its size. */
const TIME = 30_000;
const sectionOf = (content: unknown) => ({
  meta: { title: 'Rubrik', minutes: 5, lead: 'Ingress', sources: [] },
  body: { type: 'doc', content },
});

describe('What an editor may send is looked at in bounded time', () => {
  test('a long paragraph becomes canonical', { timeout: TIME }, () => {
    const text = 'ord * '.repeat(50_000).trim();
    const body = normaliseBody({
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
    });
    expect(body.content).toEqual([{ type: 'paragraph', content: [{ type: 'text', text }] }]);
  });

  test('letters that meet where two texts are put together become one', () => {
    const texts = ['a', '\u030a', ' ', 'o', '\u0308'].map((text) => ({ type: 'text' as const, text }));
    const body = normaliseBody({ type: 'doc', content: [{ type: 'paragraph', content: texts }] });
    expect(body.content).toEqual([{ type: 'paragraph', content: [{ type: 'text', text: 'å ö' }] }]);
  });

  test('texts with nothing in common are compared', { timeout: TIME }, () => {
    let last = 1;
    const next = () => (last = (last * 48_271) % 2_147_483_647);
    const line = () => Array.from({ length: 900 }, () => (next() % 36).toString(36)).join(' ');
    const lines = () => Array.from({ length: 400 }, line);
    expect(compareLines(lines(), lines())).toHaveLength(400);
    const sections = () =>
      Array.from({ length: 30 }, (_, index) => ({
        part: `avsnitt/nummer${index}`,
        position: index,
        content: sectionOf(
          Array.from({ length: 50 }, () => ({
            type: 'paragraph',
            content: [{ type: 'text', text: line() }],
          })),
        ),
      }));
    expect(compareParts(sections(), sections()).flatMap((change) => change.lines)).toHaveLength(1_500);
    const short = (sign: string) => Array.from({ length: 15_000 }, (_, index) => `${sign}${index}`);
    expect(compareLines(short('a'), short('b'))).toHaveLength(15_000);
  });

  test.each(['!', 'ca. ', 'm.m. ', '.”', 'a. ', ' '])(
    '%j again and again is read as sentences',
    { timeout: TIME },
    (text) => {
      expect(sentencesOf(`A${text.repeat(200_000 / text.length)}. Slut.`).at(-1)).toMatch(/Slut\.$/);
      expect(measureReadability(`A${text.repeat(200_000 / text.length)}a`).words).toBeGreaterThan(0);
    },
  );

  test.each<[string, unknown]>([
    ['too many rows', [{ type: 'table', content: Array.from({ length: 300_000 }, () => 0) }]],
    [
      'as many wrong rows as may be sent',
      [{ type: 'table', content: Array.from({ length: 149_000 }, () => 0) }],
    ],
    ['too deep', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ])('and refused in words when it is %s', { timeout: TIME }, (_name, content) => {
    const result = checkContent('avsnitt/ett', sectionOf(content));
    expect(result).toMatchObject({ kind: 'refused' });
    expect(result.kind === 'refused' && result.problems[0]?.message).toBeTruthy();
  });
});
