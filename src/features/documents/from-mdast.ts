import type {
  List as MdList,
  ListItem as MdListItem,
  Nodes,
  PhrasingContent,
  Root,
  Table as MdTable,
} from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx';
import { documents } from '#src/i18n/documents.ts';
import type { Body, Inline, Mark } from './body.ts';
import type { Problem } from './document.ts';
import { pieceTypes, type PieceName } from './mdast.ts';
import { normaliseInlines } from './normalise.ts';

type Place = Pick<Problem, 'line' | 'column'>;
/** A node of a body before it has been held against the schema. */
interface Draft {
  type: string;
  attrs?: Record<string, unknown>;
  content?: unknown[];
}

export interface FromMdast {
  /** To be held against the schema: nodes of it may be missing something. */
  body: Body;
  problems: Omit<Problem, 'file'>[];
  /** Where in the text the node at a path of the body is; the nearest one around it. */
  placeOfNode(path: readonly PropertyKey[]): Place;
}

/** What each piece has: its attributes, which of them stand without a value, and where it may stand. */
const pieces: Record<
  PieceName,
  { attributes: string[]; flags?: string[]; within?: PieceName[]; isFact?: true }
> = {
  FactBox: { attributes: ['title'] },
  Case: { attributes: ['title'] },
  Choice: { attributes: ['text', 'verdict'], within: ['Case'] },
  Reflection: { attributes: [] },
  QuickCheck: { attributes: ['question'] },
  Option: { attributes: ['text'], flags: ['correct'], within: ['QuickCheck'] },
  WorkVariants: { attributes: [] },
  Work: { attributes: ['for'], within: ['WorkVariants'] },
  TakeAway: { attributes: [] },
  Law: { attributes: ['id'], isFact: true },
  Contact: { attributes: ['id'], isFact: true },
  Figure: { attributes: ['id'], isFact: true },
};

