/** Documents that try hard to be read as something else than they are. */
import fc from 'fast-check';
import { bodySchema } from '#src/features/documents/body.schema.ts';
import type { Body, Mark } from '#src/features/documents/body.ts';
import { factsSchema, moduleDocumentSchema } from '#src/features/documents/document.schema.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { course } from '#src/i18n/course.ts';

/** What is a sign, a beginning or an end in Markdown, MDX or YAML, and letters of many kinds. */
const TRICKS = [
  ...'*_\\`[](){}<>&!#|~:"\'-+=.,;?$%@^/ ',
  ...['**', '__', '***', '_*', '![', '](', '[]', '[x]: y', '[^1]', '![a](b)', '~~', '``', '```', '$$'],
  ...['# ', '## ', '- ', '+ ', '* ', '> ', '1. ', '12) ', '1.', '---', '===', '+++', '|-|', '| --- |', '||'],
  ...['import x', 'import ', 'export ', 'export default', 'import', 'imports', '{1+1}', '{{', '\\{', '${x}'],
  ...['<Case>', '</Case>', '<b>', '<!--', '-->', '<Law id="x" />', '</', '/>', '<>', '<a', '<?', '<!D'],
  ...['&amp;', '&lt;', '&#x20;', '&#60;', '&copy', '&nbsp;', '&', '&;', '&#', '\\\\', '\\&'],
  ...['http://x.se', 'www.x.se', 'a@b.se', 'https://a.se/?b=1&copy=2', 'javascript:alert(1)'],
  ...['null', 'true', '~', '!!js', '&a', '*a', ': ', ' #', '%YAML', '? ', '- - ', '0x1', '1e3', '2026-01-01'],
  ...['\u00a0', '\u2003', '\u3000', '\u200b', '\u00ad', '\u2011', '\u1680', '\u202f', '  ', '   '],
  ...['é', 'e\u0301', '\u0301', '\u0338', '<\u0338', '\u037e', '\u1100\u1161', 'å', 'ÅÄÖ', 'ß', '中', 'עב'],
  ...['😀', '👩‍💻', '🇸🇪', '\u{10ffff}', '”', '’', '–', '…', '§', '½'],
  ...['ord', 'Mira', 'en lång mening utan tecken', 'x', '15', '114 14'],
];

const trick = fc.constantFrom(...TRICKS);
const word = fc.constantFrom('hej', 'Mira', 'läsa', 'x', '7');
/** A text: mostly words with tricks among them. */
export const anyText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: trick },
      { weight: 2, arbitrary: word },
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .chain((pieces) => fc.constantFrom('', ' ').map((between) => pieces.join(between)));

