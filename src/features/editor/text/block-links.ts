import { NodeSelection, Selection } from '@tiptap/pm/state';
import type { Editor } from '@tiptap/react';
import { useEffect, useRef } from 'react';

/** A link to a block (`#block-3`, `?block=3`) leads to it, and puts the caret there as soon as it can be written in. */
export function useBlockLinks(editor: Editor, isReadOnly: boolean): void {
  const isThere = useRef(false);
  useEffect(() => {
    const follow = () => {
      const asked =
        /^#block-(\d+)$/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get('block');
      if (asked !== null && asked !== undefined) selectBlock(editor, Number(asked));
    };
    if (!isThere.current) follow();
    isThere.current = !isReadOnly;
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [editor, isReadOnly]);
}

/** Shows a top-level block, by its place, and puts the caret in it. */
function selectBlock(editor: Editor, index: number): void {
  const { doc } = editor.state;
  if (!Number.isInteger(index) || index < 0 || index >= doc.childCount) return;
  const position = doc.resolve(0).posAtIndex(index);
  const selection = doc.child(index).isTextblock
    ? Selection.near(doc.resolve(position + 1))
    : NodeSelection.create(doc, position);
  // Once the pieces are there, so that the place is the right one.
  requestAnimationFrame(() => {
    editor.view.dispatch(editor.state.tr.setSelection(selection));
    editor.view.focus();
    const element = editor.view.nodeDOM(position);
    if (element instanceof HTMLElement) element.scrollIntoView({ block: 'center' });
  });
}
