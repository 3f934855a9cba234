import writeXlsxFile, { type Cell } from 'write-excel-file/node';

/** One column of a spreadsheet: its heading, how wide, and its values as the cells have them. */
export interface SheetColumn<Row> {
  header: string;
  /** In characters. */
  width: number;
  /** Empty for null. A day `YYYY-MM-DD` stays text, so that no time zone can move it. */
  value: (row: Row) => string | number | boolean | null;
  /** Of numbers, in the form that spreadsheets use: `0.0`. */
  format?: string;
}

/** A table as an Excel file: one sheet, headings that stay in view. Text is never a formula. */
export async function toXlsx<Row>(
  sheet: string,
  columns: readonly SheetColumn<Row>[],
  rows: readonly Row[],
): Promise<Buffer> {
  const header = columns.map(({ header }): Cell => ({ value: header, type: String, fontWeight: 'bold' }));
  const body = rows.map((row) => columns.map((column) => toCell(column.value(row), column.format)));
  return writeXlsxFile([header, ...body], {
    sheet,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}

/** The media type of such a file. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function toCell(value: string | number | boolean | null, format: string | undefined): Cell {
  if (value === null) return null;
  if (typeof value === 'number') return { value, type: Number, ...(format ? { format } : {}) };
  return typeof value === 'boolean' ? { value, type: Boolean } : { value, type: String };
}
