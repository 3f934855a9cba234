/** What a draft is made of and what saving a part of it can come to. Used on the server and in the editor alike. */

/** How long a part stays held after its holder was last heard of. */
export const HOLD_SECONDS = 90;
/** What one person saves with shorter pauses than this, nobody else in between, is one revision. */
export const PAUSE_MINUTES = 5;
/** Revisions of one part. When they are this many, what one person writes in a row is one, however long it takes. */
export const MOST_REVISIONS = 1_000;
/** Drafts open at once. */
export const MOST_DRAFTS = 200;

/** The subject of a draft of the facts. */
export const FACTS = 'fakta';

export type DraftState = 'writing' | 'review' | 'approved' | 'published' | 'discarded';
export type RevisionCause = 'start' | 'edit' | 'restore' | 'import' | 'remove' | 'kept';

/** A name as other editors see it: null for somebody whose identity is protected, or nobody known. */
export function shownEditor(name: string | null): string {
  return name ?? 'en kollega';
}

/** One thing that a content may not hold, and where in it. */
export interface ContentProblem {
  path: (string | number)[];
  message: string;
}

/** What is saved: `base` is the revision that the content was made from. */
export interface PartToSave {
  draftId: number;
  part: string;
  base: number;
  content: unknown;
}

/** What saving a part came to. Times are ISO 8601, people are named as they may be shown. */
export type SaveResult =
  /** Stored as it was sent; the next save is made from `revision`. */
  | { kind: 'saved'; revision: number; at: string }
  /**
   * Somebody else had saved other blocks of the same text meanwhile: `content` holds both, is stored, and is
   * what the next save must be made from. (Text typed since sending: `mergeContent(part, sent, typed, content)`.)
   */
  | { kind: 'merged'; revision: number; at: string; content: unknown }
  /**
   * Somebody else's text stands (`content`, null when the part was removed), and this one is put aside as
   * revision `kept`. To use this one after all: save it again with `revision` as its base; when the part was
   * removed, bring it back from the history.
   */
  | { kind: 'conflict'; revision: number; content: unknown; by: string; at: string; kept: number }
  | { kind: 'refused'; problems: ContentProblem[] }
  /** The draft is published or discarded, or there is none with this id. */
  | { kind: 'closed' };

/** What asking to write in a part came to. */
export type HoldResult =
  /** `revision`: the one that stands now. An editor that shows an older one loads it before writing. */
  | { kind: 'mine'; until: string; revision: number }
  /** Somebody else has it open; `since`: when she was last heard of. */
  | { kind: 'held'; by: string; since: string }
  /** The part is let go of, as asked. */
  | { kind: 'released' }
  | { kind: 'closed' };

const SLUG_LENGTH = 60;

/**
 * A slug for a title: `Vad menas med "heder"?` is `vad-menas-med-heder`. One that is taken gets a number
 * after it; a title that begins with a number, or has no letters, the fallback first.
 */
export function slugFor(title: string, fallback: string, isTaken: (slug: string) => boolean): string {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  const named = /^[a-z]/u.test(plain) ? plain : `${fallback}-${plain}`;
  const isShort = named.length <= SLUG_LENGTH;
  const base = (isShort ? named : named.slice(0, SLUG_LENGTH).replace(/-[^-]*$/u, '')).replace(/-+$/u, '');
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!isTaken(slug)) return slug;
  }
}
