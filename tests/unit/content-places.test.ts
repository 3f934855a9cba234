import { describe, expect, test } from 'vitest';
import { readBody } from '#src/features/documents/mdx-reader.ts';

const FRONT = '---\ntitle: Prov\n---\n\nFörst ett stycke.\n\n';
const placeIn = (text: string) => {
  const found = readBody(`${FRONT}${text}`, 'a.mdx');
  return found.kind === 'refused' ? found.problems.map(({ line, column }) => ({ line, column })) : found.kind;
};

describe('A piece that is not closed is refused where it begins', () => {
  test.each([
    ['at the end of the page', '<FactBox title="A">\n\nText.\n'],
    ['before the end of another', '<FactBox title="A">\n\nText.\n\n</Case>\n'],
    ['within a paragraph', '<FactBox title="A"> text\n\nMer.\n'],
  ])('%s', (_, text) => {
    expect(placeIn(text)).toEqual([{ line: 7, column: 1 }]);
  });
});
