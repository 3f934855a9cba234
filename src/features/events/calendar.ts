import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { SessionEvent } from '#db/queries/events.ts';
import { calendarWords } from '#src/i18n/events.ts';
import { paths } from '#src/lib/paths.ts';
import { site } from '#src/lib/site.ts';

type CalendarEvent = Pick<
  SessionEvent,
  'id' | 'startsAt' | 'endsAt' | 'sequence' | 'cancelledAt' | 'createdAt'
>;

/**
 * The calendar file of an occasion, times in UTC. Calendars are seen by others, so it says only that
 * there is training and when; place and subject are behind the link. The same UID with a higher SEQUENCE
 * takes the place of what a calendar has.
 */
export function writeCalendar(event: CalendarEvent, origin: string): string {
  const calendar = ical({
    prodId: { company: site.name, product: site.name, language: 'SV' },
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${event.id}@trygg-grund`,
    stamp: event.createdAt,
    start: event.startsAt,
    end: event.endsAt,
    sequence: event.sequence,
    summary: calendarWords.summary,
    url: new URL(paths.event(event.id), origin).href,
    status: event.cancelledAt ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
