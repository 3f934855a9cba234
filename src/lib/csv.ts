/**
 * A table as spreadsheets read it: UTF-8 with BOM, `;`, CRLF. Numbers come already written, with decimal
 * comma. Text that begins like a formula gets an apostrophe in front, so that no spreadsheet runs it.
 */
export function toCsvText(lines: readonly (readonly string[])[]): string {
  const written = lines.map((cells) => cells.map((cell) => quote(disarm(cell))).join(';'));
  return `\uFEFF${written.join('\r\n')}\r\n`;
}

/** Text that begins like a formula, with an apostrophe in front; a negative number with a decimal is none. */
export function disarm(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^-\d+,\d$/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
