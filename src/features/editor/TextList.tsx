import { Fragment, useState } from 'react';
import type { Advice } from '#src/features/quiz/question-rules.ts';
import { discussionEditor as words } from '#src/i18n/quiz-editor.ts';
import { ItemButtons } from './ItemButtons.tsx';
import { LineField } from './LineField.tsx';
import { RemovedNote } from './RemovedNote.tsx';

interface Props {
  /** The ids of what is in here begin with it. */
  id: string;
  title: string;
  help: string;
  /** What the text at a place is called: "Fråga 2". */
  name(number: number): string;
  texts: readonly string[];
  limits: { least: number; most: number };
  longest: number;
  isQuestion: boolean;
  onChange(texts: string[]): void;
  announce(text: string): void;
  focusNext(id: string): void;
}

const NO_MARK: Advice[] = [{ rule: 'no-question-mark', message: words.noMark, suggestion: '' }];

/** A few texts in order: written, moved, added and removed. */
export function TextList(props: Props) {
  const { id, title, help, name, texts, limits, longest, isQuestion, onChange, announce, focusNext } = props;
  const [removed, setRemoved] = useState<{ text: string; at: number } | null>(null);
  const isFull = texts.length >= limits.most;
  const fieldId = (index: number) => `${id}-${index}`;

  function put(text: string, at: number, said: string) {
    onChange(texts.toSpliced(at, 0, text));
    setRemoved(null);
    focusNext(fieldId(at));
    announce(said);
  }

  function remove(at: number) {
    onChange(texts.toSpliced(at, 1));
    setRemoved({ text: texts[at] ?? '', at });
    focusNext(`${id}-borttaget`);
  }

  function move(at: number, by: 1 | -1) {
    onChange(texts.toSpliced(at, 1).toSpliced(at + by, 0, texts[at] ?? ''));
    setRemoved(null);
    focusNext(`${fieldId(at + by)}-${by < 0 ? 'upp' : 'ner'}`);
    announce(words.movedTo(name(at + by + 1)));
  }

  const note = removed && (
    <li>
      <RemovedNote
        id={`${id}-borttaget`}
        text={words.removed(name(removed.at + 1))}
        undo={words.undo}
        onUndo={() => put(removed.text, removed.at, words.restored)}
      />
    </li>
  );
  return (
    <fieldset className="text-list" id={id} tabIndex={-1} aria-describedby={`${id}-hjalp`}>
      <legend>{title}</legend>
      <p className="help" id={`${id}-hjalp`}>
        {help}
      </p>
      <ol role="list">
        {texts.map((text, index) => (
          // The place is all that tells one text from another.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={index}>
            {removed?.at === index && note}
            <li>
              <LineField
                id={fieldId(index)}
                label={name(index + 1)}
                value={text}
                maxLength={longest}
                advice={isQuestion && text.trim() !== '' && !text.trim().endsWith('?') ? NO_MARK : []}
                onChange={(next) => onChange(texts.with(index, next))}
              />
              <ItemButtons
                what={`${name(index + 1)}, ${title}`}
                id={fieldId(index)}
                isFirst={index === 0}
                isLast={index === texts.length - 1}
                keeps={texts.length <= limits.least ? words.few(limits.least) : null}
                onMove={(by) => move(index, by)}
                onRemove={() => remove(index)}
                onRefused={announce}
              />
            </li>
          </Fragment>
        ))}
        {removed && removed.at >= texts.length && note}
      </ol>
      <button
        type="button"
        className="button plain"
        aria-disabled={isFull}
        onClick={() =>
          isFull
            ? announce(words.full(limits.most))
            : put('', texts.length, words.added(name(texts.length + 1)))
        }
      >
        {words.add}
        <span className="visually-hidden"> {words.addTo(title)}</span>
      </button>
    </fieldset>
  );
}
