/** An address that can be looked up: there is one spelling of each. */
export interface RequestPath {
  /** Decoded, as in the release: `/kurs/del-1/`. */
  path: string;
  /** With its question mark, or empty. */
  search: string;
}

/** A slash, a backslash, a dot or a null byte that was spelled to look like something else. */
const DISGUISED = /%(2f|5c|2e|00)/i;

/**
 * Reads a request's target. Percent signs are decoded once, and whatever could mean one thing to one
 * part of the program and another to the next is refused (null): a disguised or doubled slash, dot
 * segments, backslashes, control characters, percent signs left over, anything but a path.
 */
export function readRequestPath(target: string | undefined): RequestPath | null {
  const [, raw, search = ''] = /^(\/[^?#]*)(\?[^#]*)?$/.exec(target ?? '') ?? [];
  if (raw === undefined || DISGUISED.test(raw)) return null;
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  if (/[\\%]|\/\/|\/\.{1,2}(\/|$)/.test(path) || hasControlCharacter(path)) return null;
  return { path: path.normalize('NFC'), search };
}

/** The path as it stands in an address. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}
