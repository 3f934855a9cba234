import { layoutBar, layoutTrend, type Plotted, type Share } from '#src/features/indicator/chart.ts';
import { percent, shortPercent } from '#src/i18n/figures.ts';
import { indicator } from '#src/i18n/indicator.ts';
import { COLORS, type Paper } from './pdf-paper.ts';
import type { Box } from './pdf-table.ts';

/** A bar on a scale from 0 to 100 per cent, with the target as a thin mark; hatched where it is hidden. */
export function drawBar({ doc }: Paper, plotted: Plotted, { x, y, width, height }: Box): void {
  const bar = layoutBar(plotted);
  const inset = height * 0.22;
  const thick = height - 2 * inset;
  doc.rect(x, y + inset, width, thick).fill(COLORS.wash);
  if (plotted.isHidden) hatch(doc, { x, y: y + inset, width, height: thick });
  if (bar.length) doc.rect(x, y + inset, along(bar.length, width), thick).fill(COLORS.pine);
  doc
    .rect(x, y + inset, width, thick)
    .lineWidth(0.4)
    .stroke(COLORS.edge);
  if (!bar.target) return;
  const at = x + along(bar.target, width);
  line(doc, at, y, at, y + height, 3, '#ffffff');
  line(doc, at, y, at, y + height, 1.4, COLORS.ink);
}

export interface DrawnYear extends Plotted {
  year: number;
  /** Written below the year. */
  note?: string | undefined;
}

/** What the layout's drawing is high, in its own pixels. */
const LAYOUT_HEIGHT = 330;

/** The outcome as a line and the targets as marks, year by year, with their values. */
export function drawTrend(paper: Paper, years: readonly DrawnYear[], box: Box): void {
  const { doc } = paper;
  const { marks, segments, baseline, top } = layoutTrend(years);
  const down = (y: number) => box.y + (y * box.height) / LAYOUT_HEIGHT;
  const across = (x: Share) => box.x + along(x, box.width);
  const label = (text: string, x: number, y: number, font: 'text' | 'strong', color: 'ink' | 'quiet') => {
    doc.font(font).fontSize(7.5).fillColor(COLORS[color]);
    doc.text(text, x - 30, y, { width: 60, align: 'center', baseline: 'alphabetic', lineBreak: false });
  };
  line(doc, box.x, down(top), box.x + box.width, down(top), 0.5, COLORS.line);
  line(doc, box.x, down(baseline), box.x + box.width, down(baseline), 0.8, COLORS.edge);
  doc.font('text').fontSize(7.5).fillColor(COLORS.quiet);
  doc.text(shortPercent(100), box.x, down(top) - 3, { baseline: 'alphabetic', lineBreak: false });
  for (const { left, width, isHidden, targetY } of marks) {
    const from = across(left);
    const wide = along(width, box.width);
    if (isHidden) hatch(doc, { x: from, y: down(baseline - 44), width: wide, height: down(44) - box.y });
    if (targetY !== null) line(doc, from, down(targetY), from + wide, down(targetY), 1.2, COLORS.quiet);
  }
  for (const { x1, y1, x2, y2 } of segments)
    line(doc, across(x1), down(y1), across(x2), down(y2), 1.4, COLORS.pine);
  for (const [index, mark] of marks.entries()) {
    const x = across(mark.x);
    if (mark.y !== null)
      doc.circle(x, down(mark.y), 2.6).lineWidth(1.4).fillAndStroke('#ffffff', COLORS.pine);
    if (mark.isHidden) label(indicator.hidden, x, down(baseline - 50), 'text', 'quiet');
    if (!mark.hasLabel) continue;
    if (mark.outcomeLabelY !== null && mark.outcome !== null)
      label(percent(mark.outcome), x, down(mark.outcomeLabelY), 'strong', 'ink');
    if (mark.targetLabelY !== null && mark.target !== null)
      label(shortPercent(mark.target), x, down(mark.targetLabelY), 'text', 'quiet');
    label(String(mark.year), x, down(baseline + 42), 'text', 'ink');
    const note = years[index]?.note;
    if (note !== undefined) label(note, x, down(baseline + 60), 'text', 'quiet');
  }
}

function hatch(doc: Paper['doc'], { x, y, width, height }: Box): void {
  doc.save();
  doc.rect(x, y, width, height).clip();
  for (let at = x - height; at < x + width; at += 4)
    line(doc, at, y + height, at + height, y, 0.8, COLORS.edge);
  doc.restore();
}

function line(
  doc: Paper['doc'],
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  weight: number,
  color: string,
): void {
  doc.moveTo(x1, y1).lineTo(x2, y2).lineWidth(weight).stroke(color);
}

function along(share: Share, width: number): number {
  return (Number.parseFloat(share) / 100) * width;
}
