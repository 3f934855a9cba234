import type { NotificationKind } from '#db/queries/notifications.ts';
import { addDays } from '#src/lib/clock.ts';
import type { Contents, Courses, UnitStanding } from './mails.ts';

/** A new employee, and everyone of whom a course has become required, has so many days to do it. */
export const DAYS_TO_COMPLETE = 90;
/** The days that remain when one is told a last time. */
const DAYS_BEFORE_DUE = 30;
/** How long before a completion stops counting one is told, the first time and the second. */
export const DAYS_BEFORE_EXPIRY = [90, 30] as const;
/** Nobody is written to again within so many days, but about what she signed up for. */
export const DAYS_BETWEEN_MAILS = 7;
/** The monthly digest is sent on the first of these days of the month that it can be. */
const DIGEST_DAYS = 14;

/** What is known of a person to whom something may have to be said on a day. */
export interface PersonFacts {
  personId: string;
  /** Key in the HR system; null: none. */
  employeeNumber: string | null;
  isProtected: boolean;
  hasAddress: boolean;
  /** The first day of the employment that has gone on without a break. */
  employedSince: string;
  /** Required courses that she lacks and is not excused from, which have become required of her within the last 90 days. */
  lacking: readonly { slug: string; since: string }[];
  /** Completions that count today and stop doing so within 90 days, of courses she is not excused from. */
  expiring: readonly { slug: string; expiresOn: string }[];
  /** Of her unit and those below, when she is a manager and the digest is due. */
  standing: UnitStanding | null;
  /** Keys of what she has been told already. */
  told: readonly string[];
  /** Was written to within the last days, by the planner or her manager. */
  hasRecentMail: boolean;
}

/** One mail to one person. */
export interface Plan {
  person: PersonFacts;
  kind: NotificationKind;
  /** The same for every mail that would be planned for her that day. */
  key: string;
  /** Keys of what it tells. */
  items: string[];
  contents: Contents;
}

export type Switches = ReadonlySet<NotificationKind>;

/** The mail kinds that are planned; the others are written when somebody does something. */
export const PLANNED_KINDS = ['invitation', 'due', 'expiry', 'digest'] as const satisfies NotificationKind[];

/** Whether the day is one on which digests are sent. */
export function isDigestDay(day: string): boolean {
  return Number(day.slice(8)) <= DIGEST_DAYS;
}

/**
 * What to say to a person on a day, in one mail; null: nothing. Nobody is told the same thing twice,
 * nothing of a kind that is switched off, and nothing within a week of the last mail: it is then said
 * later, while there is time.
 */
export function planMail(person: PersonFacts, day: string, isOff: Switches): Plan | null {
  if (!person.hasAddress || person.hasRecentMail) return null;
  const told = new Set(person.told);
  const news = listNews(person, day).filter(({ key, kind }) => !told.has(key) && !isOff.has(kind));
  // The most pressing thing gives the mail its kind.
  const [first] = news.toSorted((a, b) => URGENCY.indexOf(a.part) - URGENCY.indexOf(b.part));
  if (!first) return null;
  const contents: Contents = {};
  for (const { part, day: last } of news) {
    if (part === 'digest') continue;
    const sofar: Courses | undefined = contents[part];
    contents[part] = {
      courses: (sofar?.courses ?? 0) + 1,
      day: sofar && sofar.day < last ? sofar.day : last,
    };
  }
  if (person.standing && news.some(({ part }) => part === 'digest')) contents.digest = person.standing;
  return {
    person,
    kind: first.kind,
    key: `plan ${day} ${person.personId}`,
    items: news.map(({ key }) => key),
    contents,
  };
}

type Part = keyof Contents;
const URGENCY: readonly Part[] = ['due', 'newRequirement', 'expiry', 'invitation', 'digest'];

interface News {
  part: Part;
  kind: NotificationKind;
  key: string;
  /** The day it is about. */
  day: string;
}

function listNews(person: PersonFacts, day: string): News[] {
  const { personId, employedSince } = person;
  const news: News[] = [];
  const add = (part: Part, kind: NotificationKind, about: string, on: string) =>
    news.push({ part, kind, key: `${part} ${about} ${personId}`, day: on });
  for (const { slug, since } of person.lacking) {
    const last = addDays(since, DAYS_TO_COMPLETE);
    if (since > day || day >= last) continue;
    const about = `${slug} ${since}`;
    if (day >= addDays(last, -DAYS_BEFORE_DUE)) add('due', 'due', about, last);
    else if (since <= employedSince) add('invitation', 'invitation', about, last);
    else add('newRequirement', 'due', about, last);
  }
  for (const { slug, expiresOn } of person.expiring) {
    // Only the nearest: who is told of it late is told once.
    const ahead = DAYS_BEFORE_EXPIRY.findLast((days) => day >= addDays(expiresOn, -days));
    if (ahead !== undefined && day < expiresOn)
      add('expiry', 'expiry', `${slug} ${expiresOn} ${ahead}`, expiresOn);
  }
  if (person.standing && person.standing.people > 0 && isDigestDay(day))
    add('digest', 'digest', day.slice(0, 7), day);
  return news;
}
