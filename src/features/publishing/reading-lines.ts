import type { Discussion } from '#src/features/courses/courses.schema.ts';
import type { Block, Body, Inline, List, SimpleBlock } from '#src/features/documents/body.ts';
import { nameOfFact } from '#src/features/documents/fact-name.ts';
import { factOfPart, slugOfPart, type ModulePart, type SectionPart } from '#src/features/documents/parts.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import { readingWords as words } from '#src/i18n/reading-words.ts';

/**
 * A part of a draft as lines that a reviewer can read and compare: every text, and in words what is not
 * text but changes what a reader meets, such as where a link leads and which answer is right.
 */
export function readingLines(part: string, content: unknown): string[] {
  if (content === null || content === undefined) return [];
  if (part === 'modul') {
    const { meta, intro } = content as ModulePart;
    return [...linesOfFields(meta), ...linesOfBody(intro)];
  }
  if (slugOfPart(part) !== null) {
    const { meta, body } = content as SectionPart;
    return [...linesOfFields(meta), ...linesOfBody(body)];
  }
  if (part === 'kunskapskontroll') return linesOfQuiz(content as Quiz);
  if (part === 'samtal') return linesOfDiscussion(content as Discussion);
  return linesOfFields(content as Record<string, unknown>);
}

/** What a part is called where people read of it. */
export function nameOfPart(part: string, content: unknown): string {
  const slug = slugOfPart(part);
  if (slug !== null) return (content as SectionPart | null)?.meta.title || slug;
  const fact = factOfPart(part);
  if (fact) return nameOfFact(fact, content);
  return words.parts[part] ?? part;
}

/** `label: value` of each field that is filled in, lists as one line for each. */
function linesOfFields(fields: object): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const label = words.fields[name] ?? name;
    if (value === null || value === undefined || value === '') return [];
    if (Array.isArray(value)) return value.map((one) => `${label}: ${String(one)}`);
    if (typeof value === 'object') return [`${label}: ${Object.values(value).join(', ')}`];
    return [`${label}: ${words.values[String(value)] ?? String(value)}`];
  });
}

function linesOfQuiz({ passMark, questions }: Quiz): string[] {
  return [
    words.passMark(Math.round(passMark * 100)),
    ...questions.flatMap(({ prompt, type, section, situation, options }) => [
      words.question(prompt),
      words.questionFacts(type === 'multiple', section, situation === true),
      ...options.flatMap(({ text, correct, feedback }) => [
        words.option(text, correct === true),
        words.feedback(feedback),
      ]),
    ]),
  ];
}

function linesOfDiscussion({ advice, sections, closing }: Discussion): string[] {
  return [
    ...advice.map(words.advice),
    ...sections.flatMap(({ section, questions }) => questions.map((one) => words.discussed(section, one))),
    ...closing.map(words.closing),
  ];
}

function linesOfBody(body: Body): string[] {
  return body.content.flatMap(linesOfBlock);
}

function linesOfBlock(block: Block): string[] {
  switch (block.type) {
    case 'heading':
      return [words.heading(block.attrs.level, textOf(block.content))];
    case 'factBox':
      return [words.piece('factBox', block.attrs.title), ...block.content.flatMap(linesOfSimple)];
    case 'reflection':
    case 'takeAway':
      return [words.pieces[block.type], ...block.content.flatMap(linesOfSimple)];
    case 'case':
      return [
        words.piece('case', block.attrs.title),
        ...block.content.flatMap((node) =>
          node.type === 'choice'
            ? [words.choice(node.attrs.text, node.attrs.verdict), ...node.content.flatMap(linesOfSimple)]
            : linesOfSimple(node),
        ),
      ];
    case 'quickCheck':
      return [
        words.piece('quickCheck', block.attrs.question),
        ...block.content.flatMap(({ attrs, content }) => [
          words.option(attrs.text, attrs.correct),
          ...content.flatMap(linesOfSimple),
        ]),
      ];
    case 'workVariants':
      return block.content.flatMap((work) => [
        words.work(work.attrs.for),
        ...work.content.flatMap(linesOfSimple),
      ]);
    default:
      return linesOfSimple(block);
  }
}

function linesOfSimple(block: SimpleBlock): string[] {
  switch (block.type) {
    case 'paragraph':
      return [textOf(block.content)];
    case 'bulletList':
    case 'orderedList':
      return linesOfList(block, 0);
    case 'table':
      return block.content.map((row) =>
        row.content.map((cell) => textOf(cell.content[0].content)).join(' | '),
      );
    case 'image':
      return [words.picture(block.attrs.alt, block.attrs.src)];
    default:
      return [words.fact(block.type, block.attrs.id)];
  }
}

function linesOfList({ type, content }: List, depth: number): string[] {
  return content.flatMap((item, index) =>
    item.content.flatMap((node, place) => {
      if (node.type !== 'paragraph') return linesOfList(node, depth + 1);
      const mark = place > 0 ? '' : type === 'orderedList' ? `${index + 1}. ` : '– ';
      return [`${'   '.repeat(depth)}${mark}${textOf(node.content)}`];
    }),
  );
}

/** The words of a line of text, with the address after what is a link. */
function textOf(content: readonly Inline[]): string {
  return content
    .map((node) => {
      if (node.type !== 'text') return ' ';
      const link = node.marks?.find((mark) => mark.type === 'link');
      return link ? `${node.text} [${link.attrs.href}]` : node.text;
    })
    .join('');
}
