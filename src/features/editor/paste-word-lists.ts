import { rename } from './paste-elements.ts';

/** Word's paragraphs that look like lists, and those that look like headings, become what they look like. */
export function makeWordLists(body: Element): void {
  for (const paragraph of [...body.querySelectorAll('p')]) {
    const level = headingLevel(paragraph);
    if (level) rename(paragraph, `h${level}`);
  }
  makeLists([...body.querySelectorAll('p')].filter((paragraph) => levelOf(paragraph) !== null));
}

/** `MsoTitle`, `MsoHeading7`, `Rubrik1` and the like; the outline level that Word writes in the style. */
function headingLevel(paragraph: Element): number | null {
  const name = paragraph.className;
  if (/^MsoTitle\b/.test(name)) return 1;
  const named = /^(?:MsoHeading|Rubrik|Heading)\s*(\d)/i.exec(name)?.[1];
  const outlined = /mso-outline-level:\s*(\d)/.exec(paragraph.getAttribute('style') ?? '')?.[1];
  const level = Number(outlined ?? named);
  return level >= 1 && level <= 6 ? level : null;
}

/** The level in a list, from 1; null outside lists. */
function levelOf(paragraph: Element): number | null {
  const style = paragraph.getAttribute('style') ?? '';
  const found = /mso-list:\s*l\d+\s+level(\d)/i.exec(style);
  return found ? Number(found[1]) : null;
}

/** Neighbouring paragraphs of lists become lists, deeper ones within the item before. */
function makeLists(paragraphs: Element[]): void {
  /** The open lists, the outermost first. */
  let open: { level: number; list: Element }[] = [];
  let last: Element | null = null;
  for (const paragraph of paragraphs) {
    const level = levelOf(paragraph)!;
    const isNext = last !== null && nextParagraph(last) === paragraph;
    if (!isNext) open = [];
    const name = isOrdered(paragraph) ? 'ol' : 'ul';
    const outermost = open[0]?.list ?? null;
    open = open.filter((one) => one.level <= level);
    if (
      open.length === 0 ||
      (open.at(-1)!.level === level && open.at(-1)!.list.localName !== name && open.length === 1)
    ) {
      const list = paragraph.ownerDocument.createElement(name);
      if (isNext && outermost) outermost.after(list);
      else paragraph.before(list);
      open = [{ level, list }];
    } else if (open.at(-1)!.level < level) {
      const list = paragraph.ownerDocument.createElement(name);
      open.at(-1)!.list.lastElementChild?.append(list);
      open.push({ level, list });
    }
    const item = paragraph.ownerDocument.createElement('li');
    removeMarker(paragraph);
    item.append(...paragraph.childNodes);
    open.at(-1)!.list.append(item);
    last = open[0]!.list;
    paragraph.remove();
  }
}

/** What stands after an element, when only space is between. */
function nextParagraph(element: Element): Element | null {
  let next = element.nextSibling;
  while (next && next.nodeType === 3 && next.textContent?.trim() === '') next = next.nextSibling;
  return next?.nodeType === 1 ? (next as Element) : null;
}

/** The marker that Word writes before the text: `·`, `o`, `§` in a list of points, `1.`, `a)` in a numbered one. */
const markersOf = (paragraph: Element) =>
  [...paragraph.querySelectorAll('span')].filter((span) =>
    /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
  );

function isOrdered(paragraph: Element): boolean {
  const marker = markersOf(paragraph)[0]?.textContent ?? paragraph.textContent;
  return /^\s*(?:\d{1,3}|[a-zåäö]|[ivxlc]{1,6})[.)]/i.test(marker);
}

function removeMarker(paragraph: Element): void {
  const markers = markersOf(paragraph);
  for (const marker of markers) marker.remove();
  if (markers.length > 0) return;
  // Without its own span: the mark stands first in the text.
  const text = paragraph.ownerDocument.createTreeWalker(paragraph, 4 /* texts */).nextNode();
  if (text)
    text.textContent = (text.textContent ?? '').replace(
      /^\s*(?:[·•§o]|\d{1,3}[.)]|[a-z][.)])[\s\u00a0]+/i,
      '',
    );
}
