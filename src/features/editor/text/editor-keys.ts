import { Extension, textblockTypeInputRule, wrappingInputRule, type Editor } from '@tiptap/core';
import { limits } from '#src/lib/limits.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { gapCursor } from '@tiptap/pm/gapcursor';
import { history, redo, undo } from '@tiptap/pm/history';
import { Plugin } from '@tiptap/pm/state';
import { goToNextCell } from '@tiptap/pm/tables';
import {
  currentBlock,
  leaveOnEmpty,
  leavePiece,
  listDepth,
  moveBlock,
  removeBlock,
} from './block-commands.ts';
import { fieldBeside, focusedField, focusField } from './field-focus.ts';

/** What keys lead to outside the text. */
export interface EditorSurroundings {
  announce(text: string): void;
  /** The place after the editor from which Tab goes on through the page. */
  leave(): void;
  focusToolbar(): void;
  openLink(): void;
  openAddMenu(): void;
}

/** Moves the current block and says how it went. Focus in a field of the block stays there. */
export function moveAndTell(editor: Editor, by: 1 | -1, announce: (text: string) => void): boolean {
  const field = focusedField(editor.view);
  const { node } = currentBlock(editor.state);
  const outcome = moveBlock(editor.state, editor.view.dispatch, by);
  const name = words.blocks[node.type.name] ?? words.block;
  announce(outcome === 'moved' ? words.moved(name, by) : words.atEdge(name, outcome));
  if (outcome === 'moved') focusField(editor.view, currentBlock(editor.state).position, field);
  return true;
}

/** Removes the current block and says so. */
export function removeAndTell(editor: Editor, announce: (text: string) => void): boolean {
  const name = removeBlock(editor.state, editor.view.dispatch);
  announce(words.removed(words.blocks[name] ?? words.block));
  editor.view.focus();
  return true;
}

/** Every key of the editor, undo, and the text that begins headings and lists. */
export const EditorKeys = Extension.create<EditorSurroundings>({
  name: 'editorKeys',
  priority: 500,

  addKeyboardShortcuts() {
    const { announce, leave, focusToolbar, openLink, openAddMenu } = this.options;
    const { editor } = this;
    const run =
      (command: (state: typeof editor.state, dispatch: typeof editor.view.dispatch) => boolean) => () =>
        command(editor.state, editor.view.dispatch);
    const tab = (by: 1 | -1) => () => {
      const { $head } = editor.state.selection;
      if (editor.isActive('table') && goToNextCell(by)(editor.state, editor.view.dispatch)) return true;
      if (editor.isActive('listItem')) {
        const isDeep = listDepth($head) >= limits.lists;
        const didMove =
          by > 0
            ? !isDeep && editor.commands.sinkListItem('listItem')
            : listDepth($head) > 1 && editor.commands.liftListItem('listItem');
        if (didMove) return true;
      }
      const field = fieldBeside(editor.view, by);
      if (field) field.focus();
      else if (by > 0) leave();
      else focusToolbar();
      return true;
    };
    return {
      'Mod-b': () => editor.commands.toggleMark('bold'),
      'Mod-i': () => editor.commands.toggleMark('italic'),
      'Mod-k': () => (openLink(), true),
      'Mod-Shift-7': () => editor.commands.toggleList('orderedList', 'listItem'),
      'Mod-Shift-8': () => editor.commands.toggleList('bulletList', 'listItem'),
      'Mod-z': run(undo),
      'Mod-y': run(redo),
      'Shift-Mod-z': run(redo),
      'Shift-Enter': () =>
        editor.isActive('heading') ||
        editor.isActive('table') ||
        editor.commands.insertContent({ type: 'hardBreak' }),
      Enter: () => editor.commands.splitListItem('listItem') || run(leaveOnEmpty)(),
      'Mod-Enter': run(leavePiece),
      'Alt-ArrowUp': () => moveAndTell(editor, -1, announce),
      'Alt-ArrowDown': () => moveAndTell(editor, 1, announce),
      'Alt-Delete': () => removeAndTell(editor, announce),
      'Alt-F10': () => (focusToolbar(), true),
      Tab: tab(1),
      'Shift-Tab': tab(-1),
      Escape: () => (leave(), true),
      '/': () => {
        const { empty, $from } = editor.state.selection;
        const isEmptyParagraph = $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0;
        if (!empty || !isEmptyParagraph || editor.isActive('table')) return false;
        openAddMenu();
        return true;
      },
    };
  },

  addInputRules() {
    const { heading, bulletList, orderedList } = this.editor.schema.nodes;
    return [
      textblockTypeInputRule({
        find: /^(#{2,4})\s$/,
        type: heading!,
        getAttributes: (match) => ({ level: match[1]!.length }),
      }),
      wrappingInputRule({ find: /^\s*[-*]\s$/, type: bulletList! }),
      wrappingInputRule({ find: /^1[.)]\s$/, type: orderedList! }),
    ];
  },

  addProseMirrorPlugins() {
    return [
      history(),
      gapCursor(),
      // Somewhere to write after a piece that ends the text; what is empty is not saved.
      new Plugin({
        appendTransaction: (_transactions, _before, state) => {
          const last = state.doc.lastChild;
          if (!last || last.isTextblock) return null;
          return state.tr.insert(state.doc.content.size, state.schema.nodes['paragraph']!.create());
        },
      }),
    ];
  },
});
