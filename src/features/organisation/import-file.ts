import { CsvError, parse } from 'csv-parse/sync';

/** What is wrong with a file, and where: the line as an editor counts it, and the column by its header. */
export interface RowProblem {
  line: number;
  column: string | null;
  reason: string;
}

/** One record: its first line in the file, and its cells by column. */
export interface FileRow<Column extends string> {
  line: number;
  cells: Record<Column, string>;
  /** Another number of cells than the header has: the cells may stand in the wrong columns. */
  misfit?: Omit<RowProblem, 'line'> | undefined;
}

export type FileTable<Column extends string> =
  { kind: 'ok'; rows: FileRow<Column>[] } | { kind: 'refused'; problems: RowProblem[] };

const DELIMITERS = [';', ',', '\t'] as const;
const MOST_BYTES = 100_000_000;

/**
 * Reads a table from a file as a spreadsheet or an HR system writes it: UTF-8 with or without BOM, else
 * Windows-1252; semicolon, comma or tab; quoted fields. Headers may have any case and order, other
 * columns are left out, empty lines are skipped. Cells come trimmed, in NFC. Refused, never guessed: a
 * missing or doubled column, an open quote, a file without rows. A row with another number of cells is a
 * `misfit`, so that the other rows can be checked all the same.
 */
export function readTable<Column extends string>(
  bytes: Uint8Array,
  columns: readonly Column[],
): FileTable<Column> {
  if (bytes.length > MOST_BYTES) return refuse(1, null, 'filen är större än 100 MB');
  const text = decode(bytes);
  if (text.includes('\0')) {
    return refuse(1, null, 'filen är inte text i UTF-8 eller Windows-1252; spara den som CSV UTF-8');
  }
  try {
    return readRecords(text.replaceAll(/\r\n?/g, '\n'), columns);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 1);
    return refuse(line, null, QUOTE_REASONS[error.code] ?? `raden kan inte läsas (${error.code})`);
  }
}

const QUOTE_REASONS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'ett citattecken som öppnas här eller tidigare stängs aldrig',
  INVALID_OPENING_QUOTE:
    'citattecken mitt i ett fält: sätt hela fältet inom citattecken och dubblera dem inuti',
  CSV_INVALID_CLOSING_QUOTE:
    'text efter ett avslutande citattecken: dubblera citattecken som hör till texten',
};

/** UTF-8 if every byte fits it; Windows-1252, where every byte means something, otherwise. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function readRecords<Column extends string>(text: string, columns: readonly Column[]): FileTable<Column> {
  const [header, ...records] = parseWith(text, findDelimiter(text, columns));
  if (!header) return refuse(1, null, 'filen är tom');
  const names = header.record.map(normaliseHeader);
  const problems: RowProblem[] = columns.flatMap((column) => {
    const times = names.filter((name) => name === column).length;
    if (times === 1) return [];
    const reason = times === 0 ? 'kolumnen saknas i rubriken' : 'kolumnen finns flera gånger i rubriken';
    return [{ line: header.line, column, reason }];
  });
  if (problems.length > 0) return { kind: 'refused', problems };
  if (records.length === 0) return refuse(header.line, null, 'filen har ingen rad under rubriken');

  const rows = records.map(({ line, record }) => {
    const isSurplus = record.slice(names.length).some((cell) => cell.trim() !== '');
    const reason = `raden har ${record.length} fält, rubriken har ${names.length}`;
    const column = names[Math.min(record.length, names.length - 1)] ?? null;
    const misfit = record.length < names.length || isSurplus ? { column, reason } : undefined;
    const cells = columns.map((name) => [name, clean(record[names.indexOf(name)] ?? '')]);
    return { line, cells: Object.fromEntries(cells) as Record<Column, string>, misfit };
  });
  return { kind: 'ok', rows };
}

/** The delimiter that finds most of the columns in the first line. */
function findDelimiter(text: string, columns: readonly string[]): string {
  const header = text.slice(0, 10_000);
  const found = DELIMITERS.map((delimiter) => {
    const names = new Set(
      header
        .split('\n')
        .find((line) => line.trim() !== '')
        ?.split(delimiter)
        .map(normaliseHeader),
    );
    return { delimiter, hits: columns.filter((column) => names.has(column)).length };
  });
  return found.reduce((best, next) => (next.hits > best.hits ? next : best)).delimiter;
}

function parseWith(text: string, delimiter: string): { line: number; record: string[] }[] {
  const options = {
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  };
  const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => ({
    record,
    line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0),
  }));
}

function normaliseHeader(name: string): string {
  return clean(name)
    .replaceAll(/^\uFEFF|"/g, '')
    .trim()
    .toLowerCase();
}

function clean(cell: string): string {
  return cell.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

function refuse(
  line: number,
  column: string | null,
  reason: string,
): { kind: 'refused'; problems: RowProblem[] } {
  return { kind: 'refused', problems: [{ line, column, reason }] };
}
