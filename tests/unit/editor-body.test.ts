import { fileURLToPath } from 'node:url';
import { getSchema, type JSONContent } from '@tiptap/core';
import type { ContentMatch, NodeType } from '@tiptap/pm/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from '#src/features/documents/body.ts';
import { requireContent } from '#src/features/documents/content-reader.ts';
import { draftBodySchema } from '#src/features/documents/body.schema.ts';
import { fromBody, toBody } from '#src/features/editor/schema/body-conversion.ts';
import { contentExtensions } from '#src/features/editor/schema/content-extensions.ts';

const root = fileURLToPath(new URL('../../content', import.meta.url));
const schema = getSchema(contentExtensions);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 300);
const PICTURE = '/bilder/0123456789abcdef-1200x800.webp';

const TEXTS = ['Hej', ' och  ', 'å', '\u202edold', 'a\tb\u0000', 'e\u0301', '{x} <b>', '   '];
const ATTRIBUTES: Record<string, (pick: () => number) => Record<string, unknown>> = {
  heading: (pick) => ({ level: 2 + (pick() % 3) }),
  factBox: (pick) => ({ title: TEXTS[pick() % TEXTS.length] }),
  case: (pick) => ({ title: TEXTS[pick() % TEXTS.length] }),
  choice: (pick) => ({ text: 'Ett val', verdict: ['good', 'risky', 'harmful'][pick() % 3] }),
  quickCheck: () => ({ question: '' }),
  option: (pick) => ({ text: 'Ett svar', correct: pick() % 2 === 0 }),
  work: (pick) => ({ for: ['skola', 'forskola'][pick() % 2] }),
  law: () => ({ id: 'sol-19-1' }),
  contact: () => ({ id: 'akut-112' }),
  figure: () => ({ id: 'skolenkat-vald' }),
  image: () => ({ src: PICTURE, alt: 'En skolgård' }),
  link: (pick) => ({ href: ['https://example.se/', '/kurs/', 'tel:112'][pick() % 3] }),
};

/** Any document that the editor's schema allows, built along a tape of decisions. */
function documentFrom(tape: readonly number[]): JSONContent {
  let place = 0;
  const pick = () => tape[place++] ?? 0;
  const inline = (type: NodeType): JSONContent => {
    if (type.name !== 'text') return { type: type.name };
    const marks = ['bold', 'italic', 'link'].filter(() => pick() % 3 === 0);
    return {
      type: 'text',
      text: TEXTS[pick() % TEXTS.length]!,
      ...(marks.length > 0 && {
        marks: marks.map((name) => ({ type: name, attrs: ATTRIBUTES[name]?.(pick) ?? {} })),
      }),
    };
  };
  const build = (type: NodeType, depth: number): JSONContent => {
    if (type.isInline) return inline(type);
    const content: JSONContent[] = [];
    let match: ContentMatch = type.contentMatch;
    for (let turn = 0; turn < 40; turn += 1) {
      const isOut = place >= tape.length || content.length > 5 || depth > 9;
      if (match.validEnd && (isOut || pick() % 3 === 0)) break;
      if (match.edgeCount === 0) break;
      const edge = isOut ? match.edge(0) : match.edge(pick() % match.edgeCount);
      content.push(build(edge.type, depth + 1));
      match = edge.next;
    }
    return { type: type.name, attrs: ATTRIBUTES[type.name]?.(pick) ?? {}, content };
  };
  return build(schema.topNodeType, 0);
}

const anyDocument = fc
  .array(fc.nat({ max: 999 }), { minLength: 5, maxLength: 400 })
  .map(documentFrom)
  .filter((json) => schema.nodeFromJSON(json).check() === undefined);

test('Whatever the editor can hold, the draft takes, and the editor shows it again as it was', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyDocument, (json) => {
      schema.nodeFromJSON(json).descendants((node) => void seen.add(node.type.name));
      const body = toBody(json);
      const result = draftBodySchema.safeParse(body);
      expect(result.error?.issues ?? []).toEqual([]);
      expect(result.data).toEqual(body);
      const shown = schema.nodeFromJSON(fromBody(body));
      shown.check();
      expect(toBody(shown.toJSON() as JSONContent)).toEqual(body);
    }),
    { numRuns },
  );
  expect([...seen].sort()).toEqual(
    Object.keys(schema.nodes)
      .filter((name) => name !== 'doc')
      .sort(),
  );
});

test('Every shipped text comes back from the editor as it was', () => {
  const { modules } = requireContent(root);
  const bodies = modules.flatMap(({ intro, sections }) => [intro, ...sections.map(({ body }) => body)]);
  expect(bodies.length).toBeGreaterThan(30);
  for (const body of bodies) {
    const shown = schema.nodeFromJSON(fromBody(body));
    shown.check();
    expect(toBody(shown.toJSON() as JSONContent)).toEqual(body);
  }
});

test('The schema has the nodes, marks and attributes of a body and no others', () => {
  const attributes = (types: typeof schema.nodes | typeof schema.marks) =>
    Object.fromEntries(
      Object.entries(types).map(([name, { spec }]) => [name, Object.keys(spec.attrs ?? {}).sort()]),
    );
  const cell = ['colspan', 'colwidth', 'rowspan'];
  expect(attributes(schema.nodes)).toEqual({
    doc: [],
    text: [],
    paragraph: [],
    heading: ['level'],
    bulletList: [],
    orderedList: [],
    listItem: [],
    hardBreak: [],
    table: [],
    tableRow: [],
    tableHeader: cell,
    tableCell: cell,
    image: ['alt', 'src'],
    law: ['id'],
    contact: ['id'],
    figure: ['id'],
    factBox: ['title'],
    reflection: [],
    takeAway: [],
    case: ['title'],
    choice: ['text', 'verdict'],
    quickCheck: ['question'],
    option: ['correct', 'text'],
    workVariants: [],
    work: ['for'],
  });
  expect(attributes(schema.marks)).toEqual({ bold: [], italic: [], link: ['href'] });
});

test('What a draft may lack is filled, and no text is left out', () => {
  const draft = {
    type: 'doc',
    content: [
      { type: 'bulletList', content: [] },
      {
        type: 'case',
        attrs: { title: '' },
        content: [
          { type: 'choice', attrs: { text: 'Först', verdict: 'good' }, content: [] },
          { type: 'paragraph', content: [{ type: 'text', text: 'Scenen' }] },
        ],
      },
      { type: 'quickCheck', attrs: { question: 'Vad?' }, content: [] },
    ],
  } as unknown as Body;
  const shown = schema.nodeFromJSON(fromBody(draft));
  shown.check();
  expect(toBody(shown.toJSON() as JSONContent).content[0]).toMatchObject({
    type: 'case',
    content: [{ content: [{ text: 'Scenen' }] }, { attrs: { text: 'Först' } }],
  });
});

test('Lists that are too deep become paragraphs of the deepest one', () => {
  const nest = (depth: number): JSONContent => ({
    type: 'bulletList',
    content: [
      {
        type: 'listItem',
        content: [
          { type: 'paragraph', content: [{ type: 'text', text: `nivå ${depth}` }] },
          ...(depth < 5 ? [nest(depth + 1)] : []),
        ],
      },
    ],
  });
  const body = toBody({ type: 'doc', content: [nest(1)] });
  expect(draftBodySchema.safeParse(body).success).toBe(true);
  expect(JSON.stringify(body)).toContain('nivå 5');
});

test('An empty text is an empty body', () => {
  expect(toBody(fromBody({ type: 'doc', content: [] }))).toEqual({ type: 'doc', content: [] });
});
