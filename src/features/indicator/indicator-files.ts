import { toCsvText } from '#src/lib/csv.ts';
import { formatPercent, UNIT_KIND_WORDS, type IndicatorRow } from './indicator.ts';

/** A row as JSON has it; the names are those of the CSV columns, in their order. */
export interface IndicatorJsonRow {
  datum: string;
  enhetskod: string;
  enhet: string;
  typ: (typeof UNIT_KIND_WORDS)[keyof typeof UNIT_KIND_WORDS];
  mal: number | null;
  utfall: number | null;
  antal_genomfort: number | null;
  antal_anstallda: number | null;
  dold: boolean;
}

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
  if (typeof value === 'number')
    return column === 'mal' || column === 'utfall' ? formatPercent(value) : String(value);
  return String(value);
}