const href = fc.constantFrom(
  'https://example.se/',
  'https://example.se/a_b*c(d)?e=1&copy=2#f',
  'https://example.se/a)b',
  'https://example.se/å/%20/[x]',
  '/stod/',
  '#rubrik',
  'mailto:a_b@example.se',
  'tel:114-14',
  '/kurs/del-1/?a=*b*&c=~d~',
);
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constant<Mark>({ type: 'bold' }),
  fc.constant<Mark>({ type: 'italic' }),
  href.map((to): Mark => ({ type: 'link', attrs: { href: to } })),
);
const marks = fc.uniqueArray(mark, { selector: ({ type }) => type, maxLength: 3 });
const inline = fc.oneof(
  { weight: 8, arbitrary: fc.record({ text: anyText, marks: fc.oneof(fc.constant([]), marks) }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const inlines = fc
  .array(inline, { minLength: 1, maxLength: 7 })
  .map((nodes) =>
    nodes.map((node) =>
      node ? { type: 'text', text: node.text, marks: node.marks } : { type: 'hardBreak' },
    ),
  );
const paragraph = inlines.map((content) => ({ type: 'paragraph', content }));

const list = (depth: number): fc.Arbitrary<unknown> =>
  fc.record({
    type: fc.constantFrom('bulletList', 'orderedList'),
    content: fc.array(
      fc
        .tuple(
          paragraph,
          fc.array(depth < 3 ? fc.oneof(paragraph, list(depth + 1)) : paragraph, { maxLength: 2 }),
        )
        .map(([first, rest]) => ({ type: 'listItem', content: [first, ...rest] })),
      { minLength: 1, maxLength: 3 },
    ),
  });
const table = fc.integer({ min: 1, max: 3 }).chain((columns) => {
  const row = (type: string) =>
    fc
      .array(paragraph, { minLength: columns, maxLength: columns })
      .map((cells) => ({ type: 'tableRow', content: cells.map((cell) => ({ type, content: [cell] })) }));
  return fc
    .tuple(row('tableHeader'), fc.array(row('tableCell'), { minLength: 1, maxLength: 3 }))
    .map(([head, rows]) => ({ type: 'table', content: [head, ...rows] }));
});
const line = anyText.map((text) => text.trim() || 'x');
const picture = line.map((alt) => ({
  type: 'image',
  attrs: { src: '/bilder/0123456789abcdef-1200x800.webp', alt },
}));
const fact = fc.constantFrom('law', 'contact', 'figure').map((type) => ({ type, attrs: { id: 'sol-19-1' } }));
const simple = fc.oneof(
  { weight: 5, arbitrary: paragraph },
  { weight: 2, arbitrary: list(1) },
  table,
  picture,
  fact,
);
const simples = fc.array(simple, { minLength: 1, maxLength: 3 });

const choice = fc.record({
  type: fc.constant('choice'),
  attrs: fc.record({ text: line, verdict: fc.constantFrom('good', 'risky', 'harmful') }),
  content: simples,
});
const quickCheck = fc
  .tuple(line, fc.array(fc.tuple(line, simples), { minLength: 2, maxLength: 4 }), fc.nat({ max: 1 }))
  .map(([question, options, right]) => ({
    type: 'quickCheck',
    attrs: { question },
    content: options.map(([text, content], index) => ({
      type: 'option',
      attrs: { text, correct: index === right },
      content,
    })),
  }));
const block = fc.oneof(
  { weight: 4, arbitrary: simple },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('heading'),
      attrs: fc.record({ level: fc.constantFrom(2, 3, 4) }),
      content: inlines,
    }),
  },
  fc.record({ type: fc.constant('factBox'), attrs: fc.record({ title: line }), content: simples }),
  fc
    .tuple(line, simples, fc.array(choice, { minLength: 2, maxLength: 4 }))
    .map(([title, scene, choices]) => ({ type: 'case', attrs: { title }, content: [...scene, ...choices] })),
  fc.record({ type: fc.constantFrom('reflection', 'takeAway'), content: simples }),
  quickCheck,
  fc
    .uniqueArray(fc.constantFrom(...Object.keys(course.work)), { minLength: 1, maxLength: 3 })
    .chain((kinds) =>
      fc.tuple(...kinds.map(() => simples)).map((contents) => ({
        type: 'workVariants',
        content: kinds.map((kind, index) => ({
          type: 'work',
          attrs: { for: kind },
          content: contents[index],
        })),
      })),
    ),
);

/** What an editor may send: not canonical, and not always whole. */
export const rawBody = fc
  .array(block, { maxLength: 6 })
  .map((content) => ({ type: 'doc', content }) as unknown as Body);

/** Canonical bodies in their final form. */
export const anyBody: fc.Arbitrary<Body> = rawBody
  .map((raw) => bodySchema.safeParse(raw))
  .filter(({ success }) => success)
  .map(({ data }) => data!);

const id = fc.constantFrom('a', 'b-1', 'null', 'true', '1', '0x1', 'u0', 'yes');
const ids = (least: number) => fc.uniqueArray(id, { minLength: least, maxLength: 4 });
const section = fc.record({
  title: line,
  minutes: fc.integer({ min: 1, max: 30 }),
  lead: line,
  sources: ids(1),
});
const withNote = <T>(data: fc.Arbitrary<T>) =>
  fc.tuple(data, fc.option(line)).map(([one, note]) => (note === null ? one : { ...one, contentNote: note }));
