import type { NewNotification } from '#db/queries/notifications.ts';
import type { SessionEvent } from '#db/queries/events.ts';
import { eventMails, eventTime } from '#src/i18n/events.ts';
import { paths } from '#src/lib/paths.ts';
import { site } from '#src/lib/site.ts';

/** What happened to an occasion that somebody signed up for. */
export type EventNews = 'changed' | 'cancelled' | 'place';

/**
 * The mail to one who signed up. It names no subject, place or teacher: others may see the screen it is
 * read on (invariant 10). `key` makes the same news one mail.
 */
export function composeEventMail(
  news: EventNews,
  event: Pick<SessionEvent, 'id' | 'startsAt' | 'endsAt'>,
  { personId, key }: { personId: string; key: string },
  origin: string | null = process.env['PUBLIC_ORIGIN'] ?? null,
): NewNotification {
  const { subject, text } = eventMails[news];
  const lines = [text(eventTime(event.startsAt, event.endsAt))];
  if (news !== 'cancelled') lines.push(eventMails.withdraw);
  const address = origin === null ? null : new URL(paths.event(event.id), origin).href;
  const last = address === null ? [eventMails.more] : [eventMails.more, address];
  const html = [
    ...lines.map((line) => `<p>${escape(line)}</p>`),
    address === null
      ? `<p>${escape(eventMails.more)}</p>`
      : `<p><a href="${escape(address)}">${escape(eventMails.more)}</a></p>`,
    `<p>${escape(site.name)}</p>`,
  ];
  return {
    kind: 'event',
    personId,
    key: `event ${key}`,
    subject,
    text: `${[...lines, last.join('\n'), site.name].join('\n\n')}\n`,
    html: html.join('\n'),
  };
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
