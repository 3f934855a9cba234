import { useCallback, useEffect, useId, useState } from 'react';
import { limits } from '#src/lib/limits.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { Dialog } from './Dialog.tsx';
import { uploadPicture } from './upload-picture.ts';

interface Props {
  /** A picture that was pasted or dropped into the text. */
  file: File | null;
  onInsert(picture: { src: string; alt: string }): void;
  onClose(): void;
}

type State =
  | { kind: 'empty' }
  | { kind: 'sending' }
  | { kind: 'uploaded'; src: string }
  | { kind: 'refused'; message: string };

/** Uploads a picture and asks what it shows, for those who do not see it. */
export function PictureDialog({ file, onInsert, onClose }: Props) {
  const [state, setState] = useState<State>({ kind: 'empty' });
  const [alt, setAlt] = useState('');
  const [isTried, setTried] = useState(false);
  const id = useId();
  const send = useCallback(async (chosen: File) => {
    setState({ kind: 'sending' });
    setState(await uploadPicture(chosen));
  }, []);
  useEffect(() => {
    if (file) void send(file);
  }, [file, send]);
  const needsPicture = isTried && state.kind === 'empty' ? words.pictureMissing : null;
  const pictureError = state.kind === 'refused' ? state.message : needsPicture;
  const altError = isTried && alt.trim() === '' ? words.altMissing : null;
  return (
    <Dialog title={words.pictureTitle} onClose={onClose}>
      <form
        method="dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (state.kind === 'uploaded' && alt.trim() !== '')
            return onInsert({ src: state.src, alt: alt.trim() });
          document.getElementById(state.kind === 'uploaded' ? `${id}-alt` : `${id}-fil`)?.focus();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-fil`}>{words.pictureFile}</label>
          <p className="help" id={`${id}-hjalp`}>
            {words.pictureHelp}
          </p>
          {pictureError && (
            <p className="error" id={`${id}-fel`}>
              {pictureError}
            </p>
          )}
          <input
            id={`${id}-fil`}
            type="file"
            accept="image/jpeg,image/png,image/webp"
            aria-invalid={pictureError ? true : undefined}
            aria-describedby={`${id}-hjalp${pictureError ? ` ${id}-fel` : ''}`}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              if (chosen) void send(chosen);
            }}
          />
          <output className="help">
            {state.kind === 'sending' && words.uploading}
            {state.kind === 'uploaded' && words.uploaded}
          </output>
          {state.kind === 'uploaded' && <img src={state.src} alt={alt} />}
        </div>
        <div className="field">
          <label htmlFor={`${id}-alt`}>{words.alt}</label>
          <p className="help" id={`${id}-alt-hjalp`}>
            {words.altHelp}
          </p>
          {altError && (
            <p className="error" id={`${id}-alt-fel`}>
              {altError}
            </p>
          )}
          <input
            id={`${id}-alt`}
            type="text"
            maxLength={limits.attribute}
            value={alt}
            autoComplete="off"
            aria-invalid={altError ? true : undefined}
            aria-describedby={`${id}-alt-hjalp${altError ? ` ${id}-alt-fel` : ''}`}
            onChange={(event) => setAlt(event.target.value)}
          />
        </div>
        <div className="dialog-buttons">
          <button className="button" aria-disabled={state.kind === 'sending'}>
            {words.insert}
          </button>
          <button type="button" className="button quiet" onClick={onClose}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
