import { quizEditor as words } from '#src/i18n/quiz-editor.ts';

interface Props {
  /** What they are about, for those who do not see it: "Fråga 3". */
  what: string;
  /** The ids of the buttons begin with it: `…-upp`, `…-ner`. */
  id: string;
  isFirst: boolean;
  isLast: boolean;
  onMove(by: 1 | -1): void;
  onRemove(): void;
  onCopy?: () => void;
  /** Why there is nothing to move past, or why it cannot be removed: said when somebody tries. */
  onRefused(why: string): void;
  /** Why it cannot be removed; null: it can. */
  keeps?: string | null;
}

/**
 * Moves, copies or removes one item of a list. A button that can do nothing keeps the focus and says why:
 * whoever moves an item to the end by keyboard is not thrown off the page.
 */
export function ItemButtons(props: Props) {
  const { what, id, isFirst, isLast, onMove, onRemove, onCopy, onRefused, keeps = null } = props;
  const label = (text: string) => (
    <>
      {text}
      <span className="visually-hidden">{words.of(what)}</span>
    </>
  );
  return (
    <div className="item-buttons">
      <button
        type="button"
        className="button plain"
        id={`${id}-upp`}
        aria-disabled={isFirst}
        onClick={() => (isFirst ? onRefused(words.firstAlready) : onMove(-1))}
      >
        {label(words.up)}
      </button>
      <button
        type="button"
        className="button plain"
        id={`${id}-ner`}
        aria-disabled={isLast}
        onClick={() => (isLast ? onRefused(words.lastAlready) : onMove(1))}
      >
        {label(words.down)}
      </button>
      {onCopy && (
        <button type="button" className="button plain" onClick={onCopy}>
          {label(words.copy)}
        </button>
      )}
      <button
        type="button"
        className="button plain"
        aria-disabled={keeps !== null}
        onClick={() => (keeps === null ? onRemove() : onRefused(keeps))}
      >
        {label(words.remove)}
      </button>
    </div>
  );
}
