import { diffArrays, diffWords } from 'diff';
import { slugOfPart, type DraftPart } from '#src/features/documents/parts.ts';
import { canonicalJson } from '#src/features/documents/canonical-json.ts';
import { readingWords } from '#src/i18n/reading-words.ts';
import { nameOfPart, readingLines } from './reading-lines.ts';

/** A piece of a line: as it was and is, only new, or only old. */
export interface TextPiece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What has changed in a part. No lines: only what does not show in its words, such as bold type. */
export interface PartChange {
  part: string;
  name: string;
  kind: 'added' | 'removed' | 'changed';
  lines: TextPiece[][];
}

/** Changed lines that one page shows: what is approved is to be seen, also of a module written anew. */
export const MOST_LINES = 2_000;
/** The first of them are compared word by word. */
const MOST_IN_WORDS = 400;
const LONGEST_LINE = 4_000;
/**
 * Differences that are looked for, among the lines of a part and among the words of a line: what it costs grows
 * with their square. What differs in more is shown as all of the old and all of the new.
 */
const MOST_CHANGED_LINES = 600;
const MOST_CHANGED_WORDS = 60;

/** What differs between two states of a module or of the facts, part by part, as text to read. */
export function compareParts(before: readonly DraftPart[], after: readonly DraftPart[]): PartChange[] {
  const was = new Map(before.map((one) => [one.part, one.content]));
  const is = new Map(after.map((one) => [one.part, one.content]));
  const names = [...new Set([...is.keys(), ...was.keys()])];
  let left = MOST_IN_WORDS;
  return names.flatMap((part): PartChange[] => {
    const [old, next] = [was.get(part), is.get(part)];
    const isEmpty = (content: unknown) => content === undefined || content === null;
    if (isEmpty(old) && isEmpty(next)) return [];
    const name = nameOfPart(part, isEmpty(next) ? old : next);
    const order = (parts: readonly DraftPart[]) => (part === 'modul' ? orderOfSections(parts) : []);
    const lines = compareLines(
      [...readingLines(part, old), ...order(before)],
      [...readingLines(part, next), ...order(after)],
      left,
    );
    left = Math.max(0, left - lines.length);
    if (isEmpty(old)) return [{ part, name, kind: 'added', lines }];
    if (isEmpty(next)) return [{ part, name, kind: 'removed', lines }];
    if (lines.length === 0 && canonicalJson(old) === canonicalJson(next)) return [];
    return [{ part, name, kind: 'changed', lines }];
  });
}

/** The lines that differ, in order: changed words within the first `most` lines, or whole lines. */
export function compareLines(
  before: readonly string[],
  after: readonly string[],
  most = MOST_IN_WORDS,
): TextPiece[][] {
  const lines: TextPiece[][] = [];
  let removed: string[] = [];
  const flush = (added: readonly string[]) => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1)
      lines.push(compareLine(removed[index], added[index], lines.length < most));
    removed = [];
  };
  const changes = diffArrays([...before], [...after], { maxEditLength: MOST_CHANGED_LINES }) ?? [
    { value: [...before], removed: true, added: false },
    { value: [...after], removed: false, added: true },
  ];
  for (const change of changes) {
    if (change.removed) {
      flush([]);
      removed = change.value;
    } else flush(change.added ? change.value : []);
  }
  flush([]);
  return lines;
}

function compareLine(before: string | undefined, after: string | undefined, isInWords: boolean): TextPiece[] {
  if (before === undefined) return [{ kind: 'added', text: after ?? '' }];
  if (after === undefined) return [{ kind: 'removed', text: before }];
  const whole: TextPiece[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  if (!isInWords || before.length + after.length > LONGEST_LINE) return whole;
  const words = diffWords(before, after, { maxEditLength: MOST_CHANGED_WORDS });
  if (!words) return whole;
  const pieces = words.map(({ added, removed, value }): TextPiece => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value };
  });
  const kept = pieces.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.length, 0);
  // Two different sentences share only small words: easier to read one after the other.
  return kept * 3 < Math.min(before.length, after.length) ? whole : pieces;
}

function orderOfSections(parts: readonly DraftPart[]): string[] {
  return parts
    .filter(({ part }) => slugOfPart(part) !== null)
    .toSorted((a, b) => a.position - b.position)
    .map((one, index) => readingWords.sectionAt(index + 1, nameOfPart(one.part, one.content)));
}
