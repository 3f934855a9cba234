import type { ReactNodeViewProps } from '@tiptap/react';
import { NodeSelection, TextSelection } from '@tiptap/pm/state';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { limits } from '#src/lib/limits.ts';
import { useEditorValues } from './editor-context.ts';
import { moveAndTell, removeAndTell } from './editor-keys.ts';

type View = Pick<ReactNodeViewProps, 'editor' | 'getPos' | 'node' | 'updateAttributes'>;

/** Selects the whole piece while one of its fields has the focus, so that the toolbar is about it. */
export function selectPiece({ editor, getPos }: View): void {
  const position = getPos();
  const { selection } = editor.state;
  if (position === undefined) return;
  if (selection instanceof NodeSelection && selection.from === position) return;
  editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, position)));
}

/** The keys that mean the same in a field of a piece as in its text. */
export function usePieceKeys(view: View): (event: KeyboardEvent) => void {
  const { announce, leave, isReadOnly } = useEditorValues();
  return (event) => {
    const { editor, getPos } = view;
    const isUpDown = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (event.key === 'Escape') leave();
    else if (isReadOnly) return;
    else if (event.altKey && isUpDown) moveAndTell(editor, event.key === 'ArrowUp' ? -1 : 1, announce);
    else if (event.altKey && event.key === 'Delete') removeAndTell(editor, announce);
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      const position = getPos();
      if (position === undefined || view.node.isAtom) return;
      const inside = TextSelection.near(editor.state.doc.resolve(position + 1), 1);
      editor.view.dispatch(editor.state.tr.setSelection(inside));
      editor.view.focus();
    } else return;
    event.preventDefault();
  };
}

interface Props {
  view: View;
  /** The attribute that is written here. */
  name: string;
  label: string;
  help?: string;
  error?: string | undefined;
}

/** One line of text of a piece: its title, a question, what a choice says. */
export function PieceField({ view, name, label, help, error }: Props) {
  const { isReadOnly } = useEditorValues();
  const id = useId();
  const handleKey = usePieceKeys(view);
  const own = String(view.node.attrs[name] ?? '');
  // Of its own, because the document's answer comes a moment later and would move the caret.
  const [value, setValue] = useState(own);
  useEffect(() => setValue(own), [own]);
  const described = [help && `${id}-hjalp`, error && `${id}-fel`].filter(Boolean).join(' ');
  return (
    <div className="piece-field">
      <label htmlFor={id}>{label}</label>
      {help && (
        <p className="help" id={`${id}-hjalp`}>
          {help}
        </p>
      )}
      <input
        id={id}
        type="text"
        data-field={name}
        value={value}
        maxLength={limits.attribute}
        readOnly={isReadOnly}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        autoComplete="off"
        onFocus={() => selectPiece(view)}
        onKeyDown={handleKey}
        onChange={(event) => {
          setValue(event.target.value);
          view.updateAttributes({ [name]: event.target.value });
        }}
      />
      {error && (
        <p className="error-text" id={`${id}-fel`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface SelectProps {
  view: View;
  name: string;
  label: string;
  options: Record<string, string>;
}

/** One of some words: how good a choice is, which kind of work. */
export function PieceSelect({ view, name, label, options }: SelectProps) {
  const { isReadOnly } = useEditorValues();
  const id = useId();
  const handleKey = usePieceKeys(view);
  return (
    <div className="piece-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        data-field={name}
        value={String(view.node.attrs[name])}
        disabled={isReadOnly}
        onFocus={() => selectPiece(view)}
        onKeyDown={handleKey}
        onChange={(event) => view.updateAttributes({ [name]: event.target.value })}
      >
        {Object.entries(options).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
