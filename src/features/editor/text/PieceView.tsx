import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react';
import { useId, type ReactNode } from 'react';
import { course } from '#src/i18n/course.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { addPart } from './block-commands.ts';
import { GROUP, useEditorValues } from './editor-context.ts';
import { focusBlock } from './field-focus.ts';
import { PieceField, PieceSelect, selectPiece, usePieceKeys } from './PieceField.tsx';

/** As many choices and answers as there may be in the end; the checks before review tell of other numbers. */
const MOST_PARTS = 4;

interface FrameProps {
  className: string;
  /** What the piece is, as its readers are told. */
  kind: string;
  children?: ReactNode;
  /** What stands after the text. */
  foot?: ReactNode;
}

/** A piece as it will look, with its fields above its text. */
function Frame({ className, kind, children, foot }: FrameProps) {
  return (
    <NodeViewWrapper className={className} {...GROUP} aria-label={kind}>
      <div className="piece-head" contentEditable={false}>
        <p className="kind">{kind}</p>
        {children}
      </div>
      <NodeViewContent className="piece-text" />
      {foot && (
        <div className="piece-foot" contentEditable={false}>
          {foot}
        </div>
      )}
    </NodeViewWrapper>
  );
}

/** A button that adds a choice, an answer or a kind of work, and puts the focus in it. */
function AddPart({
  view,
  type,
  attrs,
  text,
}: {
  view: ReactNodeViewProps;
  type: string;
  attrs?: object;
  text: string;
}) {
  const { announce, isReadOnly } = useEditorValues();
  const handleKey = usePieceKeys(view);
  const add = () => {
    const { editor, getPos } = view;
    const position = getPos();
    if (position === undefined) return;
    const part = { position, type: editor.schema.nodes[type]!, attrs: { ...attrs } };
    const at = addPart(editor.state, editor.view.dispatch, part);
    announce(words.inserted(words.blocks[type] ?? words.block));
    focusBlock(editor.view, at);
  };
  return (
    <button
      type="button"
      className="button plain"
      data-field={`add-${type}`}
      disabled={isReadOnly}
      onFocus={() => selectPiece(view)}
      onKeyDown={handleKey}
      onClick={add}
    >
      {text}
    </button>
  );
}

export function FactBoxView(view: ReactNodeViewProps) {
  return (
    <Frame className="piece fact-box" kind={words.blocks['factBox']!}>
      <PieceField view={view} name="title" label={words.titleField} />
    </Frame>
  );
}

export function ReflectionView() {
  return (
    <Frame className="piece reflection" kind={course.kindReflection}>
      <p className="help">{words.reflectionHelp}</p>
    </Frame>
  );
}

export function TakeAwayView() {
  return <Frame className="piece take-away" kind={course.kindTakeAway} />;
}

export function CaseView(view: ReactNodeViewProps) {
  let choices = 0;
  view.node.forEach((child) => {
    if (child.type.name === 'choice') choices += 1;
  });
  const foot = choices < MOST_PARTS && <AddPart view={view} type="choice" text={words.addChoice} />;
  return (
    <Frame className="piece case" kind={course.kindCase} foot={foot}>
      <PieceField view={view} name="title" label={words.caseTitle} />
    </Frame>
  );
}

export function ChoiceView(view: ReactNodeViewProps) {
  const verdict = view.node.attrs['verdict'] as keyof typeof course.verdict;
  return (
    <Frame className="choice" kind={words.blocks['choice']!}>
      <PieceField view={view} name="text" label={words.choiceText} />
      <PieceSelect view={view} name="verdict" label={words.verdict} options={course.verdict} />
      <p className={`verdict ${verdict}`} aria-hidden="true">
        {course.verdict[verdict]}
      </p>
    </Frame>
  );
}

export function QuickCheckView(view: ReactNodeViewProps) {
  const { node } = view;
  const foot = node.childCount < MOST_PARTS && <AddPart view={view} type="option" text={words.addOption} />;
  return (
    <Frame className="piece quick-check" kind={course.kindQuick} foot={foot}>
      <PieceField view={view} name="question" label={words.question} />
      <RightOption view={view} />
    </Frame>
  );
}

/** Which of the answers is right: one, as a group of radio buttons. */
function RightOption({ view }: { view: ReactNodeViewProps }) {
  const { isReadOnly } = useEditorValues();
  const name = useId();
  const handleKey = usePieceKeys(view);
  const { editor, getPos, node } = view;
  const choose = (chosen: number) => {
    const position = getPos();
    if (position === undefined) return;
    const { tr } = editor.state;
    node.forEach((_option, offset, index) => {
      tr.setNodeAttribute(position + 1 + offset, 'correct', index === chosen);
    });
    editor.view.dispatch(tr);
  };
  return (
    <fieldset className="piece-field right-option" disabled={isReadOnly}>
      <legend>{words.right}</legend>
      {node.children.map((option, index) => (
        // The place is all that tells one answer from another.
        // oxlint-disable-next-line react/no-array-index-key
        <label key={index}>
          <input
            type="radio"
            name={name}
            data-field={`right-${index}`}
            checked={option.attrs['correct'] === true}
            onFocus={() => selectPiece(view)}
            onKeyDown={handleKey}
            onChange={() => choose(index)}
          />
          {words.rightOption(index + 1, String(option.attrs['text']))}
        </label>
      ))}
    </fieldset>
  );
}

export function OptionView(view: ReactNodeViewProps) {
  const isRight = view.node.attrs['correct'] === true;
  return (
    <Frame className="choice" kind={words.blocks['option']!}>
      <PieceField view={view} name="text" label={words.optionText} />
      <p className={`verdict ${isRight ? 'good' : 'harmful'}`}>{isRight ? course.right : course.wrong}</p>
    </Frame>
  );
}

export function WorkVariantsView(view: ReactNodeViewProps) {
  const used = view.node.children.map((child) => String(child.attrs['for']));
  const free = Object.keys(course.work).find((kind) => !used.includes(kind));
  const foot = free && <AddPart view={view} type="work" attrs={{ for: free }} text={words.addWork} />;
  return <Frame className="piece work-variants" kind={course.kindWork} foot={foot} />;
}

export function WorkView(view: ReactNodeViewProps) {
  return (
    <Frame className="work" kind={words.blocks['work']!}>
      <PieceSelect view={view} name="for" label={words.work} options={course.work} />
    </Frame>
  );
}
