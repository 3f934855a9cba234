import { listDepartmentNames } from '#db/queries/mail-facts.ts';
import { listQuietPeriods } from '#db/queries/mail-log.ts';
import type { NotificationKind } from '#db/queries/notifications.ts';
import type { Executor } from '#db/client.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { mailSettings } from './mail-settings.ts';
import { plannedMail } from './mails.ts';
import { PLANNED_KINDS, type Plan } from './planner.ts';
import { readPlanning, takeTime } from './plan.server.ts';
import { nextMailDay } from './quiet.ts';

/** What the next run would write, in numbers. */
export interface PreviewTotals {
  day: string;
  total: number;
  protectedPeople: number;
  withoutAddress: number;
  kinds: readonly NotificationKind[];
  /** Of each förvaltning by name, null for people in none; people with protected identity only in the last row, `total`. */
  rows: { name: string | null; counts: number[] }[];
  totals: number[];
}

/** Who would get what on the next day when mails are sent, per förvaltning and kind; null: no such day within two years. */
export async function countPreview(db: Executor): Promise<PreviewTotals | null> {
  const day = nextMailDay(stockholmToday(), await listQuietPeriods(db));
  if (day === null) return null;
  const { plans, withoutAddress } = await readPlanning(db, day);
  const departments = await listDepartmentNames(db, day);
  const named = new Map<string | null, Plan[]>();
  for (const plan of plans.filter(({ person }) => !person.isProtected)) {
    const name = departments.get(plan.person.personId) ?? null;
    named.set(name, [...(named.get(name) ?? []), plan]);
  }
  const count = (some: readonly Plan[]) =>
    PLANNED_KINDS.map((kind) => some.filter((plan) => plan.kind === kind).length);
  const names = [...named.keys()].sort((a, b) =>
    a === null ? 1 : b === null ? -1 : a.localeCompare(b, 'sv'),
  );
  return {
    day,
    total: plans.length,
    protectedPeople: plans.filter(({ person }) => person.isProtected).length,
    withoutAddress,
    kinds: PLANNED_KINDS,
    rows: names.map((name) => ({ name, counts: count(named.get(name) ?? []) })),
    totals: count(plans),
  };
}

/** One mail of a run. */
export interface PreviewMail {
  employeeNumber: string;
  kind: NotificationKind;
  subject: string;
  /** What makes it the same as another. */
  key: string;
}

export interface PreviewList {
  day: string | null;
  /** People with protected identity are not among them, only counted. */
  mails: PreviewMail[];
  protectedPeople: number;
  withoutAddress: number;
}

/**
 * Exactly who would get what on a day, or on the next one when mails are sent, by employee number. For
 * the administrator of the installation, on the command line.
 */
export async function listPreview(
  _actor: 'cli',
  choice: { day?: string | undefined; kind?: NotificationKind | undefined },
): Promise<PreviewList> {
  const db = getDb();
  const day = choice.day ?? nextMailDay(stockholmToday(), await listQuietPeriods(db));
  if (day === null) return { day, mails: [], protectedPeople: 0, withoutAddress: 0 };
  const { plans, withoutAddress } = await db.transaction(async (tx) => {
    await takeTime(tx);
    return readPlanning(tx, day);
  });
  const chosen = plans.filter(({ kind }) => choice.kind === undefined || kind === choice.kind);
  const origin = mailSettings()?.origin ?? 'https://exempel.se';
  const mails = chosen
    .filter(({ person }) => !person.isProtected)
    .map(({ person, kind, items, contents }) => ({
      employeeNumber: person.employeeNumber ?? '',
      kind,
      subject: plannedMail(contents, origin).subject,
      key: items.map((item) => item.replace(` ${person.personId}`, '')).join(', '),
    }))
    .sort((a, b) => a.employeeNumber.localeCompare(b.employeeNumber, 'sv', { numeric: true }));
  return { day, mails, protectedPeople: chosen.length - mails.length, withoutAddress };
}
