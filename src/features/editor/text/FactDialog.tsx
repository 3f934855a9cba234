import { useId, useState } from 'react';
import { textEditor as words } from '#src/i18n/editor.ts';
import { Dialog } from './Dialog.tsx';
import type { FactChoice, ShownKind } from './editor-context.ts';
import { FactPreview } from './FactView.tsx';

interface Props {
  kind: ShownKind;
  facts: FactChoice[];
  chosen: string | null;
  onChoose(id: string): void;
  onClose(): void;
}

const plain = (text: string) => text.toLocaleLowerCase('sv');

/** Chooses a fact: a search that shortens a list, and what the chosen one says. */
export function FactDialog({ kind, facts, chosen, onChoose, onClose }: Props) {
  const [search, setSearch] = useState('');
  const [id, setId] = useState(chosen);
  const [error, setError] = useState(false);
  const own = useId();
  const hits = facts.filter((fact) =>
    plain(`${fact.title} ${fact.text} ${fact.id}`).includes(plain(search.trim())),
  );
  // A list shows its first line as chosen when nothing is.
  const fact = hits.find((one) => one.id === id) ?? hits[0];
  return (
    <Dialog title={words.chooseFact[kind]} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (fact) onChoose(fact.id);
          else setError(true);
        }}
      >
        <div className="field">
          <label htmlFor={`${own}-sok`}>{words.searchFact}</label>
          <p className="help" id={`${own}-hjalp`}>
            {words.searchHelp}
          </p>
          <input
            id={`${own}-sok`}
            type="search"
            value={search}
            autoComplete="off"
            aria-describedby={`${own}-hjalp`}
            onChange={(event) => {
              setSearch(event.target.value);
              setError(false);
            }}
          />
        </div>
        <div className="field">
          <label htmlFor={`${own}-lista`}>{words.factList}</label>
          <output className="help">{words.factHits(hits.length)}</output>
          <select
            id={`${own}-lista`}
            size={6}
            value={fact?.id ?? ''}
            aria-invalid={error || undefined}
            aria-describedby={error ? `${own}-fel` : undefined}
            onChange={(event) => {
              setId(event.target.value);
              setError(false);
            }}
          >
            {hits.map((one) => (
              <option key={one.id} value={one.id}>
                {[one.title, words.condition[one.state]].filter(Boolean).join(' – ')}
              </option>
            ))}
          </select>
          {error && (
            <p className="error" id={`${own}-fel`}>
              {words.noFact}
            </p>
          )}
        </div>
        <div className="fact-preview" aria-live="polite">
          {fact && <FactPreview kind={kind} fact={fact} />}
        </div>
        <div className="dialog-buttons">
          <button className="button">{words.useFact}</button>
          <button type="button" className="button quiet" onClick={onClose}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
