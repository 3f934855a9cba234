import { getSchema } from '@tiptap/core';
import { expect, test } from 'vitest';
import type { Body } from '#src/features/documents/body.ts';
import { fromBody } from '#src/features/editor/schema/body-conversion.ts';
import { contentExtensions } from '#src/features/editor/schema/content-extensions.ts';
import { hintsIn } from '#src/features/editor/text/empty-hints.ts';
import { textEditor as words } from '#src/i18n/editor.ts';

const schema = getSchema(contentExtensions);
const paragraph = (text: string) => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] });

/** The hints that stand in a text, in order. */
function hintsOf(content: unknown[]): string[] {
  const doc = schema.nodeFromJSON(fromBody({ type: 'doc', content } as Body));
  return hintsIn(doc).map(({ from, to, hint }) => {
    expect(doc.nodeAt(from)).toMatchObject({ type: { name: 'paragraph' }, nodeSize: to - from });
    return hint;
  });
}

test('An empty text says how to begin, and one with something in it nothing', () => {
  expect(hintsOf([])).toEqual([words.hints['doc']]);
  expect(hintsOf([paragraph('Hej')])).toEqual([]);
  expect(hintsOf([paragraph(''), paragraph('Hej')])).toEqual([]);
});

test('Each empty place of a piece says what belongs there', () => {
  const choice = (text: string) => ({
    type: 'choice',
    attrs: { text: 'x', verdict: 'good' },
    content: [paragraph(text)],
  });
  expect(
    hintsOf([
      paragraph('Hej'),
      { type: 'case', attrs: { title: '' }, content: [paragraph(''), choice(''), choice('Ja')] },
      { type: 'takeAway', content: [paragraph('')] },
      { type: 'factBox', attrs: { title: '' }, content: [paragraph('Fakta'), paragraph('')] },
    ]),
  ).toEqual([words.hints['case'], words.hints['choice'], words.hints['takeAway']]);
});
