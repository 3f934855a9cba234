/** Documents that are almost right, made by a seed: the same number gives the same document. */
import { globSync, readFileSync } from 'node:fs';
import { readBody } from '#src/features/documents/mdx-reader.ts';
import { bodies, texts } from './payloads.ts';

/** Numbers from 0 up to 1, always the same for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SIGNS = [
  ...'*_\\`[](){}<>&!#|~:"\'-+=./\n\n\n ',
  ...[
    '**',
    '](',
    '![',
    '\n\n',
    '\n- ',
    '\n1. ',
    '\n> ',
    '\n## ',
    '\n---\n',
    '\n+++\n',
    '\n```\n',
    '\n\t',
    '  \n',
    '\\\n',
  ],
  ...[
    'import ',
    'export ',
    '{',
    '}',
    '<',
    '/>',
    '</',
    '<FactBox title="',
    '">\n\n',
    '\n\n</FactBox>',
    '<Case title="x">',
  ],
  ...[
    '<Law id="x" />',
    'javascript:',
    'data:',
    'https://a.se',
    '//',
    '&#x',
    '&lt;',
    '&Tab;',
    ';',
    '<script>',
    '<!--',
  ],
  ...[
    '\u0000',
    '\f',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\u00a0',
    '\u0301',
    '\u0338',
    '\ud83d',
    '😀',
    '\r',
    '\uffff',
  ],
  ...['| a | b |\n| - | - |\n| c | d |', '[x]: y', '[^1]', '$$', '@', '::', '<a href="javascript:alert(1)">'],
];

const read = (path: string) => readFileSync(path, 'utf8');
const files = globSync('content/{kurs,fordjupning}/*/*.mdx').sort().map(read);
/** Paragraphs and pieces of the shipped texts, and what is hostile. */
const stretches = files.flatMap((file) => file.replace(/^---\n[\s\S]*?\n---\n/, '').split(/\n\n+/));
const payloads = Object.values(texts).filter((text) => text.length < 2_000);
const documents = files.flatMap((file, index) => {
  const page = readBody(file, String(index));
  return page.kind === 'read' ? [page.body] : [];
});
const jsonPayloads = Object.values(bodies).filter((text) => text.length < 5_000);

/** An MDX text made from shipped and hostile ones, with parts moved, doubled, cut and put in. */
export function anyHostileText(random: () => number): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const at = (text: string) => Math.floor(random() * (text.length + 1));
  // Some whole pieces, so that much of it is right.
  const start = Math.floor(random() * stretches.length);
  let text = stretches.slice(start, start + 1 + Math.floor(random() * 8)).join('\n\n');
  const changes = Math.floor(random() * random() * 12);
  for (let change = 0; change < changes; change += 1) {
    const place = at(text);
    const [from, to] = [at(text), at(text)].sort((a, b) => a - b) as [number, number];
    switch (Math.floor(random() * 8)) {
      case 0:
      case 1:
      case 2:
        text = text.slice(0, place) + pick(SIGNS) + text.slice(place);
        break;
      case 3:
        text = text.slice(0, place) + text.slice(Math.min(text.length, place + 1 + Math.floor(random() * 4)));
        break;
      case 4:
        text = text.slice(0, place) + text.slice(from, to) + text.slice(place);
        break;
      case 5:
        text = text.slice(0, from) + text.slice(to);
        break;
      case 6:
        text = text.slice(0, place) + pick(payloads) + text.slice(place);
        break;
      default:
        text = text.slice(0, place) + pick(SIGNS).repeat(1 + Math.floor(random() * 60)) + text.slice(place);
    }
    text = text.slice(0, 20_000);
  }
  return text;
}

const TYPES = [
  'doc',
  'paragraph',
  'text',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'table',
  'tableRow',
];
const MORE_TYPES = [
  'tableCell',
  'tableHeader',
  'image',
  'law',
  'factBox',
  'case',
  'choice',
  'quickCheck',
  'option',
];
const ODD_TYPES = [
  'workVariants',
  'work',
  'reflection',
  'hardBreak',
  '__proto__',
  'constructor',
  'script',
  'html',
  '',
];
const KEYS = ['type', 'content', 'attrs', 'marks', 'text', 'href', 'src', 'id', 'level', 'title', 'onclick'];
const ODD_KEYS = ['__proto__', 'constructor', 'toString', 'length', 'class', 'style', 'set:html'];
const VALUES: unknown[] = [null, true, 0, -1, 1e308, '', 'x', [], {}, [[]], ['x'], { type: 'text' }];

/** A body as JSON, made from a shipped one: nodes moved and doubled, values of the wrong kind, odd keys. */
export function anyHostileJson(random: () => number): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  if (random() < 0.05) return pick(jsonPayloads);
  const whole = pick(documents).content;
  const start = Math.floor(random() * whole.length);
  const body = structuredClone({
    type: 'doc',
    content: whole.slice(start, start + 1 + Math.floor(random() * 5)),
  });
  for (let change = Math.floor(random() * 5); change >= 0; change -= 1) {
    const holders = holdersIn(body);
    const holder = pick(holders) as Record<string, unknown>;
    const key = pick([...Object.keys(holder), pick(KEYS)]);
    const set = (name: string, value: unknown) => {
      // The length of a list is no key of JSON.
      if (Array.isArray(holder) && name === 'length') return;
      Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
    };
    switch (Math.floor(random() * 9)) {
      case 0:
        set(key, structuredClone(pick(VALUES)));
        break;
      case 1:
        set('type', pick([...TYPES, ...MORE_TYPES, ...ODD_TYPES]));
        break;
      case 2:
        delete holder[key];
        break;
      case 3:
        set(pick([...KEYS, ...ODD_KEYS]), structuredClone(pick([...VALUES, ...payloads])));
        break;
      case 4:
        // The holder may have been given other methods of its own.
        if (Array.isArray(holder)) Array.prototype.unshift.call(holder, structuredClone(pick(holders)));
        break;
      case 5:
        set(key, structuredClone(pick(holders)));
        break;
      case 6:
        if (typeof holder['text'] === 'string') holder['text'] += pick([...SIGNS, ...payloads]);
        break;
      case 7:
        if (typeof holder['text'] === 'string') {
          holder['marks'] = [{ type: pick(['bold', 'italic', 'link']), attrs: { href: pick(payloads) } }];
        }
        break;
      default:
        if (Array.isArray(holder)) Array.prototype.reverse.call(holder);
    }
    if (JSON.stringify(body).length > 40_000) break;
  }
  const json = JSON.stringify(body);
  if (random() < 0.9) return json;
  const place = Math.floor(random() * json.length);
  return json.slice(0, place) + pick(SIGNS) + json.slice(place + Math.floor(random() * 3));
}

function holdersIn(value: unknown, found: unknown[] = []): unknown[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value);
  for (const one of Object.values(value)) holdersIn(one, found);
  return found;
}
