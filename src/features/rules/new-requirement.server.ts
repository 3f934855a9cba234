import type { Transaction } from '#db/client.ts';
import { queryIndicator } from '#db/queries/indicator.ts';
import { countStanding, insertVersionRequirement } from '#db/queries/version-requirements.ts';
import { addDays, now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { describeWhatIf, type WhatIf } from './what-if.ts';

/** A version of a course that becomes a new requirement. */
export interface NewRequirement {
  moduleSlug: string;
  /** Of the version. */
  versionId: number;
  reason: string;
  /** The last day that older versions count. */
  until: string;
}

/**
 * Makes a version a new requirement and tells what that changes on the first day that older versions do
 * not count. For a transaction that is rolled back, so that it is counted exactly as when it is saved.
 */
export async function measureNewRequirement(
  tx: Transaction,
  wanted: NewRequirement,
  recordedBy: string,
): Promise<WhatIf> {
  const day = addDays(wanted.until, 1);
  const before = await queryIndicator(tx, { asOf: day });
  const top = before.filter(({ depth }) => depth <= 1).map(({ code }) => code);
  const course = { day, moduleSlug: wanted.moduleSlug };
  const had = await countStanding(tx, course, top);
  await storeNewRequirement(tx, wanted, recordedBy);
  const after = await queryIndicator(tx, { asOf: day });
  const have = new Map((await countStanding(tx, course, top)).map((row) => [row.code, row.having]));
  const concerned = had.map(({ code, required, having }) => {
    const lacking = having - (have.get(code) ?? 0);
    return { code, changed: required, added: 0, removed: 0, lacking };
  });
  return describeWhatIf({ day, before, after, concerned, unitCode: null, audience: null });
}

/** Stores that a version is a new requirement. */
export async function storeNewRequirement(
  tx: Transaction,
  { versionId, reason, until }: NewRequirement,
  recordedBy: string,
): Promise<void> {
  await insertVersionRequirement(tx, {
    moduleVersionId: versionId,
    olderCountUntil: until,
    reason,
    recordedBy,
    recordedAt: now(),
  });
}

/** Carries the result out of the transaction that is rolled back. */
class TriedOut<Result> extends Error {
  readonly result: Result;

  constructor(result: Result) {
    super('tried out');
    this.result = result;
  }
}

/** Does something in a transaction that is rolled back, and gives its result. */
export async function tryOut<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  try {
    return await getDb().transaction(
      async (tx) => {
        throw new TriedOut(await work(tx));
      },
      { isolationLevel: 'repeatable read' },
    );
  } catch (error) {
    if (error instanceof TriedOut) return error.result as Result;
    throw error;
  }
}
