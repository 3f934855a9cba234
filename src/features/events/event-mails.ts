import type { NewNotification } from '#db/queries/notifications.ts';
import type { SessionEvent } from '#db/queries/events.ts';
import { eventMail } from '#src/features/notifications/mails.ts';

/** What happened to an occasion that somebody signed up for. */
export type EventNews = 'changed' | 'cancelled' | 'place';

/** Where the site is read as `npm start` gives it; whoever has a mail server has named the address. */
const OWN_MACHINE = 'http://localhost:4321';

/**
 * The mail to one who signed up, for the outbox. It says when and nothing of what or where: others may
 * see the screen it is read on (invariant 10). `key` makes the same news one mail.
 */
export function composeEventMail(
  news: EventNews,
  { id, startsAt }: Pick<SessionEvent, 'id' | 'startsAt'>,
  { personId, key }: { personId: string; key: string },
): NewNotification {
  const origin = process.env['PUBLIC_ORIGIN'] ?? OWN_MACHINE;
  return { ...eventMail({ news, id, startsAt, origin }), kind: 'event', personId, key: `event ${key}` };
}
