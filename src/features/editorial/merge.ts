import { diffArrays } from 'diff';
import { canonicalJson } from '#src/features/documents/canonical-json.ts';

type Fields = Record<string, unknown>;

/** Whether two contents say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  // A field that is not there is another thing than one without a value.
  if ((one === undefined) !== (other === undefined)) return false;
  return canonicalJson(one) === canonicalJson(other);
}

/** The parts where two people's changes can be put together: texts, which consist of blocks and fields. */
export function isMergeable(part: string): boolean {
  return part === 'modul' || part.startsWith('avsnitt/');
}

/**
 * What two people have made of the same text, put together: each block and each field that only one of
 * them has changed is as she left it. Null when both have changed the same one, or put something in at the
 * same place: then somebody has to choose. Nothing that either of them wrote is missing from the result.
 */
export function mergeContent(part: string, base: unknown, mine: unknown, theirs: unknown): unknown {
  if (!isMergeable(part) || !isFields(base) || !isFields(mine) || !isFields(theirs)) return null;
  return mergeFields(base, mine, theirs, (from, one, other) => {
    if (isBody(from) && isBody(one) && isBody(other)) {
      const content = mergeLists(from.content, one.content, other.content);
      return content && { type: 'doc', content };
    }
    return isFields(from) && isFields(one) && isFields(other)
      ? mergeFields(from, one, other, mergeField)
      : null;
  });
}

function mergeField(base: unknown, mine: unknown, theirs: unknown): unknown {
  const isList = Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs);
  return isList ? mergeLists(base, mine, theirs) : null;
}

type MergeBoth = (base: unknown, mine: unknown, theirs: unknown) => unknown;

/** Merges field by field; `mergeBoth` is asked for those that both have changed, and answers null for a conflict. */
function mergeFields(base: Fields, mine: Fields, theirs: Fields, mergeBoth: MergeBoth): Fields | null {
  const merged: Fields = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [from, one, other] = [base[key], mine[key], theirs[key]];
    const taken = isSame(one, other) || isSame(other, from) ? one : isSame(one, from) ? other : undefined;
    const isDecided = isSame(one, other) || isSame(other, from) || isSame(one, from);
    const value = isDecided ? taken : mergeBoth(from, one, other);
    if (!isDecided && value === null) return null;
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/** What one has put in the place of the base's items from `from` up to `to`, which is not included. */
interface Change {
  from: number;
  to: number;
  items: unknown[];
}

/**
 * Merges lists of items that are the same or not: paragraphs, pieces, sources. Changes of different items
 * are both made; null where they meet.
 */
export function mergeLists(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
): unknown[] | null {
  const others = changesOf(base, theirs);
  const all = [...others];
  for (const change of changesOf(base, mine)) {
    const met = others.filter((other) => doMeet(change, other));
    const isTheSame = met.length === 1 && isSame(met[0], change);
    if (met.length > 0 && !isTheSame) return null;
    if (!isTheSame) all.push(change);
  }
  const merged: unknown[] = [];
  let next = 0;
  for (const { from, to, items } of all.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    merged.push(...base.slice(next, from), ...items);
    next = to;
  }
  return [...merged, ...base.slice(next)];
}

/** Whether two changes concern the same item, or put something in at the same place. */
function doMeet(one: Change, other: Change): boolean {
  if (one.from === one.to && other.from === other.to) return one.from === other.from;
  return one.from < other.to && other.from < one.to;
}

function changesOf(base: readonly unknown[], changed: readonly unknown[]): Change[] {
  const texts = (list: readonly unknown[]) => list.map(canonicalJson);
  const changes: Change[] = [];
  let [at, place] = [0, 0];
  for (const { added, removed, count } of diffArrays(texts(base), texts(changed))) {
    const last = changes.at(-1);
    const change = last?.to === at && (added || removed) ? last : { from: at, to: at, items: [] };
    if (change !== last && (added || removed)) changes.push(change);
    if (removed) change.to += count;
    if (added) change.items.push(...changed.slice(place, place + count));
    if (!added) at += count;
    if (!removed) place += count;
  }
  return changes;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBody(value: unknown): value is { type: 'doc'; content: unknown[] } {
  return isFields(value) && value['type'] === 'doc' && Array.isArray(value['content']);
}
