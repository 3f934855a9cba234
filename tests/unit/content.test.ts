import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readModuleFiles } from '#src/features/courses/content-files.ts';
import { measureReadability, readableText } from '#src/features/courses/readability.ts';

const pages = globSync('{kurs,fordjupning,sidor}/**/*.mdx', { cwd: 'content' }).sort();
const course = pages.filter((page) => !page.startsWith('sidor'));
const text = (page: string) => readFileSync(`content/${page}`, 'utf8');
const body = (page: string) => text(page).replace(/^---\n[\s\S]*?\n---\n/, '');
const words = (page: string) => measureReadability(readableText(text(page))).words;
const modules = readModuleFiles('content');
const parts = modules.filter((module) => module.kind === 'part');

describe('Every page', () => {
  test.each(pages)('%s has a LIX under 45', (page) => {
    expect(measureReadability(readableText(text(page))).lix).toBeLessThan(45);
  });

  test.each(course)('%s keeps figures, law sections and phone numbers in the fact files', (page) => {
    expect(body(page)).not.toMatch(/§|%|\d{2,4}[- ]\d{2,3} \d{2}|\b114 14\b/);
  });

  test.each(course)('%s names sources that exist', (page) => {
    const known = new Set(
      (parse(readFileSync('content/fakta/sources.yaml', 'utf8')) as { id: string }[]).map((s) => s.id),
    );
    const frontmatter = parse(/^---\n([\s\S]*?)\n---/.exec(text(page))?.[1] ?? '') as { sources: string[] };
    expect(frontmatter.sources.filter((id) => !known.has(id))).toEqual([]);
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
      const all = part.sections.map((section) => section.text).join('\n');
      const kinds = ['<Case ', '<QuickCheck ', '<Reflection>'].filter((tag) => all.includes(tag));
      expect(kinds.length).toBeGreaterThanOrEqual(2);
    },
  );

  test('names each kind of work that has a variant', () => {
    const all = parts.flatMap((part) => part.sections.map((section) => section.text)).join('\n');
    for (const kind of [
      'forskola',
      'skola',
      'socialtjanst',
      'fritid-kultur',
      'vard-omsorg',
      'teknik-service',
    ]) {
      expect(all).toContain(`<Work for="${kind}">`);
    }
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
