import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { textEditor as words } from '#src/i18n/editor.ts';

/** Says in an empty text, and in each empty piece, what is to be written there. */
export const EmptyHints = Extension.create({
  name: 'emptyHints',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations: ({ doc }) =>
          DecorationSet.create(
            doc,
            hintsIn(doc).map(({ from, to, hint }) => Decoration.node(from, to, { 'data-hint': hint })),
          ),
      },
    }),
  ],
});

interface Hint {
  /** The empty paragraph that it stands in. */
  from: number;
  to: number;
  hint: string;
}

/** The hints of a document, in order. */
export function hintsIn(doc: Node): Hint[] {
  const found: Hint[] = [];
  const visit = (node: Node, inside: number): void => {
    const hint = words.hints[node.type.name];
    const [first, second] = [node.maybeChild(0), node.maybeChild(1)];
    // The choices of a case come after its scene.
    const isAlone = !second || second.type.name === 'choice';
    if (hint && first && isAlone && first.type.name === 'paragraph' && first.content.size === 0)
      found.push({ from: inside, to: inside + first.nodeSize, hint });
  };
  visit(doc, 0);
  doc.descendants((node, position) => {
    visit(node, position + 1);
    return !node.isTextblock;
  });
  return found;
}
