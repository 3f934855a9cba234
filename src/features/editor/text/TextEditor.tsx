import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Body } from '#src/features/documents/body.ts';
import { isSame } from '#src/features/editorial/merge.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { useAnnouncement } from '../form-feedback.ts';
import { cleanPastedHtml } from '../paste-html.ts';
import { fromBody, toBody } from '../schema/body-conversion.ts';
import type { Addable } from './AddMenu.tsx';
import { insertBlock, replaceChanged } from './block-commands.ts';
import { useBlockLinks } from './block-links.ts';
import { EditorContext, type EditorValues, type FactChoices, type PageChoice } from './editor-context.ts';
import { EditorDialogs, type Open } from './EditorDialogs.tsx';
import { EditorKeys } from './editor-keys.ts';
import { EmptyHints } from './empty-hints.ts';
import { focusBlock } from './field-focus.ts';
import { blockFor } from './new-blocks.ts';
import { shownExtensions } from './shown-extensions.ts';
import { Toolbar } from './Toolbar.tsx';

interface Props {
  /** The body to begin with, and the one to show when `loaded` counts up. */
  body: Body;
  loaded: number;
  isReadOnly: boolean;
  /** The id of the heading that names the text. */
  labelledBy: string;
  facts: FactChoices;
  pages: PageChoice[];
  onChange(body: Body): void;
}

/** Room for what stays in place above the text. */
const SCROLL_MARGIN = { top: 200, right: 5, bottom: 60, left: 5 };
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/**
 * The text of a page, to write in. Holds the caret and the undo steps itself; `onChange` gets the whole body
 * whenever what would be saved differs.
 */
export function TextEditor({ body, loaded, isReadOnly, labelledBy, facts, pages, onChange }: Props) {
  const [said, announce] = useAnnouncement();
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const frame = useRef<HTMLDivElement>(null);
  const exit = useRef<HTMLParagraphElement>(null);
  const shown = useRef(body);
  const close = () => setOpen({ kind: 'none' });
  const surroundings = useMemo(
    () => ({
      announce,
      leave: () => exit.current?.focus(),
      focusToolbar: () => frame.current?.querySelector<HTMLElement>('.toolbar [tabindex="0"]')?.focus(),
      openLink: () => setOpen({ kind: 'link' }),
      openAddMenu: () => setOpen({ kind: 'menu' }),
    }),
    [announce],
  );
  /** Any other file is refused in the same place: left to the browser, it would take the place of this page. */
  const takePicture = (files: FileList | undefined) => {
    const file = [...(files ?? [])].find(({ type }) => type.startsWith('image/')) ?? files?.[0];
    if (file) setOpen({ kind: 'picture', file });
    return file !== undefined;
  };

  const editor = useEditor({
    extensions: [...shownExtensions, EmptyHints, EditorKeys.configure(surroundings)],
    content: fromBody(body),
    editable: !isReadOnly,
    injectCSS: false,
    editorProps: {
      scrollMargin: SCROLL_MARGIN,
      scrollThreshold: SCROLL_MARGIN,
      attributes: {
        class: 'prose',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': labelledBy,
        spellcheck: 'true',
      },
      transformPastedHTML: (html) => cleanPastedHtml(html, { parse, origin: location.origin }),
      handlePaste: (_view, event) => {
        const data = event.clipboardData;
        if (data && !data.types.includes('text/html') && takePicture(data.files)) return true;
        if (data?.types.includes('text/html')) announce(words.pasted);
        return false;
      },
      // A picture that is moved within the text carries a file as well.
      handleDrop: (_view, event, _slice, isMoved) => !isMoved && takePicture(event.dataTransfer?.files),
    },
    onUpdate: ({ editor: now }) => {
      const next = toBody(now.getJSON());
      if (isSame(next, shown.current)) return;
      shown.current = next;
      onChange(next);
    },
  });

  useEffect(() => {
    editor.setEditable(!isReadOnly, false);
  }, [editor, isReadOnly]);

  // Another text than the one written here: only what differs is replaced, so that the caret stays.
  useEffect(() => {
    if (isSame(shown.current, body)) return;
    shown.current = body;
    const change = replaceChanged(editor.state, editor.schema.nodeFromJSON(fromBody(body)));
    if (change) editor.view.dispatch(change);
    // When the text is another one, not each time that it is written in.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [editor, loaded]);

  useBlockLinks(editor, isReadOnly);

  const insert = (type: string, attrs?: Record<string, unknown>) => {
    const name = words.blocks[type] ?? words.block;
    const position = insertBlock(editor.state, editor.view.dispatch, blockFor(editor.schema, type, attrs));
    announce(position === null ? words.notHere(name) : words.inserted(name));
    if (position === null) editor.view.focus();
    else focusBlock(editor.view, position);
  };
  const add = (type: Addable) => {
    if (type === 'image') setOpen({ kind: 'picture', file: null });
    else if (type === 'law' || type === 'contact' || type === 'figure') {
      setOpen({ kind: 'fact', fact: type, position: null, id: null });
    } else insert(type);
  };
  // The same as long as it says the same: every piece in the text reads it.
  const values = useMemo<EditorValues>(
    () => ({
      facts,
      isReadOnly,
      announce,
      changeFact: (fact, position, id) => setOpen({ kind: 'fact', fact, position, id }),
      leave: surroundings.leave,
    }),
    [facts, isReadOnly, announce, surroundings],
  );
  return (
    <EditorContext value={values}>
      <div className="text-editor" ref={frame}>
        <Toolbar
          editor={editor}
          isReadOnly={isReadOnly}
          isMenuOpen={open.kind === 'menu'}
          onMenu={(isOpen) => setOpen({ kind: isOpen ? 'menu' : 'none' })}
          onAdd={add}
          onLink={surroundings.openLink}
          onHelp={() => setOpen({ kind: 'help' })}
          announce={announce}
        />
        <EditorContent editor={editor} className="text-surface" />
        <p className="editor-exit" tabIndex={-1} ref={exit}>
          {words.left}
        </p>
        <output className="visually-hidden">{said}</output>
        <EditorDialogs
          open={open}
          onClose={close}
          editor={editor}
          facts={facts}
          pages={pages}
          onInsert={insert}
        />
      </div>
    </EditorContext>
  );
}
