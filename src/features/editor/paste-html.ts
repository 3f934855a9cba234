import { isSafeHref } from '#src/lib/addresses.ts';
import { makeWordLists } from './paste-word-lists.ts';

/** What carries no text of its own, or text that nobody meant to paste. */
const DROPPED =
  'script, style, link, meta, title, xml, template, noscript, iframe, object, embed, form, input, button, select, textarea, svg, math, canvas, audio, video, img, picture, hr, del, nav, [aria-hidden="true"], .MsoCommentText, .msocomtxt, .msocomoff';
const HIDDEN = '[style*="mso-hide"], [style*="display:none"], [style*="display: none"]';
/** References to footnotes and comments, which do not come along. */
const REFERENCES =
  'a[href^="#_ftn"], a[href^="#_edn"], a[href^="#_msocom"], [style*="mso-list:ignore" i], [style*="mso-list: ignore" i], .EOP';
/** Parameters that say where a reader came from, not what to read. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|msclkid|_hs\w+|_ga|_gl|WT\.\w+)$/i;
const REDIRECTS = /^https:\/\/(?:[\w.-]+\.safelinks\.protection\.outlook\.com\/|www\.google\.\w+\/url$)/;

interface PasteSurroundings {
  parse: (html: string) => Document;
  /** The address of this site: links to it become links within it. */
  origin: string;
}

/**
 * What is kept of text copied from Word, a web page or another editor: headings, paragraphs, lists, tables,
 * bold, italic and links. Fonts, styles, classes, comments, deleted text, pictures, scripts and tracking are
 * left out. What it returns is plain HTML which the editor's schema then reads, and which it may still refuse.
 */
