import { scaleLinear, scaleBand } from 'd3-scale';

/**
 * Charts are drawn with horizontal positions in per cent and vertical ones in pixels, without a
 * viewBox: they follow the width of the page while text and line weights keep their size.
 */
export type Share = `${string}%`;

/** What a share looks like on a bar or a line. A hidden one has no outcome here, whatever it is. */
export interface Plotted {
  outcome: number | null;
  target: number | null;
  isHidden: boolean;
}

export interface Bar {
  /** Length of the bar; null where there is nothing to show (hidden, or nobody employed). */
  length: Share | null;
  /** Where the thin mark of the target stands. */
  target: Share | null;
}

export interface TrendMark extends Plotted {
  year: number;
  x: Share;
  /** Left edge and width of the year's band: for the target's mark and a hidden year's hatching. */
  left: Share;
  width: Share;
  y: number | null;
  targetY: number | null;
  /** Baselines of the two labels, on opposite sides so that they never meet. */
  outcomeLabelY: number | null;
  targetLabelY: number | null;
  hasLabel: boolean;
}

export interface TrendLayout {
  height: number;
  baseline: number;
  top: number;
  marks: TrendMark[];
  /** Lines between neighbouring years that both have an outcome. */
  segments: { x1: Share; y1: number; x2: Share; y2: number }[];
}

const along = scaleLinear().domain([0, 100]).range([0, 100]).clamp(true);

/** Lengths of a bar on a scale from 0 to 100 per cent. */
export function layoutBar({ outcome, target, isHidden }: Plotted): Bar {
  return {
    length: isHidden || outcome === null ? null : share(along(outcome)),
    target: target === null ? null : share(along(target)),
  };
}

const TREND = { height: 330, top: 24, baseline: 262 };
const LABEL_ABOVE = -11;
const LABEL_BELOW = 22;
/** More labels than this meet each other on a phone. */
const MOST_LABELS = 7;

/**
 * Places one mark per year. The outcome's label stands on the far side of its dot, seen from the
 * target. Where there are too many years for a phone, every second (third, …) is labelled, and the last.
 */
export function layoutTrend(points: readonly (Plotted & { year: number })[]): TrendLayout {
  const across = scaleBand<number>()
    .domain(points.map((point) => point.year))
    .range([0, 100])
    .paddingInner(0.28)
    .paddingOuter(0.14);
  const up = scaleLinear().domain([0, 100]).range([TREND.baseline, TREND.top]).clamp(true);
  const every = Math.ceil(points.length / MOST_LABELS);
  const marks = points.map((point, index): TrendMark => {
    const left = across(point.year) ?? 0;
    const outcome = point.isHidden ? null : point.outcome;
    const y = outcome === null ? null : round(up(outcome));
    const targetY = point.target === null ? null : round(up(point.target));
    const isBelowTarget = y !== null && targetY !== null && y >= targetY;
    return {
      ...point,
      outcome,
      x: share(left + across.bandwidth() / 2),
      left: share(left),
      width: share(across.bandwidth()),
      y,
      targetY,
      outcomeLabelY: y === null ? null : y + (isBelowTarget ? LABEL_BELOW : LABEL_ABOVE),
      targetLabelY: targetY === null ? null : targetY + (y === null || isBelowTarget ? -7 : 17),
      hasLabel: (points.length - 1 - index) % every === 0,
    };
  });
  return { ...TREND, marks, segments: connect(marks) };
}

function connect(marks: readonly TrendMark[]): TrendLayout['segments'] {
  return marks.slice(1).flatMap((mark, index) => {
    const before = marks[index];
    if (!before || before.y === null || mark.y === null) return [];
    return [{ x1: before.x, y1: before.y, x2: mark.x, y2: mark.y }];
  });
}

function share(value: number): Share {
  return `${round(value)}%`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
