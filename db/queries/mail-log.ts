import { asc, count, desc, eq, gte, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { notification, notificationSwitch, quietPeriod } from '../schema/notifications.ts';
import type { NotificationKind, NotificationStatus } from './notifications.ts';

/** How many mails there are of each kind and status, of those written since a moment. */
export async function countMails(
  db: Executor,
  since: Date,
): Promise<{ kind: NotificationKind; status: NotificationStatus; mails: number }[]> {
  return db
    .select({ kind: notification.kind, status: notification.status, mails: count() })
    .from(notification)
    .where(gte(notification.createdAt, since))
    .groupBy(notification.kind, notification.status);
}

/** A mail as the log shows it: not to whom. */
export interface LoggedMail {
  id: string;
  kind: NotificationKind;
  status: NotificationStatus;
  tries: number;
  lastError: string | null;
  createdAt: Date;
}

/** The latest mails, newest first; of one status if asked. */
export async function listMails(
  db: Executor,
  { status, limit }: { status: NotificationStatus | null; limit: number },
): Promise<LoggedMail[]> {
  return db
    .select({
      id: notification.id,
      kind: notification.kind,
      status: notification.status,
      tries: notification.tries,
      lastError: notification.lastError,
      createdAt: notification.createdAt,
    })
    .from(notification)
    .where(status === null ? undefined : eq(notification.status, status))
    .orderBy(desc(notification.createdAt), desc(notification.id))
    .limit(limit);
}

/** The kinds of mail that are switched off. */
export async function listKindsOff(db: Executor): Promise<NotificationKind[]> {
  const rows = await db
    .select({ kind: notificationSwitch.kind })
    .from(notificationSwitch)
    .where(eq(notificationSwitch.isOn, false));
  return rows.map(({ kind }) => kind);
}

/** Switches kinds of mail on or off. */
export async function setKinds(
  db: Executor,
  kinds: readonly { kind: NotificationKind; isOn: boolean }[],
): Promise<void> {
  await db
    .insert(notificationSwitch)
    .values([...kinds])
    .onConflictDoUpdate({ target: notificationSwitch.kind, set: { isOn: sql`excluded.is_on` } });
}

/** Days on which nothing is sent, both included. */
export interface StoredQuietPeriod {
  id: number;
  from: string;
  until: string;
  note: string | null;
}

/** The quiet periods, first first. */
export async function listQuietPeriods(db: Executor): Promise<StoredQuietPeriod[]> {
  return db
    .select({
      id: quietPeriod.id,
      from: sql<string>`lower(${quietPeriod.valid})::text`,
      until: sql<string>`(upper(${quietPeriod.valid}) - 1)::text`,
      note: quietPeriod.note,
    })
    .from(quietPeriod)
    .orderBy(asc(sql`lower(${quietPeriod.valid})`), asc(quietPeriod.id));
}

/** Adds a quiet period, both days included. */
export async function insertQuietPeriod(
  db: Executor,
  { from, until, note }: { from: string; until: string; note: string | null },
): Promise<void> {
  await db.insert(quietPeriod).values({ valid: `[${from},${until}]`, note });
}

/** Removes a quiet period; nothing happens when it is gone already. */
export async function deleteQuietPeriod(db: Executor, id: number): Promise<void> {
  await db.delete(quietPeriod).where(eq(quietPeriod.id, id));
}
