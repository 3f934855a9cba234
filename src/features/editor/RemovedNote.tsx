interface Props {
  id: string;
  text: string;
  undo: string;
  onUndo(): void;
}

/** Stands where something was removed, has the focus then, and brings it back. */
export function RemovedNote({ id, text, undo, onUndo }: Props) {
  return (
    <div className="removed-note" id={id} tabIndex={-1}>
      <p>{text}</p>
      <button type="button" className="button plain" onClick={onUndo}>
        {undo}
      </button>
    </div>
  );
}
