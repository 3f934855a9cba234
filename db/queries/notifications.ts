import { randomUUID } from 'node:crypto';
import type { Transaction } from '../client.ts';
import { notification } from '../schema/notifications.ts';

export type NotificationKind = (typeof notification.$inferSelect)['kind'];

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
}

/**
 * Writes mails into the outbox, in the transaction that decides to send them; a worker sends them
 * afterwards. Returns how many were new: a key that is known already is left as it is.
 */
export async function insertNotifications(
  tx: Transaction,
  mails: readonly NewNotification[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < mails.length; from += ROWS_AT_A_TIME) {
    const rows = await tx
      .insert(notification)
      .values(
        mails
          .slice(from, from + ROWS_AT_A_TIME)
          .map((mail) => ({ ...mail, messageId: `<${randomUUID()}@trygg-grund>` })),
      )
      .onConflictDoNothing({ target: notification.key })
      .returning({ id: notification.id });
    added += rows.length;
  }
  return added;
}

const ROWS_AT_A_TIME = 1_000;
