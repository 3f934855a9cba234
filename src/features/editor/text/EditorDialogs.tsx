import type { Editor } from '@tiptap/react';
import type { FactChoices, PageChoice, ShownKind } from './editor-context.ts';
import { FactDialog } from './FactDialog.tsx';
import { focusBlock } from './field-focus.ts';
import { HelpDialog } from './HelpDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { PictureDialog } from './PictureDialog.tsx';

/** What is open over the text: one thing at a time. */
export type Open =
  | { kind: 'none' | 'menu' | 'help' | 'link' }
  | { kind: 'picture'; file: File | null }
  /** `position` is that of the fact to change; null: a new one. */
  | { kind: 'fact'; fact: ShownKind; position: number | null; id: string | null };

interface Props {
  open: Open;
  onClose(): void;
  editor: Editor;
  facts: FactChoices;
  pages: PageChoice[];
  /** Puts a new block in at the caret. */
  onInsert(type: string, attrs: Record<string, unknown>): void;
}

/** The dialog that is open over the text, and what is done with its answer. */
export function EditorDialogs({ open, onClose, editor, facts, pages, onInsert }: Props) {
  /** Nothing behind a dialog can have the focus before it is gone. */
  const backToText = () => {
    onClose();
    requestAnimationFrame(() => editor.view.focus());
  };
  switch (open.kind) {
    case 'help':
      return <HelpDialog onClose={onClose} />;
    case 'fact':
      return (
        <FactDialog
          kind={open.fact}
          facts={facts[open.fact]}
          chosen={open.id}
          onClose={onClose}
          onChoose={(id) => {
            onClose();
            if (open.position === null) return onInsert(open.fact, { id });
            editor.view.dispatch(editor.state.tr.setNodeAttribute(open.position, 'id', id));
            focusBlock(editor.view, open.position);
          }}
        />
      );
    case 'picture':
      return (
        <PictureDialog
          file={open.file}
          onClose={onClose}
          onInsert={(picture) => {
            onClose();
            onInsert('image', picture);
          }}
        />
      );
    case 'link':
      return (
        <LinkDialog
          href={String(editor.getAttributes('link')['href'] ?? '')}
          hasText={!editor.state.selection.empty || editor.isActive('link')}
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
      );
    default:
      return null;
  }
}

function setLink(editor: Editor, href: string, text: string | null): void {
  if (text === null) {
    editor.chain().extendMarkRange('link').setMark('link', { href }).run();
  } else {
    const mark = editor.schema.marks['link']!.create({ href });
    editor.view.dispatch(editor.state.tr.replaceSelectionWith(editor.schema.text(text, [mark]), false));
  }
}
