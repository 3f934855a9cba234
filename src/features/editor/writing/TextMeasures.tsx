import { useMemo } from 'react';
import type { Body } from '#src/features/documents/body.ts';
import { writing as words } from '#src/i18n/editor.ts';
import { useSettled } from '../form-feedback.ts';
import { measureBody } from './writing.ts';

const PAUSE_MS = 700;
const HARD = 45;

/** Counts of the text beside it, a moment after the writer has paused. */
export function TextMeasures({ body }: { body: Body }) {
  const settled = useSettled(body, PAUSE_MS);
  const measures = useMemo(() => measureBody(settled), [settled]);
  return (
    <details className="text-measures" open>
      <summary>{words.measures}</summary>
      <dl>
        <div>
          <dt>{words.words}</dt>
          <dd>{measures.words}</dd>
        </div>
        <div>
          <dt>{words.lix}</dt>
          <dd>{measures.lix}</dd>
        </div>
        <div>
          <dt>{words.minutesGuess}</dt>
          <dd>{words.minutesOf(measures.minutes)}</dd>
        </div>
      </dl>
      <p className="help">{measures.lix >= HARD ? words.lixHigh : words.lixHelp}</p>
      <h3>{words.longest}</h3>
      {measures.longest.length === 0 && <p>{words.noLong}</p>}
      <ul>
        {measures.longest.map(({ text, block, words: count }) => (
          <li key={`${block} ${text}`}>
            <a href={`#block-${block}`}>{text}</a> ({words.sentenceOf(count)})
          </li>
        ))}
      </ul>
    </details>
  );
}
