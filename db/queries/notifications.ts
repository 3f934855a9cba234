import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../client.ts';
import { notification, notificationItem } from '../schema/notifications.ts';

export type NotificationKind = (typeof notification.$inferSelect)['kind'];
export type NotificationStatus = (typeof notification.$inferSelect)['status'];

/** A mail to write into the outbox. */
export interface NewNotification {
  kind: NotificationKind;
  personId: string;
  /** What makes it the same as another: the same key is written, and so sent, once. */
  key: string;
  subject: string;
  text: string;
  html: string;
  /** Not sent before; left out: at once. */
  dueAt?: Date;
  /** Left out: now. */
  createdAt?: Date;
  /** Keys of what it tells; each is told in one mail only. */
  items?: readonly string[];
}

/**
 * Writes mails into the outbox, in the transaction that decides to send them; a worker sends them
 * afterwards. Returns how many were new: a key that is known already is left as it is.
 *
 * @throws when a new mail tells what another has told already; the transaction must then be begun anew.
 */
export async function insertNotifications(
  tx: Transaction,
  mails: readonly NewNotification[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < mails.length; from += ROWS_AT_A_TIME) {
    const part = mails.slice(from, from + ROWS_AT_A_TIME);
    const rows = await tx
      .insert(notification)
      .values(part.map(({ items: _items, ...mail }) => ({ ...mail, messageId: newMessageId() })))
      .onConflictDoNothing({ target: notification.key })
      .returning({ id: notification.id, key: notification.key });
    const ids = new Map(rows.map(({ id, key }) => [key, id]));
    const told = part.flatMap(({ key, items = [] }) => {
      const notificationId = ids.get(key);
      return notificationId ? items.map((item) => ({ key: item, notificationId })) : [];
    });
    if (told.length > 0) await tx.insert(notificationItem).values(told);
    added += rows.length;
  }
  return added;
}

/** Lets one planner at a time decide, until its transaction ends: the next sees what it has written. */
export async function lockPlanning(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund mail planning'))`);
}

const ROWS_AT_A_TIME = 1_000;

/** The name of the mail, for ever. It says nothing of the machine that sends it. */
function newMessageId(): string {
  return `<${randomUUID()}@trygg-grund>`;
}
