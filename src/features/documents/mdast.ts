import type { PhrasingContent, Root, RootContent, TableRow } from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx';
import type { Block, Body, Inline, List, Mark, Paragraph, SimpleBlock, Table, TextNode } from './body.ts';
import { isSameMark } from './normalise.ts';

/** The pieces' names in files, and their nodes' names in a body. */
export const pieceTypes = {
  FactBox: 'factBox',
  Case: 'case',
  Choice: 'choice',
  Reflection: 'reflection',
  QuickCheck: 'quickCheck',
  Option: 'option',
  WorkVariants: 'workVariants',
  Work: 'work',
  TakeAway: 'takeAway',
  Law: 'law',
  Contact: 'contact',
  Figure: 'figure',
} as const;
export type PieceName = keyof typeof pieceTypes;

/** A body as the tree that is written as MDX. */
export function toMdast(body: Body): Root {
  return { type: 'root', children: body.content.map(blockToMdast) as RootContent[] };
}

type Attributes = Record<string, string | true | undefined>;

function piece(name: PieceName, attributes: Attributes, children: unknown[]): MdxJsxFlowElement {
  return {
    type: 'mdxJsxFlowElement',
    name,
    attributes: Object.entries(attributes).flatMap(([attribute, value]) =>
      value === undefined
        ? []
        : [{ type: 'mdxJsxAttribute' as const, name: attribute, value: value === true ? null : value }],
    ),
    children: children as MdxJsxFlowElement['children'],
  };
}

function blockToMdast(block: Block): RootContent {
  switch (block.type) {
    case 'heading':
      return { type: 'heading', depth: block.attrs.level, children: inlinesToMdast(block.content) };
    case 'factBox':
      return piece('FactBox', block.attrs, block.content.map(simpleToMdast));
    case 'reflection':
      return piece('Reflection', {}, block.content.map(simpleToMdast));
    case 'takeAway':
      return piece('TakeAway', {}, block.content.map(simpleToMdast));
    case 'case':
      return piece(
        'Case',
        block.attrs,
        block.content.map((node) =>
          node.type === 'choice'
            ? piece(
                'Choice',
                { text: node.attrs.text, verdict: node.attrs.verdict },
                node.content.map(simpleToMdast),
              )
            : simpleToMdast(node),
        ),
      );
    case 'quickCheck':
      return piece(
        'QuickCheck',
        block.attrs,
        block.content.map(({ attrs, content }) =>
          piece(
            'Option',
            { text: attrs.text, correct: attrs.correct || undefined },
            content.map(simpleToMdast),
          ),
        ),
      );
    case 'workVariants':
      return piece(
        'WorkVariants',
        {},
        block.content.map(({ attrs, content }) =>
          piece('Work', { for: attrs.for }, content.map(simpleToMdast)),
        ),
      );
    default:
      return simpleToMdast(block);
  }
}

function simpleToMdast(block: SimpleBlock): RootContent {
  switch (block.type) {
    case 'paragraph':
      return paragraphToMdast(block);
    case 'bulletList':
    case 'orderedList':
      return listToMdast(block);
    case 'table':
      return tableToMdast(block);
    case 'image':
      return {
        type: 'paragraph',
        children: [{ type: 'image', url: block.attrs.src, alt: block.attrs.alt }],
      };
    case 'law':
      return piece('Law', block.attrs, []);
    case 'contact':
      return piece('Contact', block.attrs, []);
    case 'figure':
      return piece('Figure', block.attrs, []);
  }
}

const paragraphToMdast = (paragraph: Paragraph) => ({
  type: 'paragraph' as const,
  children: inlinesToMdast(paragraph.content),
});

function listToMdast(list: List): RootContent {
  return {
    type: 'list',
    ordered: list.type === 'orderedList',
    spread: false,
    children: list.content.map((item) => ({
      type: 'listItem',
      // Two paragraphs in a row need a line between them.
      spread: item.content.filter(({ type }) => type === 'paragraph').length > 1,
      children: item.content.map((node) =>
        node.type === 'paragraph' ? paragraphToMdast(node) : listToMdast(node),
      ) as never,
    })),
  };
}

function tableToMdast(table: Table): RootContent {
  return {
    type: 'table',
    children: table.content.map((row): TableRow => ({
      type: 'tableRow',
      children: row.content.map((cell) => ({
        type: 'tableCell',
        children: inlinesToMdast(cell.content[0].content),
      })),
    })),
  };
}

/** Marks as nested nodes, in the order they stand in: a link around bold, bold around italic. */
export function inlinesToMdast(content: readonly Inline[], depth = 0): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  for (let index = 0; index < content.length;) {
    const node = content[index]!;
    if (node.type === 'hardBreak') {
      nodes.push({ type: 'break' });
      index += 1;
      continue;
    }
    const mark = node.marks?.[depth];
    if (!mark) {
      nodes.push({ type: 'text', value: node.text });
      index += 1;
      continue;
    }
    const group = takeWhile(content, index, depth, mark);
    nodes.push(markToMdast(mark, inlinesToMdast(group, depth + 1)));
    index += group.length;
  }
  return nodes;
}

/** The texts from `start` on that have this mark at this depth. */
function takeWhile(content: readonly Inline[], start: number, depth: number, mark: Mark): TextNode[] {
  const group: TextNode[] = [];
  for (const node of content.slice(start)) {
    if (node.type === 'hardBreak') break;
    const own = node.marks?.[depth];
    if (!own || !isSameMark(own, mark)) break;
    group.push(node);
  }
  return group;
}

function markToMdast(mark: Mark, children: PhrasingContent[]): PhrasingContent {
  if (mark.type === 'bold') return { type: 'strong', children };
  if (mark.type === 'italic') return { type: 'emphasis', children };
  return { type: 'link', url: mark.attrs.href, children: children as never };
}
