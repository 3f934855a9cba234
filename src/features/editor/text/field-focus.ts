import type { EditorView } from '@tiptap/pm/view';

const FIELDS = 'input:not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled)';

/**
 * The field of a piece that comes after the caret in reading order (`-1`: before it), or null. Without this a
 * browser goes from the caret to the first field of the whole text.
 */
export function fieldBeside(view: EditorView, by: 1 | -1): HTMLElement | null {
  const { node, offset } = view.domAtPos(view.state.selection.head);
  const caret = document.createRange();
  caret.setStart(node, offset);
  const fields = [...view.dom.querySelectorAll<HTMLElement>(FIELDS)].filter((field) => field.tabIndex >= 0);
  // -1: the field is before the caret.
  const side = (field: HTMLElement) => -caret.comparePoint(field.parentNode!, indexIn(field));
  return by > 0
    ? (fields.find((field) => side(field) < 0) ?? null)
    : (fields.findLast((field) => side(field) > 0) ?? null);
}

const indexIn = (element: Element) => [...element.parentNode!.childNodes].indexOf(element);

/** Puts the focus in the first field of the block that begins at a position, else the caret into it. */
export function focusBlock(view: EditorView, position: number): void {
  requestAnimationFrame(() => {
    const element = view.nodeDOM(position);
    const field = element instanceof HTMLElement ? element.querySelector<HTMLElement>(FIELDS) : null;
    if (field) field.focus();
    else view.focus();
    if (element instanceof HTMLElement) element.scrollIntoView({ block: 'nearest' });
  });
}

/** What field of which kind has the focus within an element, to find the same one after it was made anew. */
export function focusedField(view: EditorView): string | null {
  const { activeElement } = document;
  return view.dom.contains(activeElement) && activeElement !== view.dom
    ? (activeElement?.getAttribute('data-field') ?? null)
    : null;
}

/** Puts the focus on that field of the block at a position, or in the text. */
export function focusField(view: EditorView, position: number, field: string | null): void {
  requestAnimationFrame(() => {
    const element = view.nodeDOM(position);
    const found =
      field !== null && element instanceof HTMLElement
        ? element.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)
        : null;
    (found ?? view).focus();
  });
}
