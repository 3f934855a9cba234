import type { Block, Body, Inline, List, SimpleBlock } from './body.ts';

/** A text that a reader sees. */
export interface ReadingText {
  /** The place of the top-level block that it stands in, counted from 0. */
  block: number;
  text: string;
  kind: 'heading' | 'paragraph' | 'listItem' | 'cell' | 'alt' | 'title';
}

/**
 * Every text of a body that a reader sees, in reading order: one entry for each paragraph, heading, list
 * item, cell, and for each text in an attribute. Facts that are shown by id are not among them.
 */
export function readingText(body: Body): ReadingText[] {
  return body.content.flatMap((block, index) =>
    textsOfBlock(block)
      .map(({ kind, text }) => ({ block: index, kind, text: text.trim() }))
      .filter(({ text }) => text !== ''),
  );
}

/** All of it as running text, each on a line of its own: what LIX is measured on. */
export function runningText(body: Body): string {
  return readingText(body)
    .map(({ text }) => text)
    .join('\n');
}

/** The words of a line of text; a line break is a space. */
export function inlineText(content: readonly Inline[]): string {
  return content.map((node) => (node.type === 'text' ? node.text : ' ')).join('');
}

type Piece = Omit<ReadingText, 'block'>;

function textsOfBlock(block: Block): Piece[] {
  switch (block.type) {
    case 'heading':
      return [{ kind: 'heading', text: inlineText(block.content) }];
    case 'factBox':
      return [title(block.attrs.title), ...block.content.flatMap(textsOfSimple)];
    case 'reflection':
    case 'takeAway':
      return block.content.flatMap(textsOfSimple);
    case 'case':
      return [
        title(block.attrs.title),
        ...block.content.flatMap((node) =>
          node.type === 'choice'
            ? [title(node.attrs.text), ...node.content.flatMap(textsOfSimple)]
            : textsOfSimple(node),
        ),
      ];
    case 'quickCheck':
      return [
        title(block.attrs.question),
        ...block.content.flatMap((option) => [
          title(option.attrs.text),
          ...option.content.flatMap(textsOfSimple),
        ]),
      ];
    case 'workVariants':
      return block.content.flatMap((work) => work.content.flatMap(textsOfSimple));
    default:
      return textsOfSimple(block);
  }
}

const title = (text: string): Piece => ({ kind: 'title', text });

function textsOfSimple(block: SimpleBlock): Piece[] {
  switch (block.type) {
    case 'paragraph':
      return [{ kind: 'paragraph', text: inlineText(block.content) }];
    case 'bulletList':
    case 'orderedList':
      return textsOfList(block);
    case 'table':
      return block.content.flatMap((row) =>
        row.content.map((cell): Piece => ({ kind: 'cell', text: inlineText(cell.content[0].content) })),
      );
    case 'image':
      return [{ kind: 'alt', text: block.attrs.alt }];
    default:
      return [];
  }
}

function textsOfList(list: List): Piece[] {
  return list.content.flatMap((item) =>
    item.content.flatMap((node): Piece[] =>
      node.type === 'paragraph' ? [{ kind: 'listItem', text: inlineText(node.content) }] : textsOfList(node),
    ),
  );
}
