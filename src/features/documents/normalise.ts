import type {
  Block,
  Body,
  Choice,
  Inline,
  List,
  ListItem,
  Mark,
  Paragraph,
  SimpleBlock,
  TextNode,
} from './body.ts';
import { cleanLine, cleanText } from '#src/lib/text.ts';

/**
 * The canonical form of a body: what is read from a file, and what a written file gives back. Texts are
 * clean, texts with equal marks are one, marks stand in one order and never around a space, no space and no
 * line break begins or ends a paragraph, and there is no empty paragraph. Nothing else is taken away: what is
 * missing is for the writer of the text to see.
 */
export function normaliseBody(body: Body): Body {
  return { type: 'doc', content: body.content.map(finalBlock).filter((block) => !isEmpty(block)) };
}

/** The same for a text that somebody is still writing: empty places and spaces stay. */
export function normaliseDraftBody(body: Body): Body {
  const blocks = body.content.map((block) => mapBlock(block, draftInlines, cleanText));
  const filled = blocks.filter((block) => !isEmpty(block));
  return { type: 'doc', content: filled.length > 0 ? filled : blocks.slice(0, 1) };
}

/** A line of text in its canonical form: for paragraphs. */
export function normaliseInlines(content: readonly Inline[]): Inline[] {
  return joinTexts(tidySpaces(joinTexts(content)));
}

const finalBlock = (block: Block) => mapBlock(block, normaliseInlines, cleanLine, dropEmpty);
const draftInlines = (content: readonly Inline[]): Inline[] => joinTexts(content);
const isEmpty = (block: { type: string; content?: unknown }) =>
  block.type === 'paragraph' && (block.content as unknown[]).length === 0;

type MapInlines = (content: readonly Inline[]) => Inline[];
type MapSimples = (blocks: SimpleBlock[]) => SimpleBlock[];

function dropEmpty<T extends SimpleBlock>(blocks: T[]): T[] {
  return blocks.filter((block) => !isEmpty(block));
}

function mapBlock(
  block: Block,
  inlines: MapInlines,
  line: (text: string) => string,
  simples: MapSimples = (blocks) => blocks,
): Block {
  const simple = (node: SimpleBlock) => mapSimple(node, inlines, line);
  const within = (content: SimpleBlock[]) => simples(content.map(simple));
  switch (block.type) {
    case 'heading':
      return { type: 'heading', attrs: block.attrs, content: inlines(withoutBreaks(block.content)) };
    case 'factBox':
      return { type: 'factBox', attrs: { title: line(block.attrs.title) }, content: within(block.content) };
    case 'reflection':
    case 'takeAway':
      return { type: block.type, content: within(block.content) };
    case 'case':
      return {
        type: 'case',
        attrs: { title: line(block.attrs.title) },
        content: block.content.flatMap((node): (SimpleBlock | Choice)[] => {
          if (node.type !== 'choice') return within([node]);
          const { text, verdict } = node.attrs;
          return [{ type: 'choice', attrs: { text: line(text), verdict }, content: within(node.content) }];
        }),
      };
    case 'quickCheck':
      return {
        type: 'quickCheck',
        attrs: { question: line(block.attrs.question) },
        content: block.content.map((option) => ({
          type: 'option',
          attrs: { text: line(option.attrs.text), correct: option.attrs.correct },
          content: within(option.content),
        })),
      };
    case 'workVariants':
      return {
        type: 'workVariants',
        content: block.content.map((work) => ({
          type: 'work',
          attrs: work.attrs,
          content: within(work.content),
        })),
      };
    default:
      return simple(block);
  }
}

function mapSimple(block: SimpleBlock, inlines: MapInlines, line: (text: string) => string): SimpleBlock {
  switch (block.type) {
    case 'paragraph':
      return mapParagraph(block, inlines);
    case 'bulletList':
    case 'orderedList':
      return mapList(block, inlines);
    case 'table':
      return {
        type: 'table',
        content: block.content.map((row) => ({
          type: 'tableRow',
          content: row.content.map((cell) => ({
            type: cell.type,
            content: cell.content.map((paragraph) => ({
              type: 'paragraph',
              content: inlines(withoutBreaks(paragraph.content)),
            })) as [Paragraph],
          })),
        })),
      };
    case 'image':
      return { type: 'image', attrs: { src: block.attrs.src, alt: line(block.attrs.alt) } };
    default:
      return block;
  }
}

