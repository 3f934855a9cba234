import { useId, useState } from 'react';
import { isSafeHref } from '#src/lib/addresses.ts';
import { textEditor as words } from '#src/i18n/editor.ts';
import { cleanAddress } from '../paste-html.ts';
import { Dialog } from './Dialog.tsx';
import type { PageChoice } from './editor-context.ts';

interface Props {
  /** The address of the link that the caret is in; empty: there is none yet. */
  href: string;
  /** Whether there is text that becomes the link; otherwise it is written here. */
  hasText: boolean;
  pages: PageChoice[];
  /** `text` is null where there is text already. */
  onSave(href: string, text: string | null): void;
  onRemove(): void;
  onClose(): void;
}

/** The address as it is meant: `www.example.se` leads to a web page, `a@b.se` to a mail. */
function complete(typed: string): string {
  const address = typed.trim();
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(address)) return `mailto:${address}`;
  if (/^[\w-]+(?:\.[\w-]+)+(?:[/?#].*)?$/.test(address)) return `https://${address}`;
  return cleanAddress(address, location.origin);
}

/** Where a link leads, checked, and what it says. */
export function LinkDialog({ href, hasText, pages, onSave, onRemove, onClose }: Props) {
  const [address, setAddress] = useState(href);
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<{ address?: string; text?: string }>({});
  const id = useId();
  const save = () => {
    const complete_ = complete(address);
    const found = {
      ...(!isSafeHref(complete_) && { address: words.linkUnsafe }),
      ...(!hasText && text.trim() === '' && { text: words.linkNoText }),
    };
    setErrors(found);
    if (Object.keys(found).length === 0) return onSave(complete_, hasText ? null : text.trim());
    document.getElementById(found.address ? `${id}-adress` : `${id}-text`)?.focus();
  };
  return (
    <Dialog title={words.linkTitle} onClose={onClose}>
      <form
        method="dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-adress`}>{words.linkAddress}</label>
          <p className="help" id={`${id}-hjalp`}>
            {words.linkAddressHelp}
          </p>
          {errors.address && (
            <p className="error" id={`${id}-fel`}>
              {errors.address}
            </p>
          )}
          <input
            id={`${id}-adress`}
            type="text"
            inputMode="url"
            maxLength={1000}
            value={address}
            autoComplete="off"
            aria-invalid={errors.address ? true : undefined}
            aria-describedby={`${id}-hjalp${errors.address ? ` ${id}-fel` : ''}`}
            onChange={(event) => setAddress(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-sida`}>{words.linkPage}</label>
          <select
            id={`${id}-sida`}
            value={pages.some(({ path }) => path === address) ? address : ''}
            onChange={(event) => setAddress(event.target.value)}
          >
            <option value="">{words.linkNoPage}</option>
            {pages.map(({ path, title }) => (
              <option key={path} value={path}>
                {title}
              </option>
            ))}
          </select>
        </div>
        {!hasText && (
          <div className="field">
            <label htmlFor={`${id}-text`}>{words.linkText}</label>
            <p className="help" id={`${id}-text-hjalp`}>
              {words.linkTextHelp}
            </p>
            {errors.text && (
              <p className="error" id={`${id}-text-fel`}>
                {errors.text}
              </p>
            )}
            <input
              id={`${id}-text`}
              type="text"
              maxLength={300}
              value={text}
              autoComplete="off"
              aria-invalid={errors.text ? true : undefined}
              aria-describedby={`${id}-text-hjalp${errors.text ? ` ${id}-text-fel` : ''}`}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
        )}
        <div className="dialog-buttons">
          <button className="button">{words.linkSave}</button>
          {href !== '' && (
            <button type="button" className="button quiet" onClick={onRemove}>
              {words.linkRemove}
            </button>
          )}
          <button type="button" className="button quiet" onClick={onClose}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
