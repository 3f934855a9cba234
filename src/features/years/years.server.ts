import type { Database, Executor, Transaction } from '#db/client.ts';
import { listFactChanges, type FactChange } from '#db/queries/fact-changes.ts';
import { findFirstIndicatorYear, queryIndicator } from '#db/queries/indicator.ts';
import {
  fingerprintFacts,
  insertFixedYear,
  listFixedFigures,
  listFixedYears,
  listRulesOn,
  lockYears,
  type FixedYearRow,
} from '#db/queries/years.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { IndicatorRow } from '#src/features/indicator/indicator.ts';
import { getIndicator } from '#src/features/indicator/indicator.server.ts';
import { suppress } from '#src/features/indicator/suppression.ts';
import { howCounted, indicatorDefinition } from '#src/i18n/indicator.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { hasEnded, lastDayOf, pairFigures, type FigurePair } from './years.ts';
import type { Definition } from './years.schema.ts';

/** A fixed year as everyone may see it: small groups are hidden as when it was fixed (rule 7). */
export interface FixedYear extends Omit<FixedYearRow, 'id' | 'definition' | 'fixedBy'> {
  rows: IndicatorRow[];
}

export type Fixing =
  | { kind: 'fixed'; year: number; revision: number; units: number; fingerprint: string }
  /** Its last day has not passed. */
  | { kind: 'not-ended' }
  /** No organisation is known for its last day. */
  | { kind: 'no-figures' }
  /** It is fixed, and nothing that it was counted from has changed since. */
  | { kind: 'unchanged' }
  /** It is fixed; to fix it again takes a reason. */
  | { kind: 'needs-reason' };

/**
 * Fixes a year (*fastställer*): stores the figures of its last day with the definition and a fingerprint of
 * the facts. A year that is fixed already gets one more revision, with a reason; the earlier ones stay.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function fixYear(
  actor: Actor | 'cli' | null,
  { year, reason }: { year: number; reason?: string | undefined },
  db: Database = getDb(),
): Promise<Fixing> {
  const fixedBy = actor === 'cli' ? null : requireRole(actor, 'samordnare', 'admin').personId;
  if (!hasEnded(year, stockholmToday())) return { kind: 'not-ended' };
  const asOf = lastDayOf(year);
  return db.transaction(async (tx): Promise<Fixing> => {
    await lockYears(tx);
    const [latest] = await listFixedYears(tx, year);
    const { figures, fingerprint } = await countOneMoment(tx, asOf);
    if (figures.length === 0) return { kind: 'no-figures' };
    if (latest?.factsFingerprint === fingerprint) return { kind: 'unchanged' };
    if (latest && !reason) return { kind: 'needs-reason' };
    const revision = (latest?.revision ?? 0) + 1;
    const definition: Definition = {
      text: indicatorDefinition,
      explained: howCounted.map(([term, text]) => [term, text]),
      rules: await listRulesOn(tx, asOf),
    };
    const row = { year, revision, asOf, definition, factsFingerprint: fingerprint, fixedBy };
    await insertFixedYear(tx, { ...row, reason: latest ? (reason ?? null) : null }, figures);
    return { kind: 'fixed', year, revision, units: figures.length, fingerprint };
  });
}

const MOST_TRIES = 5;

/** Figures and fingerprint of the same facts: counted again when any of them changed meanwhile. */
async function countOneMoment(tx: Transaction, asOf: string) {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await fingerprintFacts(tx, asOf);
    const figures = await queryIndicator(tx, { asOf });
    const fingerprint = await fingerprintFacts(tx, asOf);
    if (fingerprint === before) return { figures, fingerprint };
  }
  throw new AppError('invariant-broken', 'the facts of an ended year never stand still');
}

/** The latest revision of a fixed year, hidden as for everyone; null when it is not fixed. */
export async function findFixedYear(year: number, db: Executor = getDb()): Promise<FixedYear | null> {
  const [latest] = await listFixedYears(db, year);
  if (!latest) return null;
  const { id, definition: _definition, fixedBy: _fixedBy, ...rest } = latest;
  return { ...rest, rows: suppress(await listFixedFigures(db, id)) };
}

/** A year on the coordinator's page. */
export interface YearSummary {
  year: number;
  /** The municipality's outcome as it is counted today; null where hidden or nobody was employed. */
  now: IndicatorRow | null;
  fixed: { revision: number; fixedAt: Date; row: IndicatorRow | null } | null;
}

/**
 * Every year that has ended since the first with figures, the latest first.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function listYears(actor: Actor | null): Promise<YearSummary[]> {
  requireRole(actor, 'samordnare', 'admin');
  const db = getDb();
  const lastYear = Number(stockholmToday().slice(0, 4)) - 1;
  const firstYear = (await findFirstIndicatorYear(db)) ?? lastYear + 1;
  const years = Array.from({ length: Math.max(0, lastYear - firstYear + 1) }, (_, index) => lastYear - index);
  return Promise.all(
    years.map(async (year): Promise<YearSummary> => {
      const [[fixed], now] = await Promise.all([
        listFixedYears(db, year),
        getIndicator(actor, { asOf: lastDayOf(year), topOnly: true }),
      ]);
      return {
        year,
        now: now.kind === 'ok' ? (now.rows[0] ?? null) : null,
        fixed: fixed ? { ...fixed, row: await findFixedTop(db, fixed.id) } : null,
      };
    }),
  );
}

/** Whether a municipality itself is hidden does not depend on the units below it. */
async function findFixedTop(db: Executor, fixedYearId: number): Promise<IndicatorRow | null> {
  return suppress(await listFixedFigures(db, fixedYearId, { topOnly: true }))[0] ?? null;
}

/** Everything about one fixed year, for the coordinator. */
export interface YearDetail {
  year: number;
  asOf: string;
  /** The latest first. */
  revisions: FixedYearRow[];
  pairs: FigurePair[];
  changes: FactChange[];
  /** Whether the facts are those that were fixed. */
  isUnchanged: boolean;
}

/**
 * A fixed year beside what the facts give now, and what has changed since; null when it is not fixed.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showYear(actor: Actor | 'cli' | null, year: number): Promise<YearDetail | null> {
  if (actor !== 'cli') requireRole(actor, 'samordnare', 'admin');
  const db = getDb();
  const revisions = await listFixedYears(db, year);
  const [latest] = revisions;
  if (!latest) return null;
  const { asOf } = latest;
  const [figures, now, changes, fingerprint] = await Promise.all([
    listFixedFigures(db, latest.id),
    getIndicator(null, { asOf }),
    listFactChanges(db, asOf, latest.fixedAt),
    fingerprintFacts(db, asOf),
  ]);
  return {
    year,
    asOf,
    revisions,
    pairs: pairFigures(suppress(figures), now.kind === 'ok' ? now.rows : []),
    changes,
    isUnchanged: fingerprint === latest.factsFingerprint,
  };
}
