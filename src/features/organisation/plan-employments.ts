import type { StoredEmployment } from './organisation.ts';

/** An employment as a row of the file describes it. */
export type ClaimedEmployment = Omit<StoredEmployment, 'id'>;

export interface EmploymentChanges {
  inserted: ClaimedEmployment[];
  updated: { before: StoredEmployment; after: StoredEmployment }[];
  /** Not there after all, or part of a longer one. */
  removed: StoredEmployment[];
  unchanged: StoredEmployment[];
}

type Range = Pick<StoredEmployment, 'from' | 'until'>;

const NEVER = '9999-12-31';

/** Whether two employments share a day. */
export function overlaps(a: Range, b: Range): boolean {
  return a.from < (b.until ?? NEVER) && b.from < (a.until ?? NEVER);
}

/** Whether an employment covers a day. */
export function covers({ from, until }: Range, day: string): boolean {
  return from <= day && day < (until ?? NEVER);
}

interface ImportDay {
  asOf: string;
  /** The file is complete: employments that cover the day and are not in it end that day. */
  endMissing: boolean;
}

/** The other units' employments that no row is about: those that end now, and those that had ended. */
interface Elsewhere {
  leaving: StoredEmployment[];
  ended: StoredEmployment[];
}

/**
 * What the file's rows for one person change in the stored employments. Rows never overlap in one unit;
 * neither does the result.
 *
 * From the day of the import on, the rows are right. Days before it are only added where a row claims
 * them, and only taken away where a row of the unit ends; how an HR system writes its rows does not
 * rewrite them. Many keep the first day of the whole employment when a person changes unit or contract,
 * so a row in a new unit that is not later than the employment it takes over from begins on the day of the
 * import, and a row in the same unit neither cuts off its beginning nor fills a gap that is known.
 */
export function planEmployments(
  stored: readonly StoredEmployment[],
  claimed: readonly ClaimedEmployment[],
  day: ImportDay,
): EmploymentChanges {
  const unmentioned = stored.filter((it) => !claimed.some((claim) => isAbout(claim, it)));
  const leaving = unmentioned.filter((it) => day.endMissing && covers(it, day.asOf) && it.from < day.asOf);
  const ended = unmentioned.filter(({ until }) => until !== null && until <= day.asOf);
  const changes: EmploymentChanges = { inserted: [], updated: [], removed: [], unchanged: [] };
  for (const unitCode of new Set([...stored, ...claimed].map((it) => it.unitCode))) {
    const isHere = (it: ClaimedEmployment) => it.unitCode === unitCode;
    const isElsewhere = (it: ClaimedEmployment) => it.unitCode !== unitCode;
    const elsewhere = { leaving: leaving.filter(isElsewhere), ended: ended.filter(isElsewhere) };
    planUnit(
      stored.filter(isHere),
      claimed.filter(isHere).sort(byFirstDay),
      { ...day, ...elsewhere },
      changes,
    );
  }
  return changes;
}

/** A stored employment and what is left of it beside the rows, which may be nothing. */
interface Piece {
  it: StoredEmployment;
  rest: StoredEmployment;
}

function planUnit(
  stored: StoredEmployment[],
  claims: ClaimedEmployment[],
  day: ImportDay & Elsewhere,
  changes: EmploymentChanges,
): void {
  const pieces = stored.map((it): Piece => ({ it, rest: { ...it, until: keptUntil(it, claims, day) } }));
  const free = new Set(pieces);
  /** Part of a row's employment, and not yet the one that lives on as it. */
  const spare = new Set<StoredEmployment>();
  for (const [index, claim] of claims.entries()) {
    const later = claims.slice(index + 1);
    const row = { ...claim, from: firstDay(claim, later, pieces, day) };
    const parts = [...free].filter((piece) => isPartOf(piece, row, claim));
    for (const part of parts) {
      free.delete(part);
      spare.add(part.it);
    }
    const days = [row, ...parts.map(({ rest }) => rest).filter((rest) => !isEmpty(rest))];
    const whole = { ...row, from: days.sort(byFirstDay)[0]?.from ?? row.from };
    const candidates = [...spare].filter((it) => isAbout(claim, it) || parts.some((part) => part.it === it));
    const heir = chooseHeir(candidates, whole, later);
    if (heir) spare.delete(heir);
    if (!heir) changes.inserted.push(whole);
    else if (isSame(heir, whole)) changes.unchanged.push(heir);
    else changes.updated.push({ before: heir, after: { ...whole, id: heir.id } });
  }
  changes.removed.push(...spare);
  for (const { it, rest } of free) {
    if (isEmpty(rest)) changes.removed.push(it);
    else if (rest.until === it.until) changes.unchanged.push(it);
    else changes.updated.push({ before: it, after: rest });
  }
}

