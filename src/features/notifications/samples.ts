import { addDays, startOfDayStockholm } from '#src/lib/clock.ts';
import { eventMail, plannedMail, reminderMail, type Mail } from './mails.ts';

/** One mail of each sort, with invented figures and days, as they would look today. */
export function sampleMails(today: string, origin: string) {
  const courses = (count: number, days: number) => ({ courses: count, day: addDays(today, days) });
  const digest = { people: 24, lacking: 5, newcomers: 2 };
  const startsAt = new Date(startOfDayStockholm(addDays(today, 14)).getTime() + 9 * 3_600_000);
  return {
    invitation: plannedMail({ invitation: courses(1, 88) }, origin),
    newRequirement: plannedMail({ newRequirement: courses(1, 88) }, origin),
    due: plannedMail({ due: courses(1, 30) }, origin),
    expiry: plannedMail({ expiry: courses(1, 90) }, origin),
    several: plannedMail({ due: courses(2, 21), expiry: courses(1, 30), digest }, origin),
    digest: plannedMail({ digest }, origin),
    reminder: reminderMail({ courses: 1, origin }),
    event: eventMail({ news: 'place', id: '0', startsAt, origin }),
  } satisfies Record<string, Mail>;
}
