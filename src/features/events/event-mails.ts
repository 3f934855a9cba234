import type { Transaction } from '#db/client.ts';
import { insertNotifications, type NewNotification } from '#db/queries/notifications.ts';
import type { SessionEvent } from '#db/queries/events.ts';
import { mailSettings } from '#src/features/notifications/mail-settings.ts';
import { eventMail } from '#src/features/notifications/mails.ts';

/** What happened to an occasion that somebody signed up for. */
export type EventNews = 'changed' | 'cancelled' | 'place';

type Occasion = Pick<SessionEvent, 'id' | 'startsAt'>;

/**
 * Writes a mail to each of those who signed up into the outbox, in the transaction of what happened.
 * Where no mails are sent none are written either: they would be old news once there is a mail server.
 * `key` makes the same news one mail.
 */
export async function tellSignedUp(
  tx: Transaction,
  news: EventNews,
  event: Occasion,
  people: readonly { personId: string; key: string }[],
): Promise<void> {
  const settings = mailSettings();
  if (!settings) return;
  await insertNotifications(
    tx,
    people.map((one) => composeEventMail(news, event, one, settings.origin)),
  );
}

/** The mail to one who signed up. It says when and nothing of what or where: others may see the screen it is read on (invariant 10). */
export function composeEventMail(
  news: EventNews,
  { id, startsAt }: Occasion,
  { personId, key }: { personId: string; key: string },
  origin: string,
): NewNotification {
  return { ...eventMail({ news, id, startsAt, origin }), kind: 'event', personId, key: `event ${key}` };
}
