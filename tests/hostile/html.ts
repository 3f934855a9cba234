/** What rendered text may be made of: told here by itself, not taken from the code that is tried. */
import { parseFragment, type DefaultTreeAdapterMap } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const PLAIN = [
  'p',
  'li',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'strong',
  'em',
  'br',
  'figcaption',
  'summary',
  'label',
];
const HEADINGS = ['h2', 'h3', 'h4'];
const CLASSES =
  /^(?:piece|case|choice|fact-box|quick-check|reflection|take-away|work|work-variants|work-chooser|outcome|verdict|good|risky|harmful|kind|title|checked|law|contact|figure|value|phone|reach|short|picture|missing-fact)$/;
/** The one script that pieces bring: it lies in a file of the site. */
const SCRIPT = /^\/(?:@fs\/)?[\w./@-]*WorkVariants\.astro\?astro&type=script&index=0&lang\.ts$/;
const PICTURE = /^\/bilder\/[0-9a-f]{16}-\d{1,4}x\d{1,4}\.webp$/;
const LINK =
  /^(?:https:\/\/[^\s\\/?#@]+(?:[/?#][^\s\\]*)?|mailto:[^\s\\]+|tel:[^\s\\]+|\/(?![/\\])[^\s\\]*|#[\w-]+)$/;

/** Which values the attributes of an element may have. */
const ALLOWED: Record<string, Record<string, RegExp>> = {
  a: { href: LINK, class: /^phone$/ },
  img: { src: PICTURE, alt: /^/, width: /^\d+$/, height: /^\d+$/, loading: /^lazy$/, class: /^picture$/ },
  section: { class: /^/, 'aria-label': /^/, 'data-work-variants': /^(?:true)?$/ },
  aside: { class: /^/, 'aria-label': /^/ },
  figure: { class: /^/ },
  div: { class: /^/, hidden: /^$/, 'data-work': /^[a-z-]+$/, 'data-work-chooser': /^(?:true)?$/ },
  span: { class: /^/ },
  details: { class: /^choice$/ },
  select: { autocomplete: /^off$/ },
  option: { value: /^[a-z-]*$/ },
  textarea: { 'aria-label': /^/, rows: /^4$/, autocomplete: /^off$/ },
  script: { type: /^module$/, src: SCRIPT },
  ul: {},
  ol: {},
  table: {},
  p: { class: /^/ },
};
for (const name of PLAIN) ALLOWED[name] ??= {};
for (const name of HEADINGS) ALLOWED[name] = { id: /^[^\s"'<>=]*$/u };

/** What in rendered text is not on the list: elements, attributes, classes, addresses. */
export function findForbidden(html: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) found.push(...forbiddenIn(node));
    else if (node.nodeName !== '#text' && node.nodeName !== '#document-fragment') found.push(node.nodeName);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parseFragment(html));
  return found;
}

function forbiddenIn(element: Element): string[] {
  const attributes = ALLOWED[element.tagName];
  if (!attributes || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return [`<${element.tagName}>`];
  const found: string[] = [];
  for (const { name, value } of element.attrs) {
    const isAllowed = Object.hasOwn(attributes, name) && attributes[name]!.test(value);
    const isKnown = name !== 'class' || value.split(' ').every((one) => CLASSES.test(one));
    if (!isAllowed || !isKnown) found.push(`<${element.tagName} ${name}="${value.slice(0, 200)}">`);
  }
  if (element.tagName === 'script' && element.childNodes.length > 0) found.push('<script> with content');
  return found;
}

/** The words of rendered text, as a reader sees them. */
export function textOf(html: string): string {
  const words = (node: Node): string =>
    node.nodeName === '#text'
      ? (node as DefaultTreeAdapterMap['textNode']).value
      : 'childNodes' in node
        ? node.childNodes.map(words).join('')
        : '';
  return words(parseFragment(html));
}
