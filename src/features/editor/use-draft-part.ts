import { useEffect, useState, useSyncExternalStore } from 'react';
import { mergeContent } from '#src/features/editorial/merge.ts';
import type { DraftPartInput, DraftPartView } from './draft-part.ts';
import { DraftSync } from './draft-sync.ts';
import { serverTransport } from './draft-transport.ts';
import { browserOutbox } from './outbox.ts';

/** The part as it is now, and what its form may do with it. */
export interface DraftPart<T> extends DraftPartView<T> {
  /** The writer changed something: the whole new content. Does nothing while `isReadOnly`. */
  change: (next: T) => void;
  /** Sends at once what is unsent; for a form that is left (`onBlur`). */
  saveNow: () => void;
  takeOver: () => void;
  keepMine: () => void;
  takeTheirs: () => void;
}

/**
 * One part of a draft to write in: reads from and writes to the server by itself, so that a form only shows
 * `content` and calls `change(next)`.
 *
 *     const draft = useDraftPart({ draftId, part: 'kunskapskontroll', revision, content: quiz, writer });
 *     return (
 *       <>
 *         <DraftStatus draft={draft} />
 *         <fieldset disabled={draft.isReadOnly}>… value={draft.content.passMark} …</fieldset>
 *       </>
 *     );
 *
 * - `content` must be treated as a value: `change` gets a new object, never the old one altered.
 * - Saved 1.2 s after the last change, and when the window loses the focus or is hidden; one request at a
 *   time, what is written meanwhile goes in the next one. Nothing has to be done on unmount.
 * - Unsent text lies in this browser (IndexedDB) and is put back at the next visit: then `content` is
 *   replaced and `loaded` counts up. It also does when the writer takes somebody else's text. Inputs that
 *   are controlled by `content` follow by themselves; an editor with a state of its own gets `key={loaded}`.
 * - `isReadOnly` while somebody else writes, a conflict is open, or the draft is closed.
 * - `<DraftStatus draft={draft} />` says all of it in words, with the buttons that it takes; once a page.
 * - The server's answer 422 is shown there as it is: a form checks what it can itself before `change`.
 */
export function useDraftPart<T>(input: DraftPartInput<T>): DraftPart<T> {
  const [sync] = useState(
    () =>
      new DraftSync<T>(input, {
        transport: serverTransport(input),
        outbox: browserOutbox(input),
        merge: (sent, typed, stored) => mergeContent(input.part, sent, typed, stored) as T | null,
        reload: () => location.reload(),
      }),
  );
  const view = useSyncExternalStore(sync.subscribe, sync.view, sync.view);

  useEffect(() => {
    const onVisibility = () => (document.hidden ? sync.sleep() : sync.wake());
    const onUnload = (event: BeforeUnloadEvent) => {
      if (sync.view().hasUnsent) event.preventDefault();
    };
    void sync.start();
    addEventListener('online', sync.wake);
    addEventListener('focus', sync.wake);
    addEventListener('blur', sync.saveNow);
    addEventListener('pageshow', sync.wake);
    addEventListener('pagehide', sync.leave);
    addEventListener('beforeunload', onUnload);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      sync.stop();
      removeEventListener('online', sync.wake);
      removeEventListener('focus', sync.wake);
      removeEventListener('blur', sync.saveNow);
      removeEventListener('pageshow', sync.wake);
      removeEventListener('pagehide', sync.leave);
      removeEventListener('beforeunload', onUnload);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [sync]);

  const { change, saveNow, takeOver, keepMine, takeTheirs } = sync;
  return { ...view, change, saveNow, takeOver, keepMine, takeTheirs };
}
