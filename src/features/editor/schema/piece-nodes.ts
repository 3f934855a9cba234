import { Node, type Attributes } from '@tiptap/core';
import { isPictureAddress } from '#src/lib/addresses.ts';
import { limits } from '#src/lib/limits.ts';
import { course } from '#src/i18n/course.ts';

const FACT_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** An attribute that is a line of text, in the page's HTML as `data-<name>`. */
const line = (name: string): Attributes => ({
  [name]: {
    default: '',
    parseHTML: (element) => (element.getAttribute(`data-${name}`) ?? '').slice(0, limits.attribute),
    renderHTML: (attributes) => ({ [`data-${name}`]: String(attributes[name]) }),
  },
});

/** An attribute that is one of some words. */
const oneOf = (name: string, words: readonly string[]): Attributes => ({
  [name]: {
    default: words[0],
    parseHTML: (element) => {
      const word = element.getAttribute(`data-${name}`) ?? '';
      return words.includes(word) ? word : words[0];
    },
    renderHTML: (attributes) => ({ [`data-${name}`]: String(attributes[name]) }),
  },
});

/** A piece with blocks in it. What is in it stays in it: it is left on purpose, never by deleting backwards. */
function piece(name: string, content: string, attributes: Attributes = {}, group = 'block') {
  return Node.create({
    name,
    group,
    content,
    defining: true,
    isolating: true,
    addAttributes: () => attributes,
    parseHTML: () => [{ tag: `div[data-piece="${name}"]` }],
    renderHTML: ({ HTMLAttributes }) => ['div', { 'data-piece': name, ...HTMLAttributes }, 0],
  });
}

export const FactBox = piece('factBox', 'simple+', line('title'));
export const Reflection = piece('reflection', 'simple+');
export const TakeAway = piece('takeAway', 'simple+');
/** A scene, then choices. Fewer than two or more than four are for the checks before review to tell. */
export const Case = piece('case', 'simple+ choice*', line('title'));
export const Choice = piece(
  'choice',
  'simple+',
  { ...line('text'), ...oneOf('verdict', ['good', 'risky', 'harmful']) },
  '',
);
export const QuickCheck = piece('quickCheck', 'option*', line('question'));
export const Option = piece(
  'option',
  'simple+',
  {
    ...line('text'),
    correct: {
      default: false,
      parseHTML: (element) => element.dataset['correct'] === 'true',
      renderHTML: (attributes) => ({ 'data-correct': String(attributes['correct']) }),
    },
  },
  '',
);
export const WorkVariants = piece('workVariants', 'work*');
export const Work = piece('work', 'simple+', oneOf('for', Object.keys(course.work)), '');

/** A fact by its id. */
function fact(name: 'law' | 'contact' | 'figure') {
  return Node.create({
    name,
    group: 'block simple',
    atom: true,
    addAttributes: () => ({ id: { default: '', rendered: false } }),
    parseHTML: () => [
      {
        tag: `div[data-piece="${name}"]`,
        getAttrs: (element) => {
          const id = element.dataset['id'] ?? '';
          return FACT_ID.test(id) ? { id } : false;
        },
      },
    ],
    renderHTML: ({ node }) => ['div', { 'data-piece': name, 'data-id': String(node.attrs['id']) }],
  });
}
export const Law = fact('law');
export const Contact = fact('contact');
export const Figure = fact('figure');

/** A picture that was made here; any other is left out. */
export const Image = Node.create({
  name: 'image',
  group: 'block simple',
  atom: true,
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => {
        const src = element.getAttribute('src') ?? '';
        const alt = (element.getAttribute('alt') ?? '').slice(0, limits.attribute);
        return isPictureAddress(src) ? { src, alt } : false;
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});
