import { draftStatus as words } from '#src/i18n/editor.ts';
import { longTime } from '#src/i18n/common.ts';
import { stockholmTime } from '#src/lib/clock.ts';
import { paths } from '#src/lib/paths.ts';
import type { DraftStatus as Status } from './draft-part.ts';
import type { DraftPart } from './use-draft-part.ts';

/** Where the writer's text is, and what to do when something stands in the way. Once on each page. */
export function DraftStatus<T>({ draft }: { draft: DraftPart<T> }) {
  const { status, recoveredAt } = draft;
  return (
    <div className="draft-status" data-kind={status.kind}>
      <output>
        <span>{line(status, draft.hasUnsent)}</span>
        {recoveredAt && <span>{words.recovered(longTime(recoveredAt))}</span>}
      </output>
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
