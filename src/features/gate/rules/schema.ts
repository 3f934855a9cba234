import { z } from 'zod';
import { moduleDocumentSchema } from '#src/features/documents/document.schema.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { finalPartSchema } from '#src/features/documents/part.schema.ts';
import { partsOf } from '#src/features/documents/parts.ts';
import { fieldNames, gateWords } from '#src/i18n/gate.ts';
import type { Finding } from '../findings.ts';
import { partName } from '../part-names.ts';

const words = gateWords.schema;

/** Each part is complete and has the form that a version must have, and the parts fit each other. */
export function checkSchema(document: ModuleDocument): Finding[] {
  const parts = partsOf(document).flatMap(({ part, content }) => checkPart(part, content));
  const own = [...parts, ...checkBetween(document)];
  // What only the whole shows: the kind, an address that is taken, two sections with one.
  const whole = moduleDocumentSchema.safeParse(document);
  if (own.length > 0 || whole.success) return own;
  return whole.error.issues.map((issue) => toFinding(partName.module, issue, document.meta));
}

/** One part of a draft held against its final form. Also for facts. */
export function checkPart(part: string, content: unknown): Finding[] {
  const result = finalPartSchema(part)?.safeParse(content, { error: inSwedish });
  if (!result || result.success) return [];
  return result.error.issues.map((issue) => toFinding(part, issue, content));
}

/** Words for what the schemas have none of their own for. */
function inSwedish(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? words.empty : words.few(Number(issue.minimum));
  if (issue.code === 'too_big') return words.many(Number(issue.maximum));
  return issue.input === undefined ? words.empty : words.other;
}

function toFinding(part: string, issue: z.core.$ZodIssue, content: unknown): Finding {
  const { path, message } = deepest(issue);
  const [first, second, third] = path;
  const finding = { rule: 'schema', severity: 'error', part } as const;
  if ((first === 'body' || first === 'intro') && typeof third === 'number') {
    const attribute = nameOf(path.slice(3));
    return {
      ...finding,
      block: third,
      ...(attribute === undefined ? {} : { field: attribute }),
      message: words.wrong(words.block, message),
      suggestion: words.changeBlock,
    };
  }
  if (first === 'questions' && typeof second === 'number' && part === partName.quiz) {
    const question = (content as { questions?: { id?: string }[] }).questions?.[second]?.id;
    const field = nameOf(path.slice(2)) ?? 'options';
    return {
      ...finding,
      ...(question === undefined ? {} : { question }),
      field,
      message: words.wrong(fieldNames[field] ?? words.question, message),
      suggestion: fixFor(message),
    };
  }
  const field = nameOf(first === 'meta' ? path.slice(1, 2) : path.slice(0, 1)) ?? 'title';
  return {
    ...finding,
    field,
    message: words.wrong(fieldNames[field] ?? field, message),
    suggestion: fixFor(message),
  };
}

const fixFor = (message: string) => (message === words.empty ? words.fill : words.change);

/** The last name in a path: `options, 1, text` is `text`. */
function nameOf(path: readonly PropertyKey[]): string | undefined {
  return path.findLast((key): key is string => typeof key === 'string');
}

/** Of an issue with alternatives, the one that came furthest: the author meant that form. */
function deepest(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string } {
  let found: { path: PropertyKey[]; message: string } = issue;
  if (issue.code !== 'invalid_union') return found;
  for (const one of issue.errors.flat()) {
    const inner = deepest(one);
    const path = [...issue.path, ...inner.path];
    if (path.length > found.path.length) found = { path, message: inner.message };
  }
  return found;
}

/** Questions are about sections that exist, and pages have text. */
function checkBetween(document: ModuleDocument): Finding[] {
  const { sections, quiz, discussion, intro } = document;
  const error = { rule: 'schema', severity: 'error' } as const;
  const findings: Finding[] = [];
  const slugs = sections.map(({ slug }) => slug);
  if (slugs.length === 0) {
    findings.push({
      ...error,
      part: partName.module,
      message: words.sections,
      suggestion: words.sectionsFix,
    });
  }
  const bodies = [
    { part: partName.module, body: intro },
    ...sections.map(({ slug, body }) => ({ part: partName.section(slug), body })),
  ];
  for (const { part, body } of bodies) {
    if (body.content.length > 0) continue;
    findings.push({ ...error, part, field: 'body', message: words.body, suggestion: words.bodyFix });
  }
  for (const { id, section } of quiz.questions) {
    if (section === '' || slugs.includes(section)) continue;
    findings.push({
      ...error,
      part: partName.quiz,
      question: id,
      field: 'section',
      message: words.questionSection(section),
      suggestion: words.questionSectionFix,
    });
  }
  if (discussion && discussion.sections.map(({ section }) => section).join() !== slugs.join()) {
    findings.push({
      ...error,
      part: partName.discussion,
      field: 'sections',
      message: words.discussionSections,
      suggestion: words.discussionSectionsFix,
    });
  }
  return findings;
}