export function cleanPastedHtml(html: string, { parse, origin }: PasteSurroundings): string {
  // Copied from this editor: it is what it should be.
  if (/\sdata-pm-slice="/.test(html)) return html;
  const page = parse(html);
  const { body } = page;
  removeComments(page);
  makeWordLists(body);
  body.querySelectorAll(`${DROPPED}, ${REFERENCES}, ${HIDDEN}`).forEach((element) => element.remove());
  body.querySelectorAll('.ListContainerWrapper').forEach(unwrap);
  joinLists(body);
  // Elements of Word's own, such as o:p, w:sdt and st1:place: their text stays, empty ones vanish.
  for (const element of body.querySelectorAll('*')) if (element.localName.includes(':')) unwrap(element);
  body.querySelectorAll('a').forEach((link) => cleanLink(link, origin));
  raiseHeadings(body);
  body.querySelectorAll('span, font, b, i, strong, em').forEach(keepEmphasis);
  body.querySelectorAll('table').forEach(cleanTable);
  flattenItems(body);
  tidySpaces(page);
  body
    .querySelectorAll('body > br, li > br:last-child, p > br:last-child')
    .forEach((lineBreak) => lineBreak.remove());
  for (const element of body.querySelectorAll('*')) removeAttributes(element);
  body.querySelectorAll('p, div, li').forEach((element) => {
    if (element.textContent.trim() === '') element.remove();
  });
  return body.innerHTML;
}

function removeComments(page: Document): void {
  const walker = page.createTreeWalker(page, 128 /* comments */);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}

function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

/** Renames an element; what is in it stays. */
function rename(element: Element, name: string): Element {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

/** Bookmarks and unsafe addresses are no links; an address keeps what it needs to lead to its page. */
function cleanLink(link: Element, origin: string): void {
  const href = cleanAddress(link.getAttribute('href')?.trim() ?? '', origin);
  // A path of another site would lead to a page here.
  const isForeignPath = !/^[a-z]+:/i.test(link.getAttribute('href')?.trim() ?? '');
  if (isForeignPath || !isSafeHref(href)) unwrap(link);
  else link.setAttribute('href', href);
}

/**
 * An address without what follows a reader around. That of a mail filter or a search engine becomes the one
 * it leads to, one of this site becomes a path, and `http:` becomes `https:`, which the course requires.
 */
export function cleanAddress(address: string, origin: string): string {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return address;
  const url = new URL(address);
  const target = REDIRECTS.test(url.origin + url.pathname)
    ? (url.searchParams.get('url') ?? url.searchParams.get('q'))
    : null;
  if (target) return cleanAddress(target, origin);
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  if (url.origin === origin) return url.pathname + url.search + url.hash;
  url.protocol = 'https:';
  return url.href;
}

/** Bold and italic said by a style are said by an element, and an element whose style takes it back is none. */
function keepEmphasis(element: Element): void {
  const style = (element.getAttribute('style') ?? '').toLowerCase();
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/.exec(style)?.[1];
  const slant = /(?:^|[;\s])font-style:\s*(\w+)/.exec(style)?.[1];
  const isBold = weight ? weight.startsWith('bold') || Number(weight) >= 600 : element.matches('b, strong');
  const isItalic = slant ? slant !== 'normal' : element.matches('i, em');
  // Headings are bold by themselves.
  const inHeading = element.closest('h1, h2, h3, h4, h5, h6, th') !== null;
  for (const [name, isOn] of [
    ['strong', isBold && !inHeading],
    ['em', isItalic],
  ] as const) {
    if (!isOn) continue;
    const mark = element.ownerDocument.createElement(name);
    mark.append(...element.childNodes);
    element.append(mark);
  }
  unwrap(element);
}

/** A page's headings begin at level 2 here: its title is a field of its own. */
function raiseHeadings(body: Element): void {
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6, [role="heading"]')) {
    const own = Number(heading.getAttribute('aria-level') ?? heading.localName.slice(1)) || 2;
    if (heading.textContent.trim() === '') heading.remove();
    else rename(heading, `h${Math.min(4, Math.max(2, own))}`);
  }
  const tops = body.querySelector('h2');
  if (tops || !body.querySelector('h3, h4')) return;
  for (const heading of body.querySelectorAll('h3, h4'))
    rename(heading, heading.localName === 'h3' ? 'h2' : 'h3');
}

/** One paragraph in each cell, no cell over several; a table of one column or row is for the look only. */
function cleanTable(table: Element): void {
  const rows = [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table);
  const isLayout = table.querySelector('table') !== null || rows.every((row) => row.children.length < 2);
  if (isLayout) {
    table.replaceWith(...rows.flatMap((row) => [...row.children].map((cell) => rename(cell, 'div'))));
    return;
  }
  for (const cell of rows.flatMap((row) => [...row.children])) {
    cell.querySelectorAll('p, div, li, h1, h2, h3, h4, h5, h6').forEach((block) => {
      if (block.textContent.trim() !== '' && block.nextElementSibling) block.append(' ');
    });
    cell.querySelectorAll('p, div, ul, ol, li, h2, h3, h4, h5, h6').forEach(unwrap);
    const spare = Math.min(8, Number(cell.getAttribute('colspan') ?? 1)) - 1;
    for (let more = 0; more < spare; more += 1) cell.after(cell.ownerDocument.createElement(cell.localName));
  }
  table.querySelectorAll('caption').forEach((caption) => table.before(rename(caption, 'p')));
}

/** An item begins with its text: paragraphs in it are lines of their own, and lists stand in an item. */
function flattenItems(body: Element): void {
  for (const list of body.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const before = list.previousElementSibling;
    if (before?.localName === 'li') before.append(list);
    else list.replaceWith(...list.children);
  }
}

/** Items that stand in lists of their own, one for each, as Word on the web has them: they say how deep they are. */
function joinLists(body: Element): void {
  for (const list of [...body.querySelectorAll('ul, ol')]) {
    const before = list.previousElementSibling;
    const item = list.firstElementChild;
    const level = Number(item?.getAttribute('data-aria-level') ?? item?.getAttribute('aria-level') ?? 0);
    if (level < 1 || !before?.matches('ul, ol') || !nextTo(before, list)) continue;
    let target = before;
    let depth = 1;
    while (depth < level && target.lastElementChild?.lastElementChild?.matches('ul, ol')) {
      target = target.lastElementChild.lastElementChild;
      depth += 1;
    }
    if (depth < level) target.lastElementChild?.append(list);
    else if (target.localName === list.localName) {
      target.append(...list.children);
      list.remove();
    } else if (target !== before) target.after(list);
  }
}

/** Whether only space is between two elements. */
function nextTo(one: Element, other: Element): boolean {
  for (let node = one.nextSibling; node && node !== other; node = node.nextSibling) {
    if (node.textContent?.trim() !== '') return false;
  }
  return true;
}

/** Spaces that were there to move text sideways become one. */
function tidySpaces(page: Document): void {
  const walker = page.createTreeWalker(page.body, 4 /* texts */);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    text.textContent = (text.textContent ?? '').replace(/[\s\u00a0]{2,}|\s*\u00a0$|^\u00a0/g, ' ');
  }
}

function removeAttributes(element: Element): void {
  for (const { name } of [...element.attributes]) {
    if (!(name === 'href' && element.localName === 'a')) element.removeAttribute(name);
  }
}