/** Whether a piece goes into the row's employment: shares a day with it, or goes right on into it. */
function isPartOf({ it, rest }: Piece, row: ClaimedEmployment, claim: ClaimedEmployment): boolean {
  if (isEmpty(rest)) return overlaps(it, row);
  return overlaps(rest, row) || (rest.until === row.from && row.from === claim.from && overlaps(it, claim));
}

/** The stored employment that lives on as the row's: the same if there is one. */
function chooseHeir(
  candidates: StoredEmployment[],
  whole: ClaimedEmployment,
  later: ClaimedEmployment[],
): StoredEmployment | undefined {
  return candidates.find((it) => isSame(it, whole)) ?? lastOwn(candidates, later);
}

/** The last one, rather one that no later row is about. */
function lastOwn(candidates: StoredEmployment[], later: ClaimedEmployment[]): StoredEmployment | undefined {
  const own = candidates.filter((it) => !later.some((claim) => isAbout(claim, it)));
  return own.at(-1) ?? candidates.at(-1);
}

/** The first day that a stored employment no longer has by itself, apart from what rows claim. */
function keptUntil(it: StoredEmployment, claims: ClaimedEmployment[], { asOf, endMissing }: ImportDay) {
  const about = claims.filter((claim) => isAbout(claim, it));
  const [first] = about;
  if (!first) return endMissing && covers(it, asOf) ? asOf : it.until;
  const ends = about.flatMap(({ until }) => (until === null ? [] : [until]));
  const handover = !endMissing && first.from > asOf ? first.from : asOf;
  return [handover, ...ends, it.until ?? NEVER].sort()[0] ?? handover;
}

/** The day that a row counts from. */
function firstDay(
  claim: ClaimedEmployment,
  later: ClaimedEmployment[],
  pieces: Piece[],
  { asOf, leaving, ended }: ImportDay & Elsewhere,
): string {
  const about = pieces.map(({ it }) => it).filter((it) => isAbout(claim, it) && it.from <= asOf);
  const known = lastOwn(about.sort(byFirstDay), later);
  const takesOver = covers(claim, asOf) && leaving.some(({ from }) => claim.from <= from);
  const isAway = !known || (known.until !== null && known.until <= asOf);
  if (takesOver && isAway) return asOf;
  if (!known || known.from <= claim.from) return claim.from;
  const before = { from: claim.from, until: known.from };
  const isKnownGap = pieces.some(({ it, rest }) => it !== known && !isEmpty(rest) && overlaps(rest, before));
  const tookOver = ended.some(({ from, until }) => until === known.from && claim.from <= from);
  return isKnownGap || tookOver ? known.from : claim.from;
}

function isAbout(claim: ClaimedEmployment, it: StoredEmployment): boolean {
  return claim.unitCode === it.unitCode && overlaps(claim, it);
}

function isEmpty({ from, until }: Range): boolean {
  return until !== null && until <= from;
}

function byFirstDay(a: Range, b: Range): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}

function isSame(a: ClaimedEmployment, b: ClaimedEmployment): boolean {
  return a.from === b.from && a.until === b.until && a.title === b.title && a.isManager === b.isManager;
}
