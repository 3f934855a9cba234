import { setImmediate } from 'node:timers/promises';
import { annualReport } from '#src/i18n/annual-report.ts';
import { shortPercent, signed } from '#src/i18n/figures.ts';
import { indicator } from '#src/i18n/indicator.ts';
import { differenceFromTarget, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { hasRecomputed, type AnnualReport } from './annual-report.ts';
import { drawBar, drawTrend } from './pdf-charts.ts';
import { PAGE, Paper, type Part } from './pdf-paper.ts';
import { drawTable, type PdfColumn, type PdfRow } from './pdf-table.ts';
import { recomputedText, toCells } from './report-cells.ts';
import { describeStatus, describeTrend, describeUnit, method, tableTitle } from './report-words.ts';

type Section = AnnualReport['sections'][number];

/**
 * The annual report as a tagged PDF, with the words and figures of the page. The same report gives the
 * same bytes. Between the pages others get their turn.
 */
export async function writeReportPdf(report: AnnualReport): Promise<Buffer> {
  const name = report.sections[0]?.unit.row.name ?? '';
  const title = annualReport.fullTitle(report.year, name);
  const paper = new Paper({ title, subject: annualReport.subject, day: report.asOf });
  for (const [index, section] of report.sections.entries()) {
    const part = paper.openSection(section.unit.row.name);
    if (index === 0) writeTitle(paper, part, report, name);
    writeUnit(paper, part, report, section);
    await setImmediate();
  }
  writeMethod(paper);
  return paper.finish(title, annualReport.page);
}

function writeTitle(paper: Paper, part: Part, report: AnnualReport, name: string): void {
  paper.write(part, 'H1', annualReport.title(report.year), { font: 'title', size: 28, gap: 2 });
  paper.write(part, 'P', annualReport.lead(name), { size: 12, color: 'quiet', gap: 8 });
  const { title, texts } = describeStatus(report);
  paper.write(part, 'P', `${title}. ${texts.join(' ')}`, { gap: 14 });
}

function writeUnit(paper: Paper, part: Part, report: AnnualReport, section: Section): void {
  const { row } = section.unit;
  paper.write(part, 'P', indicator.kind(row.kind), { size: 9, color: 'quiet' });
  paper.write(part, 'H2', row.name, { font: 'title', size: 19, gap: 8 });
  writeFigures(paper, part, report, row);
  const plotted = { outcome: row.outcome, target: row.target, isHidden: row.hidden };
  drawFigure(paper, part, indicator.barTitle(plotted), 22, (y) =>
    drawBar(paper, plotted, { x: PAGE.left, y, width: PAGE.width, height: 22 }),
  );
  paper.doc.y += 6;
  for (const text of describeUnit(section.unit)) paper.write(part, 'P', text, { gap: 2 });
  if (section.below.length > 0) writeBelow(paper, part, report, section);
  writeTrend(paper, part, section);
}

function writeFigures(paper: Paper, part: Part, report: AnnualReport, row: IndicatorRow): void {
  const difference = differenceFromTarget(row);
  const cells = toCells(row);
  const figures = [
    [annualReport.outcome(report.isRunning), annualReport.outcomeOn(report.asOf), cells.outcome],
    [
      annualReport.target,
      annualReport.targetOf(report.year),
      row.target === null ? annualReport.noTarget : shortPercent(row.target),
    ],
    [
      annualReport.difference,
      annualReport.differenceUnit,
      row.hidden ? indicator.hidden : difference === null ? '–' : signed(difference),
    ],
  ] as const;
  const top = paper.doc.y;
  const width = PAGE.width / figures.length;
  for (const [index, [term, detail, value]] of figures.entries()) {
    const place = { x: PAGE.left + index * width, width: width - 10 };
    paper.add(part, 'P', () => {
      paper.set(`${term} ${detail}`, { ...place, y: top, size: 9, color: 'quiet' });
      const isFirst = index === 0;
      // On one line at the foot, though the first is larger.
      paper.set(value, { ...place, y: top + (isFirst ? 13 : 20), font: 'title', size: isFirst ? 26 : 20 });
    });
  }
  paper.doc.y = top + 52;
}

const COLUMNS: readonly PdfColumn[] = [
  { header: annualReport.columns.enhet, width: 163 },
  { header: annualReport.columns.utfall, width: 132, align: 'right' },
  { header: annualReport.columns.mal, width: 40, align: 'right' },
  { header: annualReport.columns.skillnad, width: 46, align: 'right' },
  { header: annualReport.columns.genomfort, width: 50, align: 'right' },
  { header: annualReport.columns.anstallda, width: 52, align: 'right' },
];
const RECOMPUTED: PdfColumn = { header: annualReport.recomputed, width: 54, align: 'right' };

function writeBelow(paper: Paper, part: Part, report: AnnualReport, section: Section): void {
  const { below } = section;
  const withRecomputed = hasRecomputed(below);
  const topDepth = Math.min(...below.map(({ row }) => row.depth));
  const isLevelled = below.some(({ row }) => row.depth > topDepth);
  const [unit, outcome, ...rest] = COLUMNS as [PdfColumn, PdfColumn, ...PdfColumn[]];
  const columns = withRecomputed
    ? [{ ...unit, width: unit.width - RECOMPUTED.width }, outcome, RECOMPUTED, ...rest]
    : COLUMNS;
  paper.ensureRoom(80);
  paper.write(part, 'H3', tableTitle(section), { font: 'title', size: 13, gap: 2, y: paper.doc.y + 8 });
  drawTable(paper, part, {
    caption: annualReport.caption(report.asOf, report.fixed !== null),
    columns,
    rows: below.map(({ row, recomputed }): PdfRow => {
      const cells = toCells(row);
      return {
        cells: [
          row.name,
          cells.outcome,
          ...(withRecomputed ? [recomputedText(recomputed)] : []),
          cells.target,
          cells.difference,
          cells.completed,
          cells.employed,
        ],
        isDeep: isLevelled && row.depth > topDepth,
        isHidden: row.hidden,
      };
    }),
    drawBeside: {
      column: 1,
      from: 70,
      draw: (index, box) => {
        const row = below[index]?.row;
        if (row) drawBar(paper, { outcome: row.outcome, target: row.target, isHidden: row.hidden }, box);
      },
    },
  });
}

const TREND_HEIGHT = 180;
const TREND_COLUMNS: readonly PdfColumn[] = [
  { header: indicator.year, width: 50 },
  { header: annualReport.columns.utfall, width: 46, align: 'right' },
  { header: annualReport.columns.mal, width: 42, align: 'right' },
  { header: annualReport.columns.skillnad, width: 50, align: 'right' },
];

function writeTrend(paper: Paper, part: Part, { unit, trend }: Section): void {
  const points = trend.flatMap(({ row, ...point }) => (row ? [{ ...point, row }] : []));
  const isSoFar = (asOf: string) => !asOf.endsWith('-12-31');
  paper.ensureRoom(TREND_HEIGHT + 70);
  paper.write(part, 'H3', annualReport.trend, { font: 'title', size: 13, gap: 2, y: paper.doc.y + 12 });
  const note = trend.some(({ isFixed }) => isFixed) ? ` ${annualReport.trendFixed}` : '';
  paper.write(part, 'P', annualReport.trendLead + note, { size: 9, color: 'quiet', gap: 8 });
  const top = paper.doc.y;
  drawFigure(paper, part, describeTrend(unit.row.name, trend), TREND_HEIGHT, (y) =>
    drawTrend(
      paper,
      points.map(({ year, asOf, row }) => ({
        year,
        outcome: row.outcome,
        target: row.target,
        isHidden: row.hidden,
        note: isSoFar(asOf) ? annualReport.soFar : undefined,
      })),
      { x: PAGE.left, y, width: 275, height: TREND_HEIGHT },
    ),
  );
  paper.doc.y = top;
  drawTable(paper, part, {
    caption: annualReport.trendOf(unit.row.name),
    x: PAGE.right - TREND_COLUMNS.reduce((sum, { width }) => sum + width, 0),
    columns: TREND_COLUMNS,
    rows: points.toReversed().map(({ year, asOf, row }): PdfRow => {
      const { outcome, target, difference } = toCells(row);
      const label = isSoFar(asOf) ? `${year} ${annualReport.soFar}` : String(year);
      return { cells: [label, outcome, target, difference], isHidden: row.hidden };
    }),
  });
  paper.doc.y = Math.max(paper.doc.y, top + TREND_HEIGHT);
}

function writeMethod(paper: Paper): void {
  const part = paper.openSection(annualReport.method);
  paper.write(part, 'H2', annualReport.method, { font: 'title', size: 19, gap: 8 });
  for (const [term, explanation] of method) {
    paper.ensureRoom(50);
    paper.write(part, 'H3', term, { font: 'strong', size: 11, gap: 1 });
    paper.write(part, 'P', explanation, { gap: 9, width: 440 });
  }
}

/** A picture with its words for those who do not see it. */
function drawFigure(paper: Paper, part: Part, alt: string, height: number, draw: (y: number) => void): void {
  const { doc } = paper;
  paper.ensureRoom(height);
  const top = doc.y;
  const bbox: [number, number, number, number] = [PAGE.left, top, PAGE.right, top + height];
  paper.add(part, 'Figure', () => draw(top), { alt, bbox, placement: 'Block' });
  doc.y = top + height;
}
