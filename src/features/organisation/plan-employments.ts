import type { StoredEmployment } from './organisation.ts';

/** An employment as a row of the file describes it. */
export type ClaimedEmployment = Omit<StoredEmployment, 'id'>;

export interface EmploymentChanges {
  inserted: ClaimedEmployment[];
  updated: { before: StoredEmployment; after: StoredEmployment }[];
  /** Began on the very day that they turned out not to be there. */
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

/**
 * What the file's rows for one person change in the stored employments. The rows never overlap in one
 * unit; neither does the result. With `endMissing`, employments that cover the day and are not in the
 * file end that day.
 *
 * What was before the day is not rewritten by how an HR system writes its rows: many keep the first day
 * of the whole employment when a person changes unit or contract. So a row in a new unit that is not later
 * than the employment it takes over from begins on the day of the import, and a row in the same unit
 * never cuts off an employment's beginning, nor fills a gap that is known.
 */
export function planEmployments(
  stored: readonly StoredEmployment[],
  claimed: readonly ClaimedEmployment[],
  { asOf, endMissing }: { asOf: string; endMissing: boolean },
): EmploymentChanges {
  const match = matchClaims(stored, claimed);
  const matched = new Set(match.values());
  const others = stored.filter((it) => !matched.has(it));
  const missing = endMissing ? others.filter((it) => covers(it, asOf)) : [];
  const leaving = missing.filter(({ from }) => from < asOf);
  const changes: EmploymentChanges = {
    inserted: [],
    updated: leaving.map((before) => ({ before, after: { ...before, until: asOf } })),
    removed: missing.filter(({ from }) => from >= asOf),
    unchanged: others.filter((it) => !missing.includes(it)),
  };
  for (const claim of claimed) {
    const known = match.get(claim);
    const takesOver = leaving.some(
      (left) => left.unitCode !== claim.unitCode && claim.from <= left.from && covers(claim, asOf),
    );
    if (!known) changes.inserted.push(takesOver ? { ...claim, from: asOf } : claim);
    else if (takesOver && known.until !== null && known.until <= asOf) {
      changes.unchanged.push(known);
      changes.inserted.push({ ...claim, from: asOf });
    } else {
      const after = { ...claim, id: known.id, from: firstDay(known, claim, { stored, claimed, matched }) };
      if (isSame(known, after)) changes.unchanged.push(known);
      else changes.updated.push({ before: known, after });
    }
  }
  return changes;
}

/** Which stored employment each row is about: the last in the same unit that shares a day with it. */
function matchClaims(
  stored: readonly StoredEmployment[],
  claimed: readonly ClaimedEmployment[],
): Map<ClaimedEmployment, StoredEmployment> {
  const match = new Map<ClaimedEmployment, StoredEmployment>();
  const latestFirst = (a: Range, b: Range) => (a.from < b.from ? 1 : -1);
  const free = [...stored].sort(latestFirst);
  for (const claim of [...claimed].sort(latestFirst)) {
    const at = free.findIndex((it) => it.unitCode === claim.unitCode && overlaps(it, claim));
    const [found] = at < 0 ? [] : free.splice(at, 1);
    if (found) match.set(claim, found);
  }
  return match;
}

function firstDay(
  known: StoredEmployment,
  claim: ClaimedEmployment,
  all: {
    stored: readonly StoredEmployment[];
    claimed: readonly ClaimedEmployment[];
    matched: ReadonlySet<StoredEmployment>;
  },
): string {
  const inUnit = (it: ClaimedEmployment) => it.unitCode === claim.unitCode;
  if (known.from < claim.from) {
    const kept = { from: known.from, until: claim.until };
    const isShared = all.claimed.some((it) => it !== claim && inUnit(it) && overlaps(it, kept));
    return isShared ? claim.from : known.from;
  }
  const added = { from: claim.from, until: known.from };
  const tookOver = all.stored.some((it) => !inUnit(it) && it.until === known.from && claim.from <= it.from);
  const isKnownGap = all.stored.some((it) => inUnit(it) && !all.matched.has(it) && overlaps(it, added));
  return tookOver || isKnownGap ? known.from : claim.from;
}

function isSame(before: StoredEmployment, after: StoredEmployment): boolean {
  return (
    before.from === after.from &&
    before.until === after.until &&
    before.title === after.title &&
    before.isManager === after.isManager
  );
}
