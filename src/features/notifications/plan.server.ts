import { sql } from 'drizzle-orm';
import { listMailFacts } from '#db/queries/mail-facts.ts';
import { listKindsOff, listQuietPeriods } from '#db/queries/mail-log.ts';
import { insertNotifications, lockPlanning } from '#db/queries/notifications.ts';
import type { Executor, Transaction } from '#db/client.ts';
import { now, stockholmDate } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { mailSettings } from './mail-settings.ts';
import { plannedMail } from './mails.ts';
import {
  DAYS_BEFORE_EXPIRY,
  DAYS_BETWEEN_MAILS,
  DAYS_TO_COMPLETE,
  isDigestDay,
  planMail,
  type PersonFacts,
  type Plan,
} from './planner.ts';
import { isMailDay } from './quiet.ts';

/** What the planner would do on a day. */
export interface Planning {
  plans: Plan[];
  /** Those whom something would have been said to, had they an address. */
  withoutAddress: number;
}

/**
 * Writes the day's mails into the outbox: to each person at most one, and nothing that has been told
 * before, however many planners there are. Does nothing on days when nothing is sent, and where no
 * mail server is set. Returns how many were written.
 */
export async function planMails(): Promise<number> {
  const settings = mailSettings();
  if (!settings) return 0;
  return getDb().transaction(async (tx) => {
    await takeTime(tx);
    await lockPlanning(tx);
    const moment = now();
    const { plans } = await readPlanning(tx, stockholmDate(moment));
    const mails = plans.map(({ person, kind, key, items, contents }) => ({
      ...plannedMail(contents, settings.origin),
      personId: person.personId,
      kind,
      key,
      items,
      createdAt: moment,
      dueAt: moment,
    }));
    return insertNotifications(tx, mails);
  });
}

/** With very many employees the question takes longer than a page may. */
export async function takeTime(tx: Transaction): Promise<void> {
  await tx.execute(sql`set local statement_timeout = '15min'`);
  await tx.execute(sql`set local lock_timeout = 0`);
}

/** Who would get what on a day, as things are known now. Changes nothing. */
export async function readPlanning(db: Executor, day: string): Promise<Planning> {
  const periods = await listQuietPeriods(db);
  if (!isMailDay(day, periods)) return { plans: [], withoutAddress: 0 };
  const isOff = new Set(await listKindsOff(db));
  const people: PersonFacts[] = await listMailFacts(db, {
    day,
    daysToComplete: DAYS_TO_COMPLETE,
    daysBeforeExpiry: DAYS_BEFORE_EXPIRY[0],
    recentDays: DAYS_BETWEEN_MAILS,
    withStanding: isDigestDay(day) && !isOff.has('digest'),
  });
  const plans: Plan[] = [];
  let withoutAddress = 0;
  for (const person of people) {
    const plan = planMail({ ...person, hasAddress: true }, day, isOff);
    if (!plan) continue;
    if (person.hasAddress) plans.push(plan);
    else withoutAddress += 1;
  }
  return { plans, withoutAddress };
}
