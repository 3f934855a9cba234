/** What the browser and the server say to each other about one part of a draft, and what the writer is told. */

/** The part as the page was served with it. */
export interface DraftPartInput<T> {
  draftId: number;
  /** `modul`, `avsnitt/<slug>`, `kunskapskontroll`, `samtal`, or `<kind>/<id>` of a fact. */
  part: string;
  /** The number of the revision that `content` is. */
  revision: number;
  content: T;
  /**
   * Who writes here, as a word that means nothing to others (the person's id). Text is saved in her name
   * only, and text that was not sent is put back for her only: two editors may share a computer, and who
   * wrote what decides who may approve.
   */
  writer: string;
}

export type SaveReply<T> =
  | { kind: 'saved'; revision: number; at: string }
  /** Somebody else had changed other blocks: the server has put both together. */
  | { kind: 'merged'; revision: number; at: string; content: T }
  | Conflict<T>
  | { kind: 'refused'; problems: readonly string[] }
  | OtherReply;

/** Somebody else's text stands, and what was sent is put aside in the history. */
export interface Conflict<T> {
  kind: 'conflict';
  revision: number;
  /** Null: the part was removed. */
  content: T | null;
  by: string | null;
  at: string;
}

export type HoldReply = { kind: 'mine'; revision: number } | OtherReply;

type OtherReply =
  | { kind: 'held'; by: string | null }
  | { kind: 'closed' }
  | { kind: 'signed-out' }
  /** No answer, or one that says nothing of the part: it may or may not have been saved. */
  | { kind: 'unreachable' };

/** The way to the server. */
export interface DraftTransport<T> {
  save(base: number, content: T): Promise<SaveReply<T>>;
  /** Says that the part is open here; `take` takes it from whoever has it. */
  hold(take: boolean): Promise<HoldReply>;
  /** Says that it is open here no longer; the page may be closing. */
  release(): void;
}

/** A text that the server may not have, as it lies in this browser. */
export interface Unsent<T> {
  base: number;
  content: T;
  /** What has been sent without an answer: the server may have it. */
  uncertain: readonly T[];
  /** When it was written, milliseconds since 1970. */
  at: number;
}

/** Where unsent text is kept through a reload or a crash. Rejects when this browser keeps nothing. */
export interface Outbox<T> {
  read(): Promise<Unsent<T> | null>;
  write(unsent: Unsent<T>): Promise<void>;
  clear(): Promise<void>;
}

export type DraftStatus<T> =
  /** `at` is null until something has been saved from this page. */
  | { kind: 'saved'; at: string | null }
  | { kind: 'saving' }
  | { kind: 'offline' }
  | { kind: 'signed-out' }
  | { kind: 'refused'; problems: readonly string[] }
  | { kind: 'held'; by: string | null }
  | Conflict<T>
  | { kind: 'closed' };

/** What a form or an editor needs to know about its part; see useDraftPart. */
export interface DraftPartView<T> {
  content: T;
  status: DraftStatus<T>;
  /** Whether text is waiting to be acknowledged by the server. */
  hasUnsent: boolean;
  /** While somebody else writes, a conflict is open, the draft is closed or the page is starting. */
  isReadOnly: boolean;
  /** Counts up each time that the content was replaced by something else than `change`: a key for editors. */
  loaded: number;
  /** When the text was written that was found in this browser and put back; null: none was. */
  recoveredAt: Date | null;
}
