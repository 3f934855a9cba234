import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutBar, layoutTrend } from '#src/features/indicator/chart.ts';

const shareOf = (text: string) => Number(text.replace('%', ''));
const percent = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);

describe('A bar', () => {
  test('is as long as the outcome, with the target marked on the same scale', () => {
    expect(layoutBar({ outcome: 63.4, target: 80, isHidden: false })).toEqual({
      length: '63.4%',
      target: '80%',
    });
    expect(layoutBar({ outcome: 0, target: null, isHidden: false })).toEqual({ length: '0%', target: null });
    expect(layoutBar({ outcome: 100, target: 100, isHidden: false })).toEqual({
      length: '100%',
      target: '100%',
    });
  });

  test('has no length when it is hidden, whatever figure it is given', () => {
    fc.assert(
      fc.property(percent, percent, (outcome, target) => {
        expect(layoutBar({ outcome, target, isHidden: true }).length).toBeNull();
      }),
    );
  });

  test('has no length where nobody is employed', () => {
    expect(layoutBar({ outcome: null, target: 50, isHidden: false })).toEqual({
      length: null,
      target: '50%',
    });
  });
});

const yearsOf = (points: { outcome: number | null; target: number | null; isHidden: boolean }[]) =>
  points.map((point, index) => ({ year: 2021 + index, ...point }));
const point = fc.record({
  outcome: fc.option(percent, { nil: null }),
  target: fc.option(percent, { nil: null }),
  isHidden: fc.boolean(),
});

describe('The line of the years', () => {
  test('rises with the outcome and stands on the same scale as the target', () => {
    const { marks, baseline, top } = layoutTrend(
      yearsOf([
        { outcome: 0, target: 0, isHidden: false },
        { outcome: 50, target: 50, isHidden: false },
        { outcome: 100, target: 100, isHidden: false },
      ]),
    );
    expect(marks.map(({ y }) => y)).toEqual([baseline, (baseline + top) / 2, top]);
    expect(marks.map(({ targetY }) => targetY)).toEqual(marks.map(({ y }) => y));
    const across = marks.map(({ x }) => shareOf(x));
    expect(across).toEqual([...across].sort((a, b) => a - b));
  });

  test('breaks where a year is hidden or empty, and never tells a hidden outcome', () => {
    const { marks, segments } = layoutTrend(
      yearsOf([
        { outcome: 10, target: 20, isHidden: false },
        { outcome: 33, target: 30, isHidden: true },
        { outcome: 40, target: 40, isHidden: false },
        { outcome: 50, target: 50, isHidden: false },
        { outcome: null, target: 60, isHidden: false },
      ]),
    );
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ x1: marks[2]?.x, x2: marks[3]?.x });
    expect(marks[1]).toMatchObject({ outcome: null, y: null, outcomeLabelY: null });
  });

  test('keeps every mark and label within the drawing, and the two labels of a year apart', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 15 }), (points) => {
        const { marks, height, baseline } = layoutTrend(yearsOf(points));
        for (const mark of marks) {
          expect(shareOf(mark.left)).toBeGreaterThanOrEqual(0);
          expect(shareOf(mark.left) + shareOf(mark.width)).toBeLessThanOrEqual(100.02);
          for (const y of [mark.y, mark.targetY, mark.outcomeLabelY, mark.targetLabelY]) {
            if (y !== null) expect(y).toBeGreaterThanOrEqual(12);
            if (y !== null) expect(y).toBeLessThan(height);
          }
          // The year stands at baseline + 42: its letters begin 12 above that.
          expect(mark.outcomeLabelY ?? 0).toBeLessThanOrEqual(baseline + 42 - 12);
          if (mark.outcomeLabelY !== null && mark.targetLabelY !== null) {
            expect(Math.abs(mark.outcomeLabelY - mark.targetLabelY)).toBeGreaterThanOrEqual(14);
          }
        }
      }),
    );
  });

  test('labels at most seven years, always the last', () => {
    for (let years = 1; years <= 20; years += 1) {
      const { marks } = layoutTrend(
        yearsOf(Array.from({ length: years }, () => ({ outcome: 10, target: null, isHidden: false }))),
      );
      const labelled = marks.filter(({ hasLabel }) => hasLabel);
      expect(labelled.length).toBeLessThanOrEqual(7);
      expect(labelled.length).toBeGreaterThanOrEqual(Math.min(years, 4));
      expect(marks.at(-1)?.hasLabel).toBe(true);
    }
  });
});
