import { z } from 'zod';
import { course, type WorkKind } from '#src/i18n/course.ts';
import type { Block, Body, Inline, List, SimpleBlock } from './body.ts';
import { isSafeHref, isPictureAddress } from './addresses.ts';

/** The most characters of text in one node, nodes in one list of nodes, and levels of lists in lists. */
const LONGEST_TEXT = 5_000;
const MOST_NODES = 300;
const DEEPEST_LIST = 3;

/** Characters that no text may hold: control characters, lone surrogates and what turns the direction of writing. */
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udfff]/u;

const clean = (text: string) => !FORBIDDEN.test(text) && text === text.normalize('NFC');
const words = { clean: 'texten har tecken som inte går att använda', empty: 'texten saknas' };

const text = z.string().min(1, words.empty).max(LONGEST_TEXT).refine(clean, words.clean);
/** A text in an attribute: one line, nothing around it. */
const line = text
  .max(300)
  .refine((value) => value === value.trim(), 'texten har mellanslag före eller efter');
const factId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'id ska ha små bokstäver, siffror och bindestreck');

const mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({
      href: z.string().max(1_000).refine(isSafeHref, 'länken ska börja med https://, mailto:, tel: eller /'),
    }),
  }),
]);
const marks = z
  .array(mark)
  .min(1)
  .max(3)
  .refine((all) => new Set(all.map(({ type }) => type)).size === all.length, 'samma märkning två gånger')
  .optional();
const inline: z.ZodType<Inline> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text, marks }),
  z.strictObject({ type: z.literal('hardBreak') }),
]);
const inlines = z.array(inline).min(1, words.empty).max(MOST_NODES);

const paragraph = z.strictObject({ type: z.literal('paragraph'), content: inlines });

function list(depth: number): z.ZodType<List> {
  const inItem = depth < DEEPEST_LIST ? z.union([paragraph, z.lazy(() => list(depth + 1))]) : paragraph;
  const item = z.strictObject({
    type: z.literal('listItem'),
    content: z.tuple([paragraph], inItem),
  });
  return z.strictObject({
    type: z.enum(['bulletList', 'orderedList']),
    content: z.array(item).min(1).max(MOST_NODES),
  }) as z.ZodType<List>;
}

function row(cell: 'tableHeader' | 'tableCell') {
  const cells = z
    .array(z.strictObject({ type: z.literal(cell), content: z.tuple([paragraph]) }))
    .min(1)
    .max(8);
  return z.strictObject({ type: z.literal('tableRow'), content: cells });
}
const table = z
  .strictObject({ type: z.literal('table'), content: z.tuple([row('tableHeader')], row('tableCell')) })
  .refine(
    ({ content }) => content.length >= 2 && content.length <= 100,
    'tabellen behöver en rubrikrad och minst en rad till',
  )
  .refine(
    ({ content }) => content.every((one) => one.content.length === content[0].content.length),
    'tabellens rader är olika långa',
  );
const picture = z.strictObject({
  type: z.literal('image'),
  attrs: z.strictObject({ src: z.string().refine(isPictureAddress, 'bilden finns inte här'), alt: line }),
});
const fact = z.strictObject({
  type: z.enum(['law', 'contact', 'figure']),
  attrs: z.strictObject({ id: factId }),
});

const simple = z.union([paragraph, list(1), table, picture, fact]) as z.ZodType<SimpleBlock>;
const simples = z.array(simple).min(1, words.empty).max(MOST_NODES);

const choice = z.strictObject({
  type: z.literal('choice'),
  attrs: z.strictObject({ text: line, verdict: z.enum(['good', 'risky', 'harmful']) }),
  content: simples,
});
const caseWithChoices = z
  .strictObject({
    type: z.literal('case'),
    attrs: z.strictObject({ title: line }),
    content: z.array(z.union([choice, simple])).max(MOST_NODES),
  })
  .refine(({ content }) => {
    const first = content.findIndex(({ type }) => type === 'choice');
    const choices = content.slice(first).filter(({ type }) => type === 'choice').length;
    return first >= 1 && choices === content.length - first && choices >= 2 && choices <= 4;
  }, 'ett fall är en scen och sedan två till fyra val');
const option = z.strictObject({
  type: z.literal('option'),
  attrs: z.strictObject({ text: line, correct: z.boolean() }),
  content: simples,
});
const quickCheck = z.strictObject({
  type: z.literal('quickCheck'),
  attrs: z.strictObject({ question: line }),
  content: z
    .array(option)
    .min(2)
    .max(4)
    .refine(
      (options) => options.filter(({ attrs }) => attrs.correct).length === 1,
      'en snabbfråga har ett rätt svar',
    ),
});
const work = z.strictObject({
  type: z.literal('work'),
  attrs: z.strictObject({ for: z.enum(Object.keys(course.work) as [WorkKind, ...WorkKind[]]) }),
  content: simples,
});
const workVariants = z.strictObject({
  type: z.literal('workVariants'),
  content: z
    .array(work)
    .min(1)
    .max(Object.keys(course.work).length)
    .refine(
      (all) => new Set(all.map(({ attrs }) => attrs.for)).size === all.length,
      'samma verksamhet två gånger',
    ),
});

const block = z.union([
  simple,
  z.strictObject({
    type: z.literal('heading'),
    attrs: z.strictObject({ level: z.union([z.literal(2), z.literal(3), z.literal(4)]) }),
    content: inlines,
  }),
  z.strictObject({ type: z.literal('factBox'), attrs: z.strictObject({ title: line }), content: simples }),
  caseWithChoices,
  z.strictObject({ type: z.enum(['reflection', 'takeAway']), content: simples }),
  quickCheck,
  workVariants,
]) as z.ZodType<Block>;

/**
 * The allow-list: what a body may hold, and nothing else. An unknown node, mark or attribute is refused,
 * wherever the text came from. (An empty body is one that nobody has written yet; the gate asks for text.)
 */
export const bodySchema: z.ZodType<Body> = z.strictObject({
  type: z.literal('doc'),
  content: z.array(block).max(MOST_NODES),
});
