import { Extension, Node } from '@tiptap/core';
import type { Node as DocNode } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import { tableEditing } from '@tiptap/pm/tables';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { textEditor as words } from '#src/i18n/editor.ts';

const ROLES: Record<string, string> = {
  table: 'table',
  tableRow: 'row',
  tableHeader: 'header_cell',
  tableCell: 'cell',
};

/** A table whose first row is its headings. What prosemirror-tables needs to know is in the roles. */
export const Table = Node.create({
  name: 'table',
  group: 'block simple',
  content: 'tableRow+',
  isolating: true,
  extendNodeSchema: ({ name }) => (ROLES[name] ? { tableRole: ROLES[name] } : {}),
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', ['tbody', 0]],
});

export const TableRow = Node.create({
  name: 'tableRow',
  content: '(tableHeader | tableCell)+',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
});

const cell = (tag: 'th' | 'td') => ({
  content: 'paragraph',
  isolating: true,
  // Cells never span others here, but prosemirror-tables reads these.
  addAttributes: () => ({
    colspan: { default: 1, rendered: false },
    rowspan: { default: 1, rendered: false },
    colwidth: { default: null, rendered: false },
  }),
  parseHTML: () => [{ tag, attrs: { colspan: 1, rowspan: 1, colwidth: null } }],
  renderHTML: () => [tag, 0] as [string, 0],
});
export const TableHeader = Node.create({ name: 'tableHeader', ...cell('th') });
export const TableCell = Node.create({ name: 'tableCell', ...cell('td') });

/**
 * Moving and selecting in tables; headings stay in the first row, whatever row that is, and an empty one says
 * what belongs there.
 */
export const TableEditing = Extension.create({
  name: 'tableEditing',
  addProseMirrorPlugins: () => [
    tableEditing(),
    new Plugin({
      appendTransaction: (transactions, _before, state) =>
        transactions.some(({ docChanged }) => docChanged) ? keepHeadings(state.tr) : null,
      props: { decorations: ({ doc }) => DecorationSet.create(doc, nameEmptyHeadings(doc)) },
    }),
  ],
});

function nameEmptyHeadings(doc: DocNode): Decoration[] {
  const named: Decoration[] = [];
  doc.descendants((node, at) => {
    if (node.type.name !== 'tableHeader') return !node.isTextblock;
    if (node.textContent === '')
      named.push(Decoration.widget(at + 2, nameHeading, { side: 1, key: 'heading' }));
    return false;
  });
  return named;
}

function nameHeading(): HTMLElement {
  const name = document.createElement('span');
  name.className = 'placeholder';
  name.textContent = words.blocks['tableHeader']!;
  return name;
}

function keepHeadings(tr: Transaction): Transaction | null {
  const { tableHeader, tableCell } = tr.doc.type.schema.nodes;
  tr.doc.descendants((table, position) => {
    if (table.type.name !== 'table') return !table.isTextblock;
    eachCell(table, position, (node, at, isFirstRow) => {
      const type = isFirstRow ? tableHeader : tableCell;
      if (node.type !== type) tr.setNodeMarkup(at, type, node.attrs);
    });
    return false;
  });
  return tr.docChanged ? tr : null;
}

function eachCell(
  table: DocNode,
  position: number,
  visit: (cell: DocNode, at: number, isFirstRow: boolean) => void,
): void {
  table.forEach((row, rowOffset, rowIndex) =>
    row.forEach((node, offset) => visit(node, position + rowOffset + offset + 2, rowIndex === 0)),
  );
}
