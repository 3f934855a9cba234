import { toCsvText } from '#src/lib/csv.ts';
import { toXlsx, type SheetColumn } from '#src/lib/spreadsheet.ts';
import type { IndicatorJsonRow } from './indicator.schema.ts';
import { formatPercent, UNIT_KIND_WORDS, type IndicatorRow } from './indicator.ts';

const COLUMNS = [
  'datum',
  'enhetskod',
  'enhet',
  'typ',
  'mal',
  'utfall',
  'antal_genomfort',
  'antal_anstallda',
  'dold',
] as const satisfies readonly (keyof IndicatorJsonRow)[];

/** The indicator as other programs read it (design section 4): percentages as numbers, null for what is hidden or missing. */
export function toJson(
  rows: readonly IndicatorRow[],
  asOf: string,
): { datum: string; rows: IndicatorJsonRow[] } {
  return { datum: asOf, rows: rows.map((row) => toJsonRow(row, asOf)) };
}

/** The indicator as a spreadsheet reads it: UTF-8 with BOM, `;`, decimal comma, CRLF. Text cannot become a formula. */
export function toCsv(rows: readonly IndicatorRow[], asOf: string): string {
  const lines = rows.map((row) => {
    const cells = toJsonRow(row, asOf);
    return COLUMNS.map((column) => toCell(cells[column], column));
  });
  return toCsvText([[...COLUMNS], ...lines]);
}

const WIDTHS: Record<keyof IndicatorJsonRow, number> = {
  datum: 12,
  enhetskod: 12,
  enhet: 44,
  typ: 12,
  mal: 9,
  utfall: 9,
  antal_genomfort: 16,
  antal_anstallda: 16,
  dold: 8,
};

/** The indicator as an Excel file: the columns of the CSV file, with numbers as numbers. */
export async function toSheet(rows: readonly IndicatorRow[], asOf: string): Promise<Buffer> {
  const columns = COLUMNS.map((column): SheetColumn<IndicatorJsonRow> => ({
    header: column,
    width: WIDTHS[column],
    value: (row) => row[column],
    ...(isPercent(column) ? { format: '0.0' } : {}),
  }));
  return toXlsx(
    'Indikator',
    columns,
    rows.map((row) => toJsonRow(row, asOf)),
  );
}

function toJsonRow(row: IndicatorRow, asOf: string): IndicatorJsonRow {
  return {
    datum: asOf,
    enhetskod: row.code,
    enhet: row.name,
    typ: UNIT_KIND_WORDS[row.kind],
    mal: row.target,
    utfall: row.outcome,
    antal_genomfort: row.completed,
    antal_anstallda: row.employed,
    dold: row.hidden,
  };
}

function toCell(value: string | number | boolean | null, column: keyof IndicatorJsonRow): string {
  if (value === null) return '';
  if (typeof value === 'number') return isPercent(column) ? formatPercent(value) : String(value);
  return String(value);
}

function isPercent(column: keyof IndicatorJsonRow): boolean {
  return column === 'mal' || column === 'utfall';
}
