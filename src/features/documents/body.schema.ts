import { z } from 'zod';
import { course, type WorkKind } from '#src/i18n/course.ts';
import { documents } from '#src/i18n/documents.ts';
import type { Block, Body, Inline, SimpleBlock } from './body.ts';
import { isSafeHref, isPictureAddress } from '#src/lib/addresses.ts';
import { limits } from '#src/lib/limits.ts';
import { normaliseBody, normaliseDraftBody } from './normalise.ts';
import { cleanText, forbiddenAt } from '#src/lib/text.ts';

/**
 * `final`: what is reviewed, published and written to files. `draft`: what somebody is still writing, where
 * texts may be empty and choices few or many; nodes, attributes, addresses, sizes and depth are no freer.
 */
type Mode = 'draft' | 'final';

const mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({ href: z.string().max(1_000).refine(isSafeHref, documents.link) }),
  }),
]);
const marks = z
  .array(mark)
  .max(3)
  .refine((all) => new Set(all.map(({ type }) => type)).size === all.length, documents.markTwice);
const factId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, documents.factId);
const work = z.enum(Object.keys(course.work) as [WorkKind, ...WorkKind[]]);
const picture = z.string().refine(isPictureAddress, documents.picture);

const isUnique = (values: readonly unknown[]) => new Set(values).size === values.length;
const lengthOf = (content: readonly Inline[]) =>
  content.reduce((sum, node) => sum + (node.type === 'text' ? node.text.length : 1), 0);
const textsOf = (node: { type: string; content?: unknown }): number =>
  Array.isArray(node.content)
    ? node.content.reduce((sum: number, child) => sum + textsOf(child as { type: string }), 0)
    : 1;

const marksOf = (node: { type: string; content?: unknown; marks?: unknown }): number =>
  Array.isArray(node.content)
    ? node.content.reduce((sum: number, child) => sum + marksOf(child as { type: string }), 0)
    : Array.isArray(node.marks) && node.marks.length > 0
      ? 1
      : 0;
const isBounded = (node: { type: string; content?: unknown }) =>
  textsOf(node) <= limits.textsTogether && marksOf(node) <= limits.marksTogether;

