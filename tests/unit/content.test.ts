import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { measureReadability } from '#src/features/courses/readability.ts';
import { requireContent } from '#src/features/documents/content-reader.ts';
import { readBody } from '#src/features/documents/mdx-reader.ts';
import { runningText } from '#src/features/documents/reading-text.ts';

const { modules, facts } = requireContent('content');
const pages = globSync('{kurs,fordjupning,sidor}/**/*.mdx', { cwd: 'content' }).sort();
const course = pages.filter((page) => !page.startsWith('sidor'));
const parts = modules.filter((module) => module.kind === 'part');

/** The page of a file in content/, information pages too. */
function read(page: string) {
  const found = readBody(readFileSync(`content/${page}`, 'utf8'), page);
  if (found.kind === 'refused') throw new Error(JSON.stringify(found.problems));
  return found;
}
const text = (page: string) => runningText(read(page).body);
const words = (page: string) => measureReadability(text(page)).words;

describe('Every page', () => {
  test.each(pages)('%s has a LIX under 45', (page) => {
    expect(measureReadability(text(page)).lix).toBeLessThan(45);
  });

  test.each(course)('%s keeps figures, law sections and phone numbers in the fact files', (page) => {
    expect(text(page)).not.toMatch(/§|%|\d{2,4}[- ]\d{2,3} \d{2}|\b114 14\b/);
  });

  test.each(course)('%s names sources that exist', (page) => {
    const known = new Set(facts.sources.map(({ id }) => id));
    const meta = read(page).meta as { sources: string[] };
    expect(meta.sources.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('The grundkurs', () => {
  test('has five parts of four to six sections', () => {
    expect(parts.map((part) => part.slug)).toEqual(['del-1', 'del-2', 'del-3', 'del-4', 'del-5']);
    for (const part of parts) {
      expect(part.sections.length).toBeGreaterThanOrEqual(4);
      expect(part.sections.length).toBeLessThanOrEqual(6);
    }
  });

  test('is 9 000 to 14 000 words, with sections of 350 to 700', () => {
    const pagesOfCourse = course.filter((page) => page.startsWith('kurs/'));
    const total = pagesOfCourse.reduce((sum, page) => sum + words(page), 0);
    expect(total).toBeGreaterThan(9000);
    expect(total).toBeLessThan(14000);
    const sections = pagesOfCourse.filter((page) => !page.endsWith('index.mdx'));
    expect(sections.filter((page) => words(page) < 350 || words(page) > 700)).toEqual([]);
  });

  test.each(parts.map((part) => [part.slug, part] as const))(
    '%s has at least two kinds of interactive pieces',
    (_, part) => {
      const used = new Set(part.sections.flatMap(({ body }) => body.content.map(({ type }) => type)));
      const kinds = (['case', 'quickCheck', 'reflection'] as const).filter((type) => used.has(type));
      expect(kinds.length).toBeGreaterThanOrEqual(2);
    },
  );

  test('names each kind of work that has a variant', () => {
    const blocks = parts.flatMap(({ sections }) => sections.flatMap(({ body }) => body.content));
    const kinds = blocks.flatMap((block) =>
      block.type === 'workVariants' ? block.content.map(({ attrs }) => attrs.for) : [],
    );
    expect(new Set(kinds)).toEqual(
      new Set(['forskola', 'skola', 'socialtjanst', 'fritid-kultur', 'vard-omsorg', 'teknik-service']),
    );
  });
});

describe.each(modules.map((module) => [module.slug, module] as const))(
  'The knowledge check of %s',
  (_, module) => {
    const { questions, passMark } = module.quiz;

    test('has eight to ten questions, three or more of them situations, of both types', () => {
      expect(questions.length).toBeGreaterThanOrEqual(8);
      expect(questions.length).toBeLessThanOrEqual(10);
      expect(questions.filter((question) => question.situation).length).toBeGreaterThanOrEqual(3);
      expect(new Set(questions.map((question) => question.type))).toEqual(new Set(['single', 'multiple']));
      expect(passMark).toBe(0.8);
    });

    test('does not give the answer away by place or length', () => {
      const single = questions.filter((question) => question.type === 'single');
      const places = single.map((question) => question.options.findIndex((option) => option.correct));
      for (const place of [0, 1, 2, 3]) {
        expect(places.filter((at) => at === place).length).toBeLessThanOrEqual(Math.ceil(single.length / 2));
      }
      const rightIsLongest = single.filter((question) => {
        const longest = Math.max(...question.options.map((option) => option.text.length));
        return question.options.find((option) => option.correct)?.text.length === longest;
      });
      expect(rightIsLongest.length).toBeLessThanOrEqual(Math.ceil(single.length / 2));
    });

    test('says why for every answer', () => {
      const feedback = questions.flatMap((question) => question.options.map((option) => option.feedback));
      expect(feedback.filter((sentence) => sentence.length < 20)).toEqual([]);
    });
  },
);
