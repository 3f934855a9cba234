import { useState } from 'react';
import { writing as words } from '#src/i18n/editor.ts';
import type { SourceChoice } from './writing.ts';

interface Props {
  chosen: readonly string[];
  sources: SourceChoice[];
  onChange(ids: string[]): void;
  announce(text: string): void;
  focusNext(id: string): void;
}

const labelOf = ({ id, title }: SourceChoice) => `${title} (${id})`;

/** The sources of a page: those it has, and a field with suggestions to add one. */
export function SourcePicker({ chosen, sources, onChange, announce, focusNext }: Props) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const titleOf = (id: string) => sources.find((source) => source.id === id)?.title ?? words.goneSource(id);
  const add = () => {
    const text = typed.trim().toLocaleLowerCase('sv');
    const source = sources.find((one) =>
      [one.id, one.title, labelOf(one)].some((name) => name.toLocaleLowerCase('sv') === text),
    );
    if (!source || chosen.includes(source.id)) {
      setError(source ? words.hasSource : words.unknownSource);
      return document.getElementById('sources-ny')?.focus();
    }
    onChange([...chosen, source.id]);
    setTyped('');
    setError(null);
    announce(words.sourceAdded(source.title));
  };
  return (
    <fieldset className="source-picker" id="sources" tabIndex={-1}>
      <legend>{words.sources}</legend>
      {chosen.length === 0 && <p className="help">{words.noSources}</p>}
      <ul role="list">
        {chosen.map((id) => (
          <li key={id}>
            <span>{titleOf(id)}</span>
            <button
              type="button"
              className="button plain"
              onClick={() => {
                onChange(chosen.filter((one) => one !== id));
                announce(words.sourceRemoved(titleOf(id)));
                focusNext('sources-ny');
              }}
            >
              {words.removeSource}
              <span className="visually-hidden"> {titleOf(id)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="field">
        <label htmlFor="sources-ny">{words.sourceToAdd}</label>
        <p className="help" id="sources-hjalp">
          {words.sourcesHelp}
        </p>
        {error && (
          <p className="error" id="sources-fel">
            {error}
          </p>
        )}
        <input
          id="sources-ny"
          type="text"
          list="sources-lista"
          value={typed}
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={`sources-hjalp${error ? ' sources-fel' : ''}`}
          onChange={(event) => {
            setTyped(event.target.value);
            setError(null);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <datalist id="sources-lista">
          {sources
            .filter(({ id }) => !chosen.includes(id))
            .map((source) => (
              <option key={source.id}>{labelOf(source)}</option>
            ))}
        </datalist>
      </div>
      <button type="button" className="button plain" onClick={add}>
        {words.addSource}
      </button>
    </fieldset>
  );
}
