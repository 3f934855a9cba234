import { useEditorState, type Editor } from '@tiptap/react';
import { redo, redoDepth, undo, undoDepth } from '@tiptap/pm/history';
import * as tables from '@tiptap/pm/tables';
import { useRef, useState, type KeyboardEvent } from 'react';
import { limits } from '#src/lib/limits.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { AddMenu, type Addable } from './AddMenu.tsx';
import { blockPath } from './block-commands.ts';
import { moveAndTell, removeAndTell } from './editor-keys.ts';

interface Props {
  editor: Editor;
  isReadOnly: boolean;
  isMenuOpen: boolean;
  onMenu(isOpen: boolean): void;
  onAdd(type: Addable): void;
  onLink(): void;
  onHelp(): void;
  announce(text: string): void;
}

/** What nobody needs to be told to know where she is. */
const WITHIN = /^table[A-Z]/;

/** What the toolbar shows of where the caret is. */
const readState = ({ editor }: { editor: Editor }) => ({
  path: blockPath(editor.state).join(),
  level: editor.isActive('heading') ? Number(editor.getAttributes('heading')['level']) : 0,
  isParagraph: editor.isActive('paragraph'),
  isBold: editor.isActive('bold'),
  isItalic: editor.isActive('italic'),
  isLink: editor.isActive('link'),
  isBullets: editor.isActive('bulletList'),
  isNumbers: editor.isActive('orderedList'),
  isTable: editor.isActive('table'),
  canUndo: undoDepth(editor.state) > 0,
  canRedo: redoDepth(editor.state) > 0,
});

/** The tools of the text: one stop for Tab, arrows between the buttons. */
export function Toolbar(props: Props) {
  const { editor, isReadOnly, isMenuOpen, onMenu, onAdd, onLink, onHelp, announce } = props;
  const state = useEditorState({ editor, selector: readState });
  const toolbar = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState('paragraph');

  const tools = () => [...(toolbar.current?.querySelectorAll<HTMLElement>('[data-tool]') ?? [])];
  const handleKey = (event: KeyboardEvent) => {
    const all = tools();
    const index = all.indexOf(event.target as HTMLElement);
    const next = {
      ArrowRight: (index + 1) % all.length,
      ArrowLeft: (index - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (event.key === 'Escape') editor.view.focus();
    else if (index < 0 || next === undefined) return;
    else all[next]?.focus();
    event.preventDefault();
  };
  /** Whether one of the tools that are shown is where Tab stops. */
  const isStop = (name: string) => (name === current || (current === 'table' && !state.isTable) ? 0 : -1);

  const tool = (
    name: string,
    text: string,
    run: () => void,
    { pressed, can = true }: { pressed?: boolean; can?: boolean } = {},
  ) => (
    <button
      type="button"
      className="tool"
      data-tool={name}
      tabIndex={isStop(name)}
      aria-pressed={pressed}
      aria-disabled={isReadOnly || !can}
      // Keeps the caret where it is for whoever clicks.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !isReadOnly && can && run()}
    >
      {text}
    </button>
  );
  const inText = (run: () => unknown) => () => {
    run();
    editor.view.focus();
  };
  const onTable = (command: typeof tables.addRowAfter) =>
    inText(() => command(editor.state, editor.view.dispatch));
  const path = state.path.split(',').filter((name) => !WITHIN.test(name));
  return (
    <div className="toolbar-frame">
      <div
        className="toolbar"
        role="toolbar"
        aria-label={words.toolbar}
        aria-orientation="horizontal"
        tabIndex={-1}
        ref={toolbar}
        onKeyDown={handleKey}
        onFocus={(event) => {
          const name = (event.target as HTMLElement).dataset['tool'];
          if (name) setCurrent(name);
        }}
      >
        <div className="tools">
          {tool(
            'paragraph',
            words.styles.paragraph,
            inText(() => editor.commands.setNode('paragraph')),
            {
              pressed: state.isParagraph,
            },
          )}
          {([2, 3, 4] as const).map((level) => (
            <span key={level}>
              {tool(
                `h${level}`,
                words.styles[level],
                inText(() => setHeading(editor, level)),
                {
                  pressed: state.level === level,
                },
              )}
            </span>
          ))}
        </div>
        <div className="tools">
          {tool(
            'bold',
            words.bold,
            inText(() => editor.commands.toggleMark('bold')),
            { pressed: state.isBold },
          )}
          {tool(
            'italic',
            words.italic,
            inText(() => editor.commands.toggleMark('italic')),
            {
              pressed: state.isItalic,
            },
          )}
          {tool('link', words.link, onLink, { pressed: state.isLink })}
        </div>
        <div className="tools">
          {tool(
            'bullets',
            words.bullets,
            inText(() => editor.commands.toggleList('bulletList', 'listItem')),
            {
              pressed: state.isBullets,
            },
          )}
          {tool(
            'numbers',
            words.numbers,
            inText(() => editor.commands.toggleList('orderedList', 'listItem')),
            {
              pressed: state.isNumbers,
            },
          )}
        </div>
        <div className="tools">
          <AddMenu
            isOpen={isMenuOpen}
            isDisabled={isReadOnly}
            tabIndex={isStop('add')}
            onOpen={onMenu}
            onAdd={onAdd}
          />
          {tool('up', words.up, () => moveAndTell(editor, -1, announce))}
          {tool('down', words.down, () => moveAndTell(editor, 1, announce))}
          {tool('remove', words.remove, () => removeAndTell(editor, announce))}
        </div>
        <div className="tools">
          {tool(
            'undo',
            words.undo,
            inText(() => undo(editor.state, editor.view.dispatch)),
            { can: state.canUndo },
          )}
          {tool(
            'redo',
            words.redo,
            inText(() => redo(editor.state, editor.view.dispatch)),
            { can: state.canRedo },
          )}
          {tool('help', words.help, onHelp)}
        </div>
        {state.isTable && (
          <fieldset className="tools">
            <legend>{words.tableTools}</legend>
            {tool('row-before', words.rowBefore, onTable(tables.addRowBefore))}
            {tool('row-after', words.rowAfter, onTable(limited(tables.addRowAfter)))}
            {tool('row-remove', words.rowRemove, onTable(tables.deleteRow))}
            {tool('column-before', words.columnBefore, onTable(limited(tables.addColumnBefore)))}
            {tool('column-after', words.columnAfter, onTable(limited(tables.addColumnAfter)))}
            {tool('column-remove', words.columnRemove, onTable(tables.deleteColumn))}
          </fieldset>
        )}
      </div>
      <p className="where">
        {words.where([...new Set(path)].map((name) => words.blocks[name] ?? words.block).join(' › '))}
      </p>
    </div>
  );
}

/** Headings stand on the page itself, not within pieces. */
function setHeading(editor: Editor, level: 2 | 3 | 4): void {
  if (editor.isActive('heading', { level })) return void editor.commands.setNode('paragraph');
  const didLift = editor.chain().liftListItem('listItem').setNode('heading', { level }).run();
  if (!didLift) editor.commands.setNode('heading', { level });
}

/** A table has no more columns than fit on a page. */
const limited =
  (command: typeof tables.addRowAfter): typeof tables.addRowAfter =>
  (state, dispatch) => {
    const table = tables.isInTable(state) ? tables.selectedRect(state) : null;
    const isColumn = command === tables.addColumnAfter || command === tables.addColumnBefore;
    if (table && (isColumn ? table.map.width >= limits.columns : table.map.height >= limits.rows))
      return false;
    return command(state, dispatch);
  };
