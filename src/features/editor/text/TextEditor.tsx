import { Node, type Extensions } from '@tiptap/core';
import {
  EditorContent,
  ReactNodeViewRenderer,
  useEditor,
  type Editor,
  type ReactNodeViewProps,
} from '@tiptap/react';
import { NodeSelection, Selection } from '@tiptap/pm/state';
import { useEffect, useMemo, useRef, useState, type ComponentType } from 'react';
import type { Body } from '#src/features/documents/body.ts';
import { isSame } from '#src/features/editorial/merge.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { useAnnouncement } from '../form-feedback.ts';
import { cleanPastedHtml } from '../paste-html.ts';
import { fromBody, toBody } from '../schema/body-conversion.ts';
import { contentExtensions } from '../schema/content-extensions.ts';
import type { Addable } from './AddMenu.tsx';
import { insertBlock, replaceChanged } from './block-commands.ts';
import { blockFor } from './new-blocks.ts';
import {
  EditorContext,
  type EditorValues,
  type FactChoices,
  type PageChoice,
  type ShownKind,
} from './editor-context.ts';
import { EditorKeys } from './editor-keys.ts';
import { FactDialog } from './FactDialog.tsx';
import { FactView, PictureView } from './FactView.tsx';
import { focusBlock } from './field-focus.ts';
import { HelpDialog } from './HelpDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { PictureDialog } from './PictureDialog.tsx';
import * as pieces from './PieceView.tsx';
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

type Open =
  | { kind: 'none' | 'menu' | 'help' | 'link' }
  | { kind: 'picture'; file: File | null }
  /** `position` is that of the fact to change; null: a new one. */
  | { kind: 'fact'; fact: ShownKind; position: number | null; id: string | null };

const VIEWS: Record<string, ComponentType<ReactNodeViewProps>> = {
  factBox: pieces.FactBoxView,
  reflection: pieces.ReflectionView,
  takeAway: pieces.TakeAwayView,
  case: pieces.CaseView,
  choice: pieces.ChoiceView,
  quickCheck: pieces.QuickCheckView,
  option: pieces.OptionView,
  workVariants: pieces.WorkVariantsView,
  work: pieces.WorkView,
  law: FactView,
  contact: FactView,
  figure: FactView,
  image: PictureView,
};
const OWN_EVENTS = 'input, select, button, label, legend, .piece-head, .piece-foot';

/** The nodes with their fields. What happens in a field is nothing for the text around it. */
const extensions: Extensions = contentExtensions.map((extension) => {
  const View = VIEWS[extension.name];
  if (!View || !(extension instanceof Node)) return extension;
  const stopEvent = ({ event }: { event: Event }) =>
    !/^(?:drag|drop)/.test(event.type) &&
    event.target instanceof Element &&
    event.target.closest(OWN_EVENTS) !== null;
  return extension.extend({ addNodeView: () => ReactNodeViewRenderer(View, { stopEvent }) });
});
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
  const takePicture = (files: FileList | undefined) => {
    const file = [...(files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (file) setOpen({ kind: 'picture', file });
    return file !== undefined;
  };

  const editor = useEditor({
    extensions: [...extensions, EditorKeys.configure(surroundings)],
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
      handleDrop: (_view, event) => takePicture(event.dataTransfer?.files),
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

  // A link to a block leads to it, and puts the caret there as soon as it can be written in.
  const isThere = useRef(false);
  useEffect(() => {
    const follow = () => {
      const asked =
        /^#block-(\d+)$/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get('block');
      if (asked !== null && asked !== undefined) selectBlock(editor, Number(asked));
    };
    if (!isThere.current) follow();
    isThere.current = !isReadOnly;
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [editor, isReadOnly]);

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
  /** Nothing behind a dialog can have the focus before it is gone. */
  const backToText = () => {
    close();
    requestAnimationFrame(() => editor.view.focus());
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
  const { empty } = editor.state.selection;
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
        {open.kind === 'help' && <HelpDialog onClose={close} />}
        {open.kind === 'fact' && (
          <FactDialog
            kind={open.fact}
            facts={facts[open.fact]}
            chosen={open.id}
            onClose={close}
            onChoose={(id) => {
              close();
              if (open.position === null) return insert(open.fact, { id });
              editor.view.dispatch(editor.state.tr.setNodeAttribute(open.position, 'id', id));
              focusBlock(editor.view, open.position);
            }}
          />
        )}
        {open.kind === 'picture' && (
          <PictureDialog
            file={open.file}
            onClose={close}
            onInsert={(picture) => {
              close();
              insert('image', picture);
            }}
          />
        )}
        {open.kind === 'link' && (
          <LinkDialog
            href={String(editor.getAttributes('link')['href'] ?? '')}
            hasText={!empty || editor.isActive('link')}
            pages={pages}
            onClose={backToText}
            onRemove={() => {
              editor.chain().extendMarkRange('link').unsetMark('link').run();
              backToText();
            }}
            onSave={(href, text) => {
              setLink(editor, href, text);
              backToText();
            }}
          />
        )}
      </div>
    </EditorContext>
  );
}

function setLink(editor: Editor, href: string, text: string | null): void {
  if (text === null) {
    editor.chain().extendMarkRange('link').setMark('link', { href }).run();
  } else {
    const mark = editor.schema.marks['link']!.create({ href });
    editor.view.dispatch(editor.state.tr.replaceSelectionWith(editor.schema.text(text, [mark]), false));
  }
}

/** Shows a top-level block, by its place, and puts the caret in it. */
function selectBlock(editor: Editor, index: number): void {
  const { doc } = editor.state;
  if (!Number.isInteger(index) || index < 0 || index >= doc.childCount) return;
  const position = doc.resolve(0).posAtIndex(index);
  const selection = doc.child(index).isTextblock
    ? Selection.near(doc.resolve(position + 1))
    : NodeSelection.create(doc, position);
  // Once the pieces are there, so that the place is the right one.
  requestAnimationFrame(() => {
    editor.view.dispatch(editor.state.tr.setSelection(selection));
    editor.view.focus();
    const element = editor.view.nodeDOM(position);
    if (element instanceof HTMLElement) element.scrollIntoView({ block: 'center' });
  });
}
