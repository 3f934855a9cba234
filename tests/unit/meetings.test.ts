import { describe, expect, test } from 'vitest';
import { measureReadability } from '#src/features/courses/readability.ts';
import { requireContent } from '#src/features/documents/content-reader.ts';
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

const { modules } = requireContent('content');
const discussions = modules.flatMap(({ slug, discussion }) =>
  discussion
    ? [
        {
          slug,
          discussion,
          questions: [...discussion.sections.flatMap(({ questions }) => questions), ...discussion.closing],
        },
      ]
    : [],
);

describe('The questions for a workplace meeting', () => {
  test('are there for every module', () => {
    expect(discussions.length).toBe(modules.length);
  });

  test.each(discussions)('of $slug are easy to read and hold no facts', ({ discussion, questions }) => {
    const text = [...discussion.advice, ...questions].join('\n');
    expect(measureReadability(text).lix).toBeLessThan(45);
    expect(text).not.toMatch(/§|%|\d/);
    expect(new Set(questions).size).toBe(questions.length);
  });

  test.each(discussions)('of $slug ask about the work, never about the one who answers', ({ questions }) => {
    expect(questions.filter((question) => /\b(du|dig|din|ditt|dina)\b/i.test(question))).toEqual([]);
  });

  test.each(discussions)('of $slug come with the advice that nobody need share', ({ discussion }) => {
    const advice = discussion.advice.join(' ');
    expect(advice).toContain('frivilligt');
    expect(advice).toContain('eget liv');
    expect(advice).toContain('Stöd');
  });
});
