import { COLORS, PAGE, type Paper, type Part } from './pdf-paper.ts';

export interface PdfColumn {
  header: string;
  width: number;
  align?: 'left' | 'right';
}

export interface PdfRow {
  /** One per column; the first is the heading of the row. */
  cells: readonly string[];
  /** A unit below another in the same table. */
  isDeep?: boolean;
  /** Cells that say that a figure is hidden are quiet. */
  isHidden?: boolean;
}

export interface PdfTable {
  caption: string;
  columns: readonly PdfColumn[];
  rows: readonly PdfRow[];
  x?: number;
  /** Draws beside the figure of a row, in the space its column has left. */
  drawBeside?: { column: number; from: number; draw: (row: number, box: Box) => void };
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const SIZE = 9;
const PADDING = 3.5;
const INDENT = 10;

/** A table whose cells know their headings. On the next page the column headings stand once more, for the eye. */
export function drawTable(paper: Paper, parent: Part, table: PdfTable): void {
  const { doc } = paper;
  const { columns, rows, x = PAGE.left } = table;
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const part = paper.open(parent, 'Table');
  paper.ensureRoom(60);
  paper.add(part, 'Caption', () => paper.set(table.caption, { size: 8.5, color: 'quiet', x, width, gap: 3 }));
  const headers = columns.map(({ header }) => header);
  const drawHeader = (into: Part | null) => {
    const styles = { font: 'strong', size: 8.5 } as const;
    drawRow(paper, into, table, headers, { ...styles, cell: 'TH', scope: 'Column' });
    rule(paper, x, width, 'edge', 1);
  };
  drawHeader(part);
  for (const [index, row] of rows.entries()) {
    if (doc.y + heightOf(paper, table, row.cells, row.isDeep) > PAGE.bottom) {
      doc.addPage();
      drawHeader(null);
    }
    const top = doc.y;
    drawRow(paper, part, table, row.cells, { cell: 'TD', row });
    const { drawBeside } = table;
    if (drawBeside) {
      const { column, from } = drawBeside;
      const left = x + columns.slice(0, column).reduce((sum, each) => sum + each.width, 0);
      const box = {
        x: left + from,
        y: top + PADDING,
        width: (columns[column]?.width ?? 0) - from - 10,
        height: SIZE + 2,
      };
      paper.decorate(() => drawBeside.draw(index, box));
    }
    rule(paper, x, width, 'line', 0.5);
  }
}

interface RowStyle {
  font?: 'strong';
  size?: number;
  cell: 'TH' | 'TD';
  scope?: 'Column';
  row?: PdfRow;
}

/** Draws one row; without a part to belong to it is an artifact. */
function drawRow(
  paper: Paper,
  part: Part | null,
  table: PdfTable,
  cells: readonly string[],
  style: RowStyle,
): void {
  const { doc } = paper;
  const top = doc.y;
  const height = heightOf(paper, table, cells, style.row?.isDeep);
  const line = part && paper.open(part, 'TR');
  let left = table.x ?? PAGE.left;
  for (const [index, column] of table.columns.entries()) {
    const x = left + (index === 0 && style.row?.isDeep ? INDENT : 0);
    const text = cells[index] ?? '';
    const width = column.width - (x - left) - 4;
    const isHeading = style.cell === 'TH' || index === 0;
    const set = () =>
      paper.set(text, {
        x,
        y: top + PADDING,
        width: table.drawBeside?.column === index ? table.drawBeside.from - 8 : width,
        align: column.align ?? 'left',
        size: style.size ?? SIZE,
        font: style.font ?? (index === 0 && style.row && !style.row.isDeep ? 'strong' : 'text'),
        color: style.row?.isHidden && index > 0 ? 'quiet' : 'ink',
      });
    if (line) {
      const scope = style.scope ?? 'Row';
      paper.add(line, isHeading ? 'TH' : 'TD', text === '' ? null : set, isHeading ? { scope } : {});
    } else paper.decorate(set);
    left += column.width;
  }
  doc.y = top + height;
}

/** As high as the longest of the texts that may need more than one line. */
function heightOf(
  paper: Paper,
  { columns, drawBeside }: PdfTable,
  cells: readonly string[],
  isDeep: boolean | undefined,
): number {
  const width = (columns[0]?.width ?? 0) - (isDeep ? INDENT : 0) - 4;
  const first = paper.measure(cells[0] ?? '', { width, size: SIZE, font: 'strong' });
  const beside = drawBeside
    ? paper.measure(cells[drawBeside.column] ?? '', { width: drawBeside.from - 8, size: SIZE })
    : 0;
  return Math.max(first, beside) + 2 * PADDING;
}

function rule(paper: Paper, x: number, width: number, color: 'edge' | 'line', weight: number): void {
  const { doc } = paper;
  paper.decorate(() => {
    doc
      .moveTo(x, doc.y)
      .lineTo(x + width, doc.y)
      .lineWidth(weight)
      .strokeColor(COLORS[color])
      .stroke();
  });
}
