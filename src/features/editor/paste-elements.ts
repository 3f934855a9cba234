/** Takes an element away; what is in it stays. */
export function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

/** Renames an element, without its attributes; what is in it stays. */
export function rename(element: Element, name: string): Element {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}