/** The allow-list in one of its two forms. Depth is bounded by the schema itself: it refers to nothing by name. */
function bodyIn(mode: Mode) {
  const isFinal = mode === 'final';
  /** A list of nodes: at least `least` of them in the final form; in a draft it may be absent. */
  const some = <T extends z.ZodType>(one: T, least: number, most: number = limits.nodes) => {
    const all = z.array(one).max(most);
    return (isFinal ? all.min(least, documents.empty) : all.prefault([])) as z.ZodType<z.output<T>[]>;
  };

  const text = z.string().max(limits.text);
  const finalText = text
    .min(1, documents.empty)
    .refine((value) => forbiddenAt(value) < 0, documents.forbidden);
  const line = isFinal
    ? finalText.max(limits.attribute).refine((value) => value === value.trim(), documents.edges)
    : text.max(limits.attribute).overwrite(cleanText);
  const inlines = some(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text'), text: isFinal ? finalText : text, marks: marks.optional() }),
      // The editor says of a line break, too, what is around it; a draft forgets that when it is saved.
      z.strictObject(
        isFinal
          ? { type: z.literal('hardBreak') }
          : { type: z.literal('hardBreak'), marks: marks.optional() },
      ),
    ]) as z.ZodType<Inline>,
    1,
  ).refine((content) => lengthOf(content) <= limits.text, documents.longParagraph);

  const paragraph = z.strictObject({ type: z.literal('paragraph'), content: inlines });
  const listOf = (type: 'bulletList' | 'orderedList', depth: number) => {
    const inItem: z.ZodType =
      depth < limits.lists
        ? z.discriminatedUnion('type', [
            paragraph,
            listOf('bulletList', depth + 1),
            listOf('orderedList', depth + 1),
          ])
        : paragraph;
    const content = z
      .array(inItem)
      .min(1)
      .max(limits.nodes)
      .refine(([first]) => (first as { type: string } | undefined)?.type === 'paragraph', documents.empty);
    const list = z.strictObject({
      type: z.literal(type),
      content: some(z.strictObject({ type: z.literal('listItem'), content }), 1),
    });
    return depth === 1 ? list.refine(isBounded, documents.manyTexts) : list;
  };
  const rowOf = (cell: 'tableHeader' | 'tableCell') =>
    z.strictObject({
      type: z.literal('tableRow'),
      content: some(
        z.strictObject({ type: z.literal(cell), content: z.tuple([paragraph]) }),
        1,
        limits.columns,
      ),
    });
  const table = z
    .strictObject({
      type: z.literal('table'),
      content: z.tuple([rowOf('tableHeader')], rowOf('tableCell')),
    })
    .refine(({ content }) => content.length <= limits.rows, documents.manyTexts)
    .refine(isBounded, documents.manyTexts)
    .refine(({ content }) => !isFinal || content.length >= 2, documents.tableRows)
    .refine(
      ({ content }) => !isFinal || content.every((row) => row.content.length === content[0].content.length),
      documents.tableColumns,
    );
  const fact = (type: 'law' | 'contact' | 'figure') =>
    z.strictObject({ type: z.literal(type), attrs: z.strictObject({ id: factId }) });

  const simple = [
    paragraph,
    listOf('bulletList', 1),
    listOf('orderedList', 1),
    table,
    z.strictObject({ type: z.literal('image'), attrs: z.strictObject({ src: picture, alt: line }) }),
    fact('law'),
    fact('contact'),
    fact('figure'),
  ] as const;
  const simples = some(z.discriminatedUnion('type', simple) as unknown as z.ZodType<SimpleBlock>, 1);

  const choice = z.strictObject({
    type: z.literal('choice'),
    attrs: z.strictObject({ text: line, verdict: z.enum(['good', 'risky', 'harmful']) }),
    content: simples,
  });
  const caseWithChoices = z
    .strictObject({
      type: z.literal('case'),
      attrs: z.strictObject({ title: line }),
      content: some(z.discriminatedUnion('type', [choice, ...simple]), 0),
    })
    .refine(({ content }) => {
      if (!isFinal) return true;
      const first = content.findIndex(({ type }) => type === 'choice');
      const choices = content.slice(first).filter(({ type }) => type === 'choice').length;
      return first >= 1 && choices === content.length - first && choices >= 2 && choices <= 4;
    }, documents.caseParts);
  const option = z.strictObject({
    type: z.literal('option'),
    attrs: z.strictObject({ text: line, correct: z.boolean() }),
    content: simples,
  });
  const quickCheck = z.strictObject({
    type: z.literal('quickCheck'),
    attrs: z.strictObject({ question: line }),
    content: some(option, 0, limits.choices)
      .refine(
        (options) => !isFinal || (options.length >= 2 && options.length <= 4),
        documents.quickCheckOptions,
      )
      .refine(
        (options) => !isFinal || options.filter(({ attrs }) => attrs.correct).length === 1,
        documents.quickCheckRight,
      ),
  });
  const workVariants = z.strictObject({
    type: z.literal('workVariants'),
    content: some(
      z.strictObject({
        type: z.literal('work'),
        attrs: z.strictObject({ for: work }),
        content: simples,
      }),
      1,
      limits.choices,
    ).refine((all) => !isFinal || isUnique(all.map(({ attrs }) => attrs.for)), documents.workTwice),
  });
  const heading = z.strictObject({
    type: z.literal('heading'),
    attrs: z.strictObject({ level: z.literal([2, 3, 4], documents.level) }),
    content: inlines,
  });
  const piece = (type: 'reflection' | 'takeAway') =>
    z.strictObject({ type: z.literal(type), content: simples });
  const block = z.discriminatedUnion('type', [
    ...simple,
    heading,
    z.strictObject({ type: z.literal('factBox'), attrs: z.strictObject({ title: line }), content: simples }),
    caseWithChoices,
    piece('reflection'),
    piece('takeAway'),
    quickCheck,
    workVariants,
  ]) as unknown as z.ZodType<Block>;
  return z.strictObject({ type: z.literal('doc'), content: some(block, 0) }) as unknown as z.ZodType<
    Body,
    Body
  >;
}

/**
 * The allow-list while somebody writes: texts may be empty, choices few or many. An unknown node, mark or
 * attribute is refused, wherever the text came from. What comes out is in the canonical form of a draft.
 */
export const draftBodySchema: z.ZodType<Body> = bodyIn('draft').overwrite(normaliseDraftBody);

/**
 * The allow-list for what is reviewed, published and written to files. What comes out is canonical. (An empty
 * body is one that nobody has written yet; the gate asks for text.)
 */
export const bodySchema: z.ZodType<Body, unknown> = bodyIn('draft')
  .overwrite(normaliseBody)
  .pipe(bodyIn('final'));

/** The final form of a body that is canonical already, node by node as it was given. */
export const canonicalBodySchema: z.ZodType<Body> = bodyIn('final');
