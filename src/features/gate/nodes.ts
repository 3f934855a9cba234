import type { Body, FactReference, Inline, Picture } from '#src/features/documents/body.ts';

/** What every node may have, whatever it is. */
interface AnyNode {
  type: string;
  content?: readonly (AnyNode | Inline)[];
}

/** A node of a body, and the index of the top-level block it stands in. */
interface Placed<T> {
  block: number;
  node: T;
}

/** Every node of a body, each before what it holds. Walks without recursion: depth costs no stack. */
function nodesOf(body: Body): Placed<AnyNode>[] {
  const found: Placed<AnyNode>[] = [];
  for (const [block, top] of (body.content as readonly AnyNode[]).entries()) {
    const waiting: AnyNode[] = [top];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      found.push({ block, node });
      waiting.push(...((node.content ?? []) as AnyNode[]).toReversed());
    }
  }
  return found;
}

const FACTS = new Set(['law', 'contact', 'figure']);

/** The laws, contacts and figures that a body shows. */
export function factsOf(body: Body): Placed<FactReference>[] {
  return nodesOf(body).filter(({ node }) => FACTS.has(node.type)) as unknown as Placed<FactReference>[];
}

/** The pictures in a body. */
export function picturesOf(body: Body): Placed<Picture>[] {
  return nodesOf(body).filter(({ node }) => node.type === 'image') as unknown as Placed<Picture>[];
}

/** A link as readers meet it. */
export interface TextLink {
  block: number;
  href: string;
  text: string;
}

/** The links in a body. One that runs through bold and plain text is one link. */
export function linksOf(body: Body): TextLink[] {
  return nodesOf(body).flatMap(({ block, node }) =>
    joinLinks((node.content ?? []) as Inline[]).map((link) => ({ block, ...link })),
  );
}

function joinLinks(content: readonly Inline[]): Omit<TextLink, 'block'>[] {
  const links: Omit<TextLink, 'block'>[] = [];
  let open: Omit<TextLink, 'block'> | undefined;
  for (const node of content) {
    const mark = node.type === 'text' ? node.marks?.find(({ type }) => type === 'link') : undefined;
    const href = mark?.type === 'link' ? mark.attrs.href : undefined;
    if (href === undefined) open = undefined;
    else if (node.type === 'text' && open?.href === href) open.text += node.text;
    else if (node.type === 'text') links.push((open = { href, text: node.text }));
  }
  return links;
}

/** The text of a heading, a paragraph or a cell, with a space for each line break. */
export function plainText(content: readonly Inline[] | undefined): string {
  return (content ?? []).map((node) => (node.type === 'text' ? node.text : ' ')).join('');
}
