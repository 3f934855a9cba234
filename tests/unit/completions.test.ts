import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { courseCompletedAt, nextStep } from '#src/features/completions/completions.ts';

const PARTS = ['del-1', 'del-2', 'del-3', 'del-4', 'del-5'];
const times = fc.tuple(...PARTS.map(() => fc.date({ noInvalidDate: true })));
const completed = (at: Date[]) => new Map(PARTS.map((part, index) => [part, at[index]!]));

describe('The grundkurs', () => {
  test('is completed at the time of its last part, in whatever order the parts came', () => {
    fc.assert(
      fc.property(times, (at) => {
        const latest = new Date(Math.max(...at.map(Number)));
        expect(courseCompletedAt(PARTS, completed(at))).toEqual(latest);
        expect(courseCompletedAt(PARTS.toReversed(), completed(at))).toEqual(latest);
      }),
    );
  });

  test('is not completed while a part is missing', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(...PARTS), (at, missing) => {
        const some = completed(at);
        some.delete(missing);
        expect(courseCompletedAt(PARTS, some)).toBeNull();
      }),
    );
  });

  test('without parts is never completed', () => {
    expect(courseCompletedAt([], new Map())).toBeNull();
  });
});

describe('What comes next', () => {
  const next = (done: string[], hasCourse = false) =>
    nextStep(PARTS, hasCourse, (part) => done.includes(part));

  test('is the first part for someone who has done nothing', () => {
    expect(next([])).toEqual({ kind: 'part', slug: 'del-1', number: 1 });
  });

  test('is the first part left, also when later ones are done', () => {
    expect(next(['del-1', 'del-4'])).toEqual({ kind: 'part', slug: 'del-2', number: 2 });
  });

  test('is nothing more when all parts are done', () => {
    expect(next(PARTS)).toEqual({ kind: 'done' });
  });

  test('is nothing more for someone credited with the whole course', () => {
    expect(next([], true)).toEqual({ kind: 'done' });
  });
});