const question = line.map((text) => `${text.slice(0, 100)}?`);
const quizQuestion = (slugs: string[]) =>
  fc.record(
    {
      type: fc.constant('single'),
      situation: fc.constant(true),
      section: fc.constantFrom(...slugs),
      prompt: line,
      options: fc
        .tuple(fc.array(fc.tuple(line, line), { minLength: 2, maxLength: 4 }), fc.nat({ max: 1 }))
        .map(([options, right]) =>
          options.map(([text, feedback], index) => ({
            id: 'abcd'[index],
            text,
            feedback,
            ...(index === right ? { correct: true } : {}),
          })),
        ),
    },
    { requiredKeys: ['type', 'section', 'prompt', 'options'] },
  );

/** Whole modules in their final form. */
export const anyModule: fc.Arbitrary<ModuleDocument> = fc
  .uniqueArray(fc.constantFrom('a', 'b-c', 'vad-menas-med-heder', 'null', 'x1'), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((slugs) =>
    fc.record({
      slug: fc.constantFrom('en-fordjupning', 'null', 'true'),
      kind: fc.constant('fordjupning'),
      meta: withNote(
        fc.record({
          title: line,
          position: fc.integer({ min: 1, max: 99 }),
          audience: line,
          minutes: fc.integer({ min: 1, max: 120 }),
          lead: line,
          goals: fc.array(line, { minLength: 3, maxLength: 5 }),
          summary: fc.array(line, { minLength: 4, maxLength: 6 }),
          sources: ids(1),
        }),
      ),
      intro: rawBody,
      sections: fc
        .tuple(...slugs.map(() => fc.tuple(withNote(section), rawBody)))
        .map((pages) => pages.map(([meta, body], index) => ({ slug: slugs[index], meta, body }))),
      quiz: fc.record({
        passMark: fc.constantFrom(0.8, 1, 0.75, 0.01),
        questions: fc
          .array(quizQuestion(slugs), { minLength: 1, maxLength: 3 })
          .map((all) => all.map((one, index) => ({ ...one, id: `fraga-${index}` }))),
      }),
      discussion: fc.option(
        fc.record({
          advice: fc.array(line, { minLength: 2, maxLength: 3 }),
          sections: fc
            .tuple(...slugs.map(() => fc.array(question, { minLength: 2, maxLength: 3 })))
            .map((asked) => asked.map((questions, index) => ({ section: slugs[index], questions }))),
          closing: fc.array(question, { minLength: 1, maxLength: 3 }),
        }),
      ),
    }),
  )
  .map((raw) => moduleDocumentSchema.safeParse(raw))
  .filter(({ success }) => success)
  .map(({ data }) => data!);

const checked = {
  sources: ids(1),
  status: fc.constantFrom('verified', 'uncertain', 'unverified'),
  checked: fc.constantFrom('2026-11-21', '2020-02-29'),
};
const optional = fc.oneof(fc.constant(null), line);
const unique = <T>(one: fc.Arbitrary<T>) =>
  fc
    .array(one, { maxLength: 3 })
    .map((all) => all.map((fact, index) => ({ id: ['u0', 'b-1', 'null'][index]!, ...fact })));

/** Facts in their final form. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    laws: unique(fc.record({ short: line, title: line, text: line, inForce: optional, ...checked })),
    contacts: unique(
      fc.record({
        name: line,
        role: line,
        phone: optional,
        phoneHref: fc.constantFrom(null, 'tel:11414'),
        hours: optional,
        audience: fc.constantFrom('all', 'staff', 'children'),
        confirmed: fc.record({ by: line, on: fc.constant('2026-01-01') }),
        ...checked,
      }),
    ),
    figures: unique(
      fc.record({
        value: line,
        label: line,
        caution: optional,
        year: fc.constantFrom('2022', 'x', '2017–2018'),
        ...checked,
      }),
    ),
    sources: unique(
      fc.record({
        title: line,
        url: fc.constantFrom(null, 'https://example.se/?a=1&b=2#c', 'http://example.se/: x'.replace(' ', '')),
        published: fc.constantFrom(null, '2024', '1.0', 'våren 2020'),
        checked: checked.checked,
      }),
    ),
    words: unique(fc.record({ avoid: line, instead: line, why: line })),
  })
  .map((raw) => factsSchema.safeParse(raw))
  .filter(({ success }) => success)
  .map(({ data }) => data!);
