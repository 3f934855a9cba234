import { globSync, readFileSync } from 'node:fs';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readModuleFiles } from '#src/features/courses/content-files.ts';
import { discussionSchema } from '#src/features/courses/courses.schema.ts';
import { measureReadability } from '#src/features/courses/readability.ts';
import { lastStep, meetingEndsAt, nextMeetingStep, stepAt } from '#src/features/meetings/meetings.ts';

const sections = ['a', 'b'].map((slug) => ({ slug, title: slug, file: `01-${slug}` }));

describe('A meeting', () => {
  test('ends after four hours, or at midnight in Stockholm', () => {
    expect(meetingEndsAt(new Date('2026-06-15T10:00:00Z'))).toEqual(new Date('2026-06-15T14:00:00Z'));
    expect(meetingEndsAt(new Date('2026-06-15T20:30:00Z'))).toEqual(new Date('2026-06-15T22:00:00Z'));
  });

  test('goes from its start through the sections to the check, and no further', () => {
    expect([0, 1, 2, 3].map((number) => stepAt(sections, number).kind)).toEqual([
      'start',
      'section',
      'section',
      'check',
    ]);
    expect(lastStep(sections)).toBe(3);
    expect(nextMeetingStep(sections, 3, 'forward')).toBe(3);
    expect(nextMeetingStep(sections, 0, 'back')).toBe(0);
    expect(nextMeetingStep(sections, 1, 'back')).toBe(0);
    expect(stepAt(sections, 99).kind).toBe('check');
  });
});

const files = globSync('{kurs,fordjupning}/*/samtal.yaml', { cwd: 'content' }).sort();
const discussions = files.map((file) => {
  const discussion = discussionSchema.parse(parse(readFileSync(`content/${file}`, 'utf8')));
  const questions = [...discussion.sections.flatMap((section) => section.questions), ...discussion.closing];
  return { file, discussion, questions };
});

describe('The questions for a workplace meeting', () => {
  test('are there for every module', () => {
    expect(files.length).toBe(readModuleFiles('content').length);
  });

  test.each(discussions)('of $file are easy to read and hold no facts', ({ discussion, questions }) => {
    const text = [...discussion.advice, ...questions].join('\n');
    expect(measureReadability(text).lix).toBeLessThan(45);
    expect(text).not.toMatch(/§|%|\d/);
    expect(new Set(questions).size).toBe(questions.length);
  });

  test.each(discussions)('of $file ask about the work, never about the one who answers', ({ questions }) => {
    expect(questions.filter((question) => /\b(du|dig|din|ditt|dina)\b/i.test(question))).toEqual([]);
  });

  test.each(discussions)('of $file come with the advice that nobody need share', ({ discussion }) => {
    const advice = discussion.advice.join(' ');
    expect(advice).toContain('frivilligt');
    expect(advice).toContain('eget liv');
    expect(advice).toContain('Stöd');
  });
});

describe('In the content files', () => {
  const withCopy = (change: (root: string) => void) => {
    const root = mkdtempSync(join(tmpdir(), 'trygg-grund-content-'));
    cpSync('content', root, { recursive: true });
    try {
      change(root);
      return readModuleFiles(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  };

  test('other questions give no other version of the module', () => {
    const hashes = (modules: ReturnType<typeof readModuleFiles>) =>
      modules.map(({ slug, contentHash }) => [slug, contentHash]);
    const changed = withCopy((root) => {
      const file = join(root, 'kurs/del-1/samtal.yaml');
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace('Vad vill vi veta mer om', 'Vad vill vi lära oss'),
      );
    });
    expect(hashes(changed)).toEqual(hashes(readModuleFiles('content')));
  });

  test('questions about a section that is not there are refused', () => {
    const rename = (root: string) => {
      const file = join(root, 'kurs/del-1/samtal.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('02-vad-menas-med-heder', '02-annat'));
    };
    expect(() => withCopy(rename)).toThrow(/samtal\.yaml: avsnitten ska vara/);
  });
});
