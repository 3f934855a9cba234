import type { JSONContent } from '@tiptap/core';
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
} from '#src/features/documents/body.ts';
import { limits } from '#src/lib/limits.ts';
import { normaliseDraftBody } from '#src/features/documents/normalise.ts';

/**
 * A body as a document of the editor. Total: what a draft may lack is filled with an empty paragraph, and a
 * scene that stands after the choices is put before them; no text is left out.
 */
export function fromBody(body: Body): JSONContent {
  return { type: 'doc', content: filled(fromNodes(body.content)) };
}

type AnyNode = { type: string; attrs?: object; content?: readonly AnyNode[]; text?: string; marks?: unknown };

const fromNodes = (nodes: readonly unknown[]) =>
  nodes.filter((node) => !isNothing(node as AnyNode)).map((node) => fromNode(node as AnyNode));

/** What a draft may hold and an editor cannot show: an empty text, a list without items, a table without cells. */
const isNothing = ({ type, text, content = [] }: AnyNode): boolean =>
  text === '' ||
  ((type === 'bulletList' || type === 'orderedList') && content.length === 0) ||
  (type === 'table' && content.every((row) => row.content?.length === 0));

function fromNode({ type, content = [], ...rest }: AnyNode): JSONContent {
  const shell = { ...(rest as JSONContent), type };
  const children = fromNodes(content);
  switch (type) {
    case 'factBox':
    case 'reflection':
    case 'takeAway':
    case 'choice':
    case 'option':
    case 'work':
      return { ...shell, content: filled(children) };
    case 'case': {
      const scene = children.filter((child) => child.type !== 'choice');
      return {
        ...shell,
        content: [...filled(scene), ...children.filter((child) => child.type === 'choice')],
      };
    }
    case 'tableRow':
      return { ...shell, content: children.length > 0 ? children : [emptyCell()] };
    case 'text':
    case 'hardBreak':
      return shell;
    default:
      return content.length === 0 && shell.attrs ? shell : { ...shell, content: children };
  }
}

const filled = (content: JSONContent[]): JSONContent[] =>
  content.length > 0 ? content : [{ type: 'paragraph' }];

const emptyCell = (): JSONContent => ({ type: 'tableCell', content: [{ type: 'paragraph' }] });

/**
 * The body that a document of the editor is, in the form in which a draft is saved. Lists deeper than lists
 * may be become paragraphs of the item they stand in. A document without any text is an empty body.
 */
export function toBody(document: JSONContent): Body {
  const body = normaliseDraftBody({ type: 'doc', content: (document.content ?? []).flatMap(toBlock) });
  const [only, ...others] = body.content;
  const isEmpty = others.length === 0 && only?.type === 'paragraph' && only.content.length === 0;
  return isEmpty ? { type: 'doc', content: [] } : body;
}

const attr = (node: JSONContent, name: string): string => String(node.attrs?.[name] ?? '');

function toBlock(node: JSONContent): Block[] {
  switch (node.type) {
    case 'heading':
      return [
        { type: 'heading', attrs: { level: node.attrs?.['level'] as 2 | 3 | 4 }, content: toInlines(node) },
      ];
    case 'factBox':
      return [{ type: 'factBox', attrs: { title: attr(node, 'title') }, content: toSimples(node) }];
    case 'reflection':
    case 'takeAway':
      return [{ type: node.type, content: toSimples(node) }];
    case 'case':
      return [{ type: 'case', attrs: { title: attr(node, 'title') }, content: toScene(node) }];
    case 'quickCheck':
      return [
        {
          type: 'quickCheck',
          attrs: { question: attr(node, 'question') },
          content: (node.content ?? []).map((option) => ({
            type: 'option',
            attrs: { text: attr(option, 'text'), correct: option.attrs?.['correct'] === true },
            content: toSimples(option),
          })),
        },
      ];
    case 'workVariants':
      return [
        {
          type: 'workVariants',
          content: (node.content ?? []).map((work) => ({
            type: 'work',
            attrs: { for: attr(work, 'for') },
            content: toSimples(work),
          })),
        },
      ];
    default:
      return toSimple(node);
  }
}

function toScene(node: JSONContent): (SimpleBlock | Choice)[] {
  return (node.content ?? []).flatMap((child): (SimpleBlock | Choice)[] =>
    child.type === 'choice'
      ? [
          {
            type: 'choice',
            attrs: {
              text: attr(child, 'text'),
              verdict: child.attrs?.['verdict'] as 'good' | 'risky' | 'harmful',
            },
            content: toSimples(child),
          },
        ]
      : toSimple(child),
  );
}

const toSimples = (node: JSONContent): SimpleBlock[] => (node.content ?? []).flatMap(toSimple);

function toSimple(node: JSONContent): SimpleBlock[] {
  switch (node.type) {
    case 'paragraph':
      return [toParagraph(node)];
    case 'bulletList':
    case 'orderedList':
      return [toList(node, node.type, 1)];
    case 'table':
      return [
        {
          type: 'table',
          content: (node.content ?? []).map((row, index) => ({
            type: 'tableRow',
            content: (row.content ?? []).map((cell) => ({
              type: index === 0 ? 'tableHeader' : 'tableCell',
              content: [toParagraph(cell.content?.[0] ?? {})],
            })),
          })),
        },
      ];
    case 'image':
      return [{ type: 'image', attrs: { src: attr(node, 'src'), alt: attr(node, 'alt') } }];
    case 'law':
    case 'contact':
    case 'figure':
      return [{ type: node.type, attrs: { id: attr(node, 'id') } }];
    default:
      return [];
  }
}

function toList(node: JSONContent, type: List['type'], depth: number): List {
  return { type, content: (node.content ?? []).map((item) => toItem(item, depth)) };
}

function toItem(item: JSONContent, depth: number): ListItem {
  const content = (item.content ?? []).flatMap((child): (Paragraph | List)[] => {
    if (child.type !== 'bulletList' && child.type !== 'orderedList') return [toParagraph(child)];
    return depth < limits.lists ? [toList(child, child.type, depth + 1)] : paragraphsIn(child);
  });
  return { type: 'listItem', content: content as ListItem['content'] };
}

const paragraphsIn = (node: JSONContent): Paragraph[] =>
  node.type === 'paragraph' ? [toParagraph(node)] : (node.content ?? []).flatMap(paragraphsIn);

const toParagraph = (node: JSONContent): Paragraph => ({ type: 'paragraph', content: toInlines(node) });

function toInlines(node: JSONContent): Inline[] {
  return (node.content ?? []).map((inline): Inline => {
    if (inline.type === 'hardBreak') return { type: 'hardBreak' };
    const marks = (inline.marks ?? []).map(toMark);
    const text = inline.text ?? '';
    return marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text };
  });
}

function toMark({ type, attrs }: { type: string; attrs?: Record<string, unknown> }): Mark {
  return type === 'link'
    ? { type, attrs: { href: String(attrs?.['href'] ?? '') } }
    : { type: type as 'bold' | 'italic' };
}
