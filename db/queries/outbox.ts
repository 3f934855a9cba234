import { eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { notification, notificationItem, notificationTry } from '../schema/notifications.ts';
import type { NotificationKind } from './notifications.ts';

/** A mail that is to be sent now, locked for the transaction that reads it. */
export interface ClaimedMail {
  id: string;
  kind: NotificationKind;
  messageId: string;
  subject: string;
  text: string;
  html: string;
  createdAt: Date;
  tries: number;
  /** As it is now; null: the person has none. */
  address: string | null;
  isEmployed: boolean;
}

/**
 * Takes the mail that has waited longest of those that are due and may be sent; null: there is none.
 * Nobody else gets it before the transaction ends, and if it never does, as when the process is
 * killed, the mail is free again.
 */
export async function claimMail(
  tx: Transaction,
  { moment, day, kinds }: { moment: Date; day: string; kinds: readonly NotificationKind[] },
): Promise<ClaimedMail | null> {
  if (kinds.length === 0) return null;
  const [row] = await tx.execute<Omit<ClaimedMail, 'createdAt'> & { createdAt: string }>(sql`
    select n.id, n.kind, n.message_id as "messageId", n.subject, n.text, n.html, n.created_at as "createdAt",
      n.tries, nullif(p.email, '') as address,
      exists (select from employment e where e.person_id = p.id and e.valid @> ${day}::date) as "isEmployed"
    from notification n join person p on p.id = n.person_id
    where n.status = 'queued' and n.due_at <= ${moment.toISOString()}::timestamptz
      and n.kind in (${sql.join(
        kinds.map((kind) => sql`${kind}`),
        sql`, `,
      )})
    order by n.due_at, n.id
    limit 1
    for update of n skip locked`);
  return row ? { ...row, createdAt: new Date(row.createdAt) } : null;
}

/** What came of a try: taken by the mail server, to be tried again, or given up. */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'again'; error: string; dueAt: Date }
  | { kind: 'failed'; error: string }
  | { kind: 'cancelled'; error: string };

/**
 * Writes down a try and what came of it. The text goes with a mail that has gone or never will; what a
 * cancelled one was to tell may be told anew.
 */
export async function settleMail(
  tx: Transaction,
  mail: ClaimedMail,
  outcome: Outcome,
  moment: Date,
): Promise<void> {
  const error = outcome.kind === 'sent' ? null : outcome.error;
  if (outcome.kind === 'cancelled')
    await tx.delete(notificationItem).where(eq(notificationItem.notificationId, mail.id));
  else await tx.insert(notificationTry).values({ notificationId: mail.id, triedAt: moment, error });
  const tries = outcome.kind === 'cancelled' ? mail.tries : mail.tries + 1;
  const change =
    outcome.kind === 'again'
      ? { dueAt: outcome.dueAt }
      : { status: outcome.kind, settledAt: moment, ...(outcome.kind === 'failed' ? {} : WITHOUT_TEXT) };
  await tx
    .update(notification)
    .set({ tries, lastError: error, ...change })
    .where(eq(notification.id, mail.id));
}

/**
 * Stops mails that should have gone before a moment, as after a backup has been read back: what they
 * tell may no longer be so. What they were to tell may then be told anew. Returns how many.
 */
export async function cancelStale(
  db: Executor,
  { before, moment, reason }: { before: Date; moment: Date; reason: string },
): Promise<number> {
  const rows = await db.execute(sql`
    with stale as (
      update notification set status = 'cancelled', text = null, html = null,
        settled_at = ${moment.toISOString()}::timestamptz, last_error = ${reason}
      where id in (select id from notification
        where status = 'queued' and due_at < ${before.toISOString()}::timestamptz
        for update skip locked)
      returning id
    ), forgotten as (
      delete from ${notificationItem} where notification_id in (select id from stale)
    )
    select id from stale`);
  return rows.length;
}

/** Cancels what waits or has failed; tries what has failed again from now. Returns how many mails that was. */
export async function changeMails(
  db: Executor,
  change: { to: 'queued' | 'cancelled'; ids: readonly string[] | 'all-failed'; moment: Date; reason: string },
): Promise<number> {
  const moment = sql`${change.moment.toISOString()}::timestamptz`;
  const which =
    change.ids === 'all-failed'
      ? sql`status = 'failed'`
      : sql`id in (${sql.join(
          change.ids.map((id) => sql`${id}::uuid`),
          sql`, `,
        )})`;
  const from =
    change.to === 'queued'
      ? sql`status = 'failed' and text is not null`
      : sql`status in ('queued', 'failed')`;
  const values =
    change.to === 'queued'
      ? sql`status = 'queued', settled_at = null, due_at = ${moment}, tries = 0`
      : sql`status = 'cancelled', settled_at = ${moment}, last_error = ${change.reason}, text = null, html = null`;
  const rows = await db.execute(sql`
    update notification set ${values}
    where id in (select id from notification where ${which} and ${from} for update skip locked)
    returning id`);
  return rows.length;
}

const WITHOUT_TEXT = { text: null, html: null };