/** Turns a parsed text into a body. Everything that is not on the allow-list becomes a problem. */
export function fromMdast(root: Root): FromMdast {
  const problems: FromMdast['problems'] = [];
  const places = new WeakMap<object, Place>();
  const at = (node: Nodes): Place => ({
    line: node.position?.start.line ?? 1,
    column: node.position?.start.column ?? 1,
  });
  const problem = (node: Nodes, reason: string) => void problems.push({ ...at(node), reason });
  const placed = (node: Nodes, made: Draft): Draft => {
    places.set(made, at(node));
    return made;
  };
  const refuse = (node: Nodes) => problem(node, documents.nodes[node.type] ?? documents.node);

  function blocks(nodes: readonly Nodes[], within: PieceName | null): Draft[] {
    return nodes.flatMap((node) => block(node, within));
  }

  function block(node: Nodes, within: PieceName | null): Draft[] {
    switch (node.type) {
      case 'paragraph':
        return paragraph(node, node.children);
      case 'heading':
        if (within) problem(node, documents.headingWithin);
        if (node.children.some(({ type }) => type === 'break')) problem(node, documents.headingBreak);
        return [
          placed(node, { type: 'heading', attrs: { level: node.depth }, content: inlines(node.children) }),
        ];
      case 'list':
        return [list(node)];
      case 'table':
        return [table(node)];
      case 'mdxJsxFlowElement':
        return piece(node, within);
      default:
        refuse(node);
        return [];
    }
  }

  function paragraph(node: Nodes, children: readonly PhrasingContent[]): Draft[] {
    const [only] = children;
    if (children.length === 1 && only?.type === 'image') {
      if (only.title) problem(only, documents.title);
      return [placed(node, { type: 'image', attrs: { src: only.url, alt: only.alt ?? '' } })];
    }
    return [placed(node, { type: 'paragraph', content: inlines(children) })];
  }

  function list(node: MdList): Draft {
    if (node.ordered && node.start !== 1) problem(node, documents.listStart);
    return placed(node, {
      type: node.ordered ? 'orderedList' : 'bulletList',
      content: node.children.map(listItem),
    });
  }

  function listItem(item: MdListItem): Draft {
    const content = item.children.flatMap((node): Draft[] => {
      if (node.type === 'paragraph' && node.children[0]?.type !== 'image')
        return paragraph(node, node.children);
      if (node.type === 'list') return [list(node)];
      problem(node, documents.nodes[node.type] ?? documents.listItem);
      return [];
    });
    return placed(item, { type: 'listItem', content });
  }

  function table(node: MdTable): Draft {
    if (node.align?.some(Boolean)) problem(node, documents.align);
    return placed(node, {
      type: 'table',
      content: node.children.map((row, index) =>
        placed(row, {
          type: 'tableRow',
          content: row.children.map((cell) =>
            placed(cell, {
              type: index === 0 ? 'tableHeader' : 'tableCell',
              content: [placed(cell, { type: 'paragraph', content: inlines(cell.children) })],
            }),
          ),
        }),
      ),
    });
  }

  function piece(node: MdxJsxFlowElement, within: PieceName | null): Draft[] {
    const { name } = node;
    if (name === null || !Object.hasOwn(pieces, name)) {
      problem(node, documents.unknownPiece(name ?? ''));
      return [];
    }
    const own = name as PieceName;
    const form = pieces[own];
    const isPlaced = form.within
      ? within !== null && form.within.includes(within)
      : within === null || form.isFact === true;
    if (!isPlaced) problem(node, documents.misplaced(own));
    const attrs = attributes(node, own);
    if (!form.isFact) {
      const content = blocks(node.children, own);
      const type = pieceTypes[own];
      return [placed(node, form.attributes.length > 0 ? { type, attrs, content } : { type, content })];
    }
    if (node.children.length > 0) problem(node, documents.notEmpty(own));
    return [placed(node, { type: pieceTypes[own], attrs })];
  }

  function attributes(node: MdxJsxFlowElement, name: PieceName): Record<string, unknown> {
    const form = pieces[name];
    const read = new Map<string, unknown>();
    for (const attribute of node.attributes) {
      if (attribute.type !== 'mdxJsxAttribute') {
        problem(node, documents.spread);
        continue;
      }
      const isFlag = form.flags?.includes(attribute.name) ?? false;
      if (!isFlag && !form.attributes.includes(attribute.name)) {
        problem(node, documents.attribute(attribute.name, name));
      } else if (read.has(attribute.name)) {
        problem(node, documents.attributeTwice(attribute.name));
      } else if (isFlag && attribute.value !== null && attribute.value !== undefined) {
        problem(node, documents.attributeFlag(attribute.name));
      } else if (!isFlag && typeof attribute.value !== 'string') {
        problem(node, documents.attributeForm(attribute.name));
      } else read.set(attribute.name, isFlag ? true : attribute.value);
    }
    for (const attribute of form.attributes) {
      if (!node.attributes.some((one) => 'name' in one && one.name === attribute)) {
        problem(node, documents.attributeMissing(attribute));
      }
    }
    for (const flag of form.flags ?? []) if (!read.has(flag)) read.set(flag, false);
    return Object.fromEntries(read);
  }

  function inlines(nodes: readonly PhrasingContent[]): Inline[] {
    return normaliseInlines(nodes.flatMap((node) => inline(node, [])));
  }

  function inline(node: PhrasingContent, marks: readonly Mark[]): Inline[] {
    const within = (children: readonly PhrasingContent[], mark: Mark) =>
      children.flatMap((child) =>
        inline(child, marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark]),
      );
    switch (node.type) {
      case 'text':
        return [{ type: 'text', text: node.value, ...(marks.length > 0 ? { marks: [...marks] } : {}) }];
      case 'break':
        return [{ type: 'hardBreak' }];
      case 'strong':
        return within(node.children, { type: 'bold' });
      case 'emphasis':
        return within(node.children, { type: 'italic' });
      case 'link':
        if (node.title) problem(node, documents.title);
        return within(node.children, { type: 'link', attrs: { href: node.url } });
      case 'mdxJsxTextElement':
        problem(
          node,
          node.name !== null && Object.hasOwn(pieces, node.name)
            ? documents.alone(node.name)
            : documents.unknownPiece(node.name ?? ''),
        );
        return [];
      default:
        refuse(node);
        return [];
    }
  }

  const body = placed(root, { type: 'doc', content: blocks(root.children, null) }) as unknown as Body;
  return {
    body,
    problems,
    placeOfNode(path) {
      let node: unknown = body;
      let place = at(root);
      for (const key of path) {
        if (typeof node !== 'object' || node === null) break;
        node = (node as Record<PropertyKey, unknown>)[key];
        place = (typeof node === 'object' && node !== null && places.get(node)) || place;
      }
      return place;
    },
  };
}
