/** Which characters a text may hold, in the editor, in files and in the database alike. */

/** Characters that no text may hold: control characters, lone surrogates and what turns the direction of writing. */
const FORBIDDEN =
  /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\p{Noncharacter_Code_Point}]|[\ud800-\udfff]/gu;

/** The place of the first character that no text may hold; -1 when there is none. */
export function forbiddenAt(text: string): number {
  return text.search(FORBIDDEN);
}

/** A text without the characters that cannot stand in one; a line break or a tab becomes a space. Letters in NFC. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')
    .replace(FORBIDDEN, '')
    .normalize('NFC');
}

/** A text that stands on a line of its own: cleaned, with single spaces and none around it. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/ {2,}/g, ' ').replace(/^ | $/g, '');
}
