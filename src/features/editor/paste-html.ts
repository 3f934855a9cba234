import { isSafeHref } from '#src/lib/addresses.ts';
import { rename, unwrap } from './paste-elements.ts';
import { cleanTable } from './paste-tables.ts';
import { makeWordLists } from './paste-word-lists.ts';

/** What carries no text of its own, or text that nobody meant to paste. */
const DROPPED =
  'script, style, link, meta, title, xml, template, noscript, iframe, object, embed, form, input, button, select, textarea, svg, math, canvas, audio, video, img, picture, hr, del, nav, [aria-hidden="true"], .MsoCommentText, .msocomtxt, .msocomoff, [class^="MsoToc"]';
const HIDDEN = '[style*="mso-hide"], [style*="display:none"], [style*="display: none"]';
/** References to footnotes and comments, which do not come along. */
const REFERENCES =
  'a[href^="#_ftn"], a[href^="#_edn"], a[href^="#_msocom"], [style*="mso-list:ignore" i], [style*="mso-list: ignore" i], .EOP';
/** Parameters that say where a reader came from, not what to read. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|msclkid|_hs\w+|_ga|_gl|WT\.\w+)$/i;
/** Spaces without width, which intranets fill empty places with, and places where a word may be broken. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
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
  body.querySelectorAll('sup, sub').forEach(keepDigits);
  body.querySelectorAll('table').forEach(cleanTable);
  flattenItems(body);
  tidySpaces(page);
  removeIdleBreaks(body);
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

/** Raised and lowered figures are so by themselves: 10² is another number than 102. */
function keepDigits(element: Element): void {
  const text = element.textContent.trim();
  const figures = element.localName === 'sup' ? '⁰¹²³⁴⁵⁶⁷⁸⁹' : '₀₁₂₃₄₅₆₇₈₉';
  if (/^\d+$/.test(text)) element.replaceWith(text.replace(/\d/g, (digit) => figures[Number(digit)]!));
}

/** Line breaks first and last in a block, or between two blocks, break no line. */
function removeIdleBreaks(body: Element): void {
  const breaks = [...body.querySelectorAll('br')].filter(({ parentElement }) => isBlock(parentElement));
  for (const one of breaks) if (isBlock(neighbour(one, 'previousSibling'))) one.remove();
  for (const one of breaks.toReversed()) if (isBlock(neighbour(one, 'nextSibling'))) one.remove();
}

/** The node beside another, when only space is between; null: the block ends there. */
function neighbour(node: Node, side: 'previousSibling' | 'nextSibling'): Node | null {
  let next = node[side];
  while (next?.nodeType === 3 && next.textContent?.trim() === '') next = next[side];
  return next;
}

const isBlock = (node: Node | null): boolean =>
  node === null || /^(?:BODY|P|DIV|H[1-6]|UL|OL|LI|TABLE|TBODY|TR|T[DH])$/.test(node.nodeName);

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

/**
 * Spaces that were there to move text sideways become one; signs without width, which nobody sees, none.
 * Words that were held together may part; a number stays with its unit.
 */
function tidySpaces(page: Document): void {
  const walker = page.createTreeWalker(page.body, 4 /* texts */);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    text.textContent = (text.textContent ?? '')
      .replace(INVISIBLE, '')
      .replace(/[\s\u00a0]{2,}|\s*\u00a0$|^\u00a0/g, ' ')
      .replace(/(?<=[\p{L},.;:!?])\u00a0(?=\p{L})/gu, ' ');
  }
}

function removeAttributes(element: Element): void {
  for (const { name } of [...element.attributes]) {
    if (!(name === 'href' && element.localName === 'a')) element.removeAttribute(name);
  }
}
