import type { Body } from './body.ts';
import { inlineText } from './reading-text.ts';

/** Ids that pages have of their own. */
const TAKEN = ['innehall', 'om-platsen', 'sammanfattning'];

/** The id of each top-level heading, by its place among the blocks: its words, each id once. */
export function headingIds(body: Body): Map<number, string> {
  const used = new Set<string>(TAKEN);
  const ids = new Map<number, string>();
  body.content.forEach((block, index) => {
    if (block.type !== 'heading') return;
    const words = inlineText(block.content)
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const name = words === '' ? 'rubrik' : words;
    let id = name;
    for (let number = 1; used.has(id); number += 1) id = `${name}-${number}`;
    used.add(id);
    ids.set(index, id);
  });
  return ids;
}
