import { useState } from 'react';
import { draftStatus as words } from '#src/i18n/editor.ts';
import { longTime } from '#src/i18n/common.ts';
import { stockholmTime } from '#src/lib/clock.ts';
import { paths } from '#src/lib/paths.ts';
import type { DraftStatus as Status } from './draft-part.ts';
import type { DraftPart } from './use-draft-part.ts';

/**
 * Where the writer's text is, and what to do when something stands in the way. Once on each page. Trouble and
 * its end are read out; that a text was saved after each pause is only to be seen.
 */
export function DraftStatus<T>({ draft }: { draft: DraftPart<T> }) {
  const { status, recoveredAt } = draft;
  /** `over`: it is saved again, which is said once. */
  const [phase, setPhase] = useState<'calm' | 'trouble' | 'over'>('calm');
  const isTrouble = status.kind !== 'saved' && status.kind !== 'saving';
  const next = nextPhase(phase, status.kind, isTrouble);
  if (next !== phase) setPhase(next);
  const isSaid = isTrouble || next === 'over';
  const text = line(status, draft.hasUnsent);
  return (
    <div className="draft-status" data-kind={status.kind}>
      <div>
        {!isSaid && <p>{text}</p>}
        <output>{isSaid && text}</output>
        {recoveredAt && <output>{words.recovered(longTime(recoveredAt))}</output>}
      </div>
      {status.kind === 'refused' && (
        <ul>
          {status.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {status.kind === 'signed-out' && (
        <a className="button plain" href={paths.signIn} target="_blank" rel="noreferrer">
          {words.signIn}
        </a>
      )}
      {status.kind === 'held' && (
        <button type="button" className="button plain" onClick={draft.takeOver}>
          {words.takeOver}
        </button>
      )}
      {status.kind === 'conflict' && (
        <div className="draft-choices">
          <button type="button" className="button plain" onClick={draft.keepMine}>
            {words.keepMine}
          </button>
          <button type="button" className="button plain" onClick={draft.takeTheirs}>
            {status.content === null ? words.letGo : words.takeTheirs}
          </button>
        </div>
      )}
    </div>
  );
}

function nextPhase(phase: 'calm' | 'trouble' | 'over', kind: Status<unknown>['kind'], isTrouble: boolean) {
  if (isTrouble) return 'trouble';
  if (phase === 'trouble' && kind === 'saved') return 'over';
  return phase === 'over' && kind === 'saving' ? 'calm' : phase;
}

function line(status: Status<unknown>, hasUnsent: boolean): string {
  switch (status.kind) {
    case 'saved':
      return status.at ? words.savedAt(stockholmTime(new Date(status.at))) : words.saved;
    case 'saving':
      return words.saving;
    case 'offline':
      return words.offline;
    case 'signed-out':
      return hasUnsent ? words.signedOut : words.signedOutIdle;
    case 'refused':
      return words.refused;
    case 'held':
      return hasUnsent ? words.heldWithUnsent(status.by) : words.held(status.by);
    case 'conflict':
      return (status.content === null ? words.conflictRemoved : words.conflict)(
        status.by,
        longTime(new Date(status.at)),
      );
    case 'closed':
      return hasUnsent ? words.closedWithUnsent : words.closed;
  }
}
