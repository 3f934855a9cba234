import { NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react';
import { pictureSize } from '#src/lib/addresses.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { GROUP, useEditorValues, type FactChoice, type ShownKind } from './editor-context.ts';
import { PieceField, selectPiece, usePieceKeys } from './PieceField.tsx';

/** A law, a contact or a figure as readers will meet it, and a way to choose another. */
export function FactView(view: ReactNodeViewProps) {
  const { facts, isReadOnly, changeFact } = useEditorValues();
  const handleKey = usePieceKeys(view);
  const kind = view.node.type.name as ShownKind;
  const id = String(view.node.attrs['id']);
  const fact = facts[kind].find((one) => one.id === id);
  return (
    <NodeViewWrapper
      className={`piece ${kind}`}
      {...GROUP}
      aria-label={words.blocks[kind]}
      contentEditable={false}
    >
      <p className="kind">{words.blocks[kind]}</p>
      {fact ? <FactPreview kind={kind} fact={fact} /> : <p className="error-text">{words.unknownFact(id)}</p>}
      {!isReadOnly && (
        <button
          type="button"
          className="button plain"
          data-field="id"
          onFocus={() => selectPiece(view)}
          onKeyDown={handleKey}
          onClick={() => changeFact(kind, view.getPos() ?? 0, id)}
        >
          {words.changeFact[kind]}
        </button>
      )}
    </NodeViewWrapper>
  );
}

/** What a fact says, and whether it may be shown. */
export function FactPreview({ kind, fact }: { kind: ShownKind; fact: FactChoice }) {
  return (
    <>
      <p className={kind === 'figure' ? 'value' : 'title'}>{fact.title}</p>
      <p>{fact.text}</p>
      {fact.state === 'unusable' && <p className="error-text">{words.unusable(fact.reason ?? '')}</p>}
      {fact.state === 'stale' && <p className="checked">{words.stale}</p>}
    </>
  );
}

/** A picture with the text for those who do not see it. */
export function PictureView(view: ReactNodeViewProps) {
  const src = String(view.node.attrs['src']);
  const alt = String(view.node.attrs['alt']);
  return (
    <NodeViewWrapper
      className="picture-block"
      {...GROUP}
      aria-label={words.blocks['image']}
      contentEditable={false}
    >
      <img src={src} alt={alt} {...pictureSize(src)} />
      <PieceField
        view={view}
        name="alt"
        label={words.alt}
        help={words.altHelp}
        error={alt.trim() === '' ? words.altMissing : undefined}
      />
    </NodeViewWrapper>
  );
}
