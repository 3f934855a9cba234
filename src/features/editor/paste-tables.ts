import { limits } from '#src/lib/limits.ts';
import { rename, unwrap } from './paste-elements.ts';

/**
 * One paragraph in each cell, and empty cells where one stood over several, so that each value stays under its
 * heading. A table of one column, or with tables in it, is for the look only.
 */
export function cleanTable(table: Element): void {
  const rows = [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table);
  const isLayout = table.querySelector('table') !== null || rows.every((row) => row.children.length < 2);
  if (isLayout) {
    table.replaceWith(...rows.flatMap((row) => [...row.children].map((cell) => rename(cell, 'div'))));
    return;
  }
  for (const cell of rows.flatMap((row) => [...row.children])) {
    cell.querySelectorAll('p, div, li, h1, h2, h3, h4, h5, h6').forEach((block) => {
      if (block.textContent.trim() !== '' && block.nextElementSibling) block.append(' ');
    });
    cell.querySelectorAll('p, div, ul, ol, li, h2, h3, h4, h5, h6').forEach(unwrap);
  }
  separateCells(rows);
  table.querySelectorAll('caption').forEach((caption) => table.before(rename(caption, 'p')));
}

/** What a cell over several columns and rows stood for: itself first, and empty cells in the other places. */
function separateCells(rows: Element[]): void {
  const span = (cell: Element, name: string, most: number) =>
    Math.min(most, Math.max(1, Number(cell.getAttribute(name)) || 1));
  /** For each column: how many rows more the cell above reaches down into. */
  const below: number[] = [];
  for (const row of rows) {
    const cells = [...row.children];
    let column = 0;
    const empty = (before: Element | null) =>
      row.insertBefore(row.ownerDocument.createElement(cells[0]?.localName ?? 'td'), before);
    const passCovered = (before: Element | null) => {
      for (; (below[column] ?? 0) > 0; column += 1) {
        below[column]! -= 1;
        empty(before);
      }
    };
    for (const cell of cells) {
      passCovered(cell);
      const width = span(cell, 'colspan', limits.columns);
      for (let more = 1; more < width; more += 1) empty(cell.nextElementSibling);
      for (const end = column + width; column < end; column += 1)
        below[column] = span(cell, 'rowspan', limits.rows) - 1;
    }
    passCovered(null);
  }
}