const mapParagraph = (paragraph: Paragraph, inlines: MapInlines): Paragraph => ({
  type: 'paragraph',
  content: inlines(paragraph.content),
});

function mapList(list: List, inlines: MapInlines): List {
  return {
    type: list.type,
    content: list.content.map((item): ListItem => {
      const nodes = item.content.map((node) =>
        node.type === 'paragraph' ? mapParagraph(node, inlines) : mapList(node, inlines),
      );
      if (inlines === draftInlines) return { type: 'listItem', content: nodes as ListItem['content'] };
      const filled = nodes.filter((node) => !isEmpty(node));
      // An item begins with a paragraph, be it an empty one.
      const first = filled[0]?.type === 'paragraph' ? [] : nodes.slice(0, 1);
      return { type: 'listItem', content: [...first, ...filled] as ListItem['content'] };
    }),
  };
}

const withoutBreaks = (content: readonly Inline[]): Inline[] =>
  content.map((node) => (node.type === 'hardBreak' ? { type: 'text', text: ' ' } : node));

const ORDER = ['link', 'bold', 'italic'] as const;
const sortMarks = (marks: readonly Mark[] = []) =>
  ORDER.flatMap((type) => marks.find((mark) => mark.type === type) ?? []);

/** Whether two marks say the same. */
export function isSameMark(a: Mark, b: Mark): boolean {
  return a.type === b.type && (a.type !== 'link' || a.attrs.href === (b as typeof a).attrs.href);
}
const isSameMarks = (a: readonly Mark[], b: readonly Mark[]) =>
  a.length === b.length && a.every((mark, index) => isSameMark(mark, b[index]!));

function textNode(text: string, marks: Mark[]): TextNode {
  return marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text };
}

/**
 * Cleans texts, sorts marks and joins neighbours with equal marks. What belongs together is put together once:
 * word by word, a long paragraph would cost the square of its length.
 */
function joinTexts(content: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  let texts: string[] = [];
  let marks: readonly Mark[] = [];
  const flush = () => {
    // Letters that meet can become one.
    if (texts.length > 0) joined.push(textNode(cleanText(texts.join('')), [...marks]));
    texts = [];
  };
  for (const node of content) {
    if (node.type === 'hardBreak') {
      flush();
      joined.push({ type: 'hardBreak' });
      continue;
    }
    const text = cleanText(node.text);
    if (text === '') continue;
    const own = sortMarks(node.marks);
    if (texts.length > 0 && !isSameMarks(marks, own)) flush();
    marks = own;
    texts.push(text);
  }
  flush();
  return joined;
}

/** Single spaces, with the marks that both their neighbours have; none at the edges or beside a line break. */
function tidySpaces(content: readonly Inline[]): Inline[] {
  const tidy: Inline[] = [];
  let before: readonly Mark[] | null = null;
  let isSpaced = false;
  let isBroken = false;
  for (const node of content) {
    if (node.type === 'hardBreak') {
      isBroken = before !== null || isBroken;
      isSpaced = false;
      before = null;
      continue;
    }
    const marks = node.marks ?? [];
    const text = node.text.replace(/ +/g, ' ');
    const words = text.slice(text.startsWith(' ') ? 1 : 0, text.endsWith(' ') ? -1 : undefined);
    isSpaced ||= text.startsWith(' ');
    if (words === '') continue;
    if (isBroken) tidy.push({ type: 'hardBreak' });
    else if (isSpaced && before) {
      tidy.push(
        textNode(
          ' ',
          before.filter((mark) => marks.some((other) => isSameMark(mark, other))),
        ),
      );
    }
    tidy.push(textNode(words, [...marks]));
    before = marks;
    isSpaced = text.endsWith(' ');
    isBroken = false;
  }
  return tidy;
}
