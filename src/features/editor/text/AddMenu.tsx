import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { textEditor as words } from '#src/i18n/editor.ts';

/** What can be added, in the order of the menu. */
export const ADDABLE = [
  'factBox',
  'case',
  'quickCheck',
  'reflection',
  'takeAway',
  'workVariants',
  'law',
  'contact',
  'figure',
  'image',
  'table',
  'bulletList',
  'orderedList',
] as const;
export type Addable = (typeof ADDABLE)[number];

interface Props {
  isOpen: boolean;
  isDisabled: boolean;
  tabIndex: number;
  onOpen(isOpen: boolean): void;
  onAdd(type: Addable): void;
}

/** A button and the menu under it. In the menu: arrows, Home, End, a first letter, Enter and Escape. */
export function AddMenu({ isOpen, isDisabled, tabIndex, onOpen, onAdd }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const id = useId();

  useEffect(() => {
    if (isOpen) menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]')[current]?.focus();
  }, [isOpen, current]);

  const close = () => {
    onOpen(false);
    setCurrent(0);
    button.current?.focus();
  };
  const handleKey = (event: KeyboardEvent) => {
    const last = ADDABLE.length - 1;
    const letter = event.key.length === 1 ? event.key.toLocaleLowerCase('sv') : null;
    const starts = (type: Addable) => words.blocks[type]!.toLocaleLowerCase('sv').startsWith(letter!);
    const after = letter ? ADDABLE.findIndex((type, index) => index > current && starts(type)) : -1;
    const next = {
      ArrowDown: current === last ? 0 : current + 1,
      ArrowUp: current === 0 ? last : current - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (next !== undefined) setCurrent(next);
    else if (letter && letter !== ' ')
      setCurrent(after >= 0 ? after : Math.max(0, ADDABLE.findIndex(starts)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="add-menu"
      onBlur={(event) => {
        if (isOpen && !event.currentTarget.contains(event.relatedTarget)) onOpen(false);
      }}
    >
      <button
        type="button"
        ref={button}
        className="tool strong"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-disabled={isDisabled}
        tabIndex={tabIndex}
        data-tool="add"
        onClick={() => !isDisabled && onOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || isDisabled) return;
          event.preventDefault();
          onOpen(true);
        }}
      >
        {words.add}
      </button>
      {isOpen && (
        <div
          className="menu"
          role="menu"
          id={id}
          aria-label={words.addLabel}
          ref={menu}
          tabIndex={-1}
          onKeyDown={handleKey}
        >
          {ADDABLE.map((type) => (
            <button
              key={type}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                onOpen(false);
                setCurrent(0);
                onAdd(type);
              }}
            >
              {words.blocks[type]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
