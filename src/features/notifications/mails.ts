import type { NotificationKind } from '#db/queries/notifications.ts';
import { mails as words } from '#src/i18n/mails.ts';
import { percent } from '#src/i18n/figures.ts';
import { paths } from '#src/lib/paths.ts';

/** A mail as it is written into the outbox. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** What a mail is made of: paragraphs or a list, one link, why and how to stop. */
interface Part {
  kind: NotificationKind;
  text: string;
  items?: readonly string[];
  after: string;
}

/** Courses that a mail is about: how many, and the first day that counts for them. */
export interface Courses {
  courses: number;
  /** `YYYY-MM-DD` */
  day: string;
}

/** How a manager's unit and those below stand, without anyone with protected identity. */
export interface UnitStanding {
  people: number;
  lacking: number;
  /** Began within 90 days. */
  newcomers: number;
}

/** What one person is told at once. Several things become one mail. */
export interface Contents {
  /** Courses before the end of the first 90 days, to one who is new. */
  invitation?: Courses;
  /** Courses that have become required, and the last day to have done them. */
  newRequirement?: Courses;
  /** Courses whose 90 days are soon over, and when. */
  due?: Courses;
  /** Completions that soon count no longer, and from when. */
  expiry?: Courses;
  digest?: UnitStanding;
}

/** A mail with everything that is to be said to one person today. */
export function plannedMail(contents: Contents, origin: string): Mail {
  const { invitation, newRequirement, due, expiry, digest } = contents;
  const own: Part[] = [];
  const add = (kind: NotificationKind, text: string) => own.push({ kind, text, after: words.signInFirst });
  if (due) add('due', words.due(due.courses, due.day));
  if (newRequirement) add('due', words.newRequirement(newRequirement.courses, newRequirement.day));
  if (expiry) add('expiry', words.expiry(expiry.courses, expiry.day));
  if (invitation) add('invitation', words.invitation(invitation.courses, invitation.day));
  const kinds = [...new Set(own.map(({ kind }) => kind))];
  const parts = digest ? [...own, digestPart(digest)] : own;
  const links = [
    ...(own.length > 0 ? [{ text: words.toMyPage, url: `${origin}${paths.myPage}` }] : []),
    ...(digest ? [{ text: words.toList, url: `${origin}${paths.manager}` }] : []),
  ];
  return compose(subjectOf(kinds, digest !== undefined), parts, links);
}

/** A mail from a manager to one who lacks required courses. */
export function reminderMail({ courses, origin }: { courses: number; origin: string }): Mail {
  const part: Part = { kind: 'reminder', text: words.reminder(courses), after: words.alreadyDone };
  return compose(words.reminderSubject, [part], [{ text: words.toMyPage, url: `${origin}${paths.myPage}` }]);
}

/** What has happened to the training occasion someone signed up for. */
export type EventNews = keyof typeof words.eventSubjects;

/**
 * A mail about a training occasion. It tells the time; what it is about and where is told on the page,
 * to those who sign in.
 */
export function eventMail(event: { news: EventNews; id: string; startsAt: Date; origin: string }): Mail {
  const part: Part = {
    kind: 'event',
    text: words.events[event.news](event.startsAt),
    after: words.eventWhere,
  };
  const link = { text: words.toEvent, url: `${event.origin}${paths.event(event.id)}` };
  return compose(words.eventSubjects[event.news], [part], [link]);
}

function digestPart({ people, lacking, newcomers }: UnitStanding): Part {
  const share = people === 0 ? [] : [words.digestShare(percent((100 * (people - lacking)) / people))];
  return {
    kind: 'digest',
    text: words.digest,
    items: [...share, words.digestLacking(lacking), words.digestNew(newcomers)],
    after: words.digestWhere,
  };
}

function subjectOf(kinds: readonly NotificationKind[], hasDigest: boolean): string {
  if (kinds.length === 0) return words.digestSubject;
  if (kinds.length > 1 || hasDigest) return words.severalSubject;
  if (kinds[0] === 'invitation') return words.invitationSubject;
  return kinds[0] === 'expiry' ? words.expirySubject : words.dueSubject;
}

function compose(
  subject: string,
  parts: readonly Part[],
  links: readonly { text: string; url: string }[],
): Mail {
  const notes = [...new Set(parts.map(({ after }) => after))];
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  const foot = [
    ...kinds.map((kind) => words.why[kind]),
    ...new Set(kinds.map((kind) => stopOf(kind))),
    words.automatic,
  ].join(' ');
  const text = [
    words.greeting,
    ...parts.flatMap(({ text: own, items = [] }) => [own, ...(items.length > 0 ? [list(items)] : [])]),
    ...notes,
    ...links.map((link) => `${link.text}:\n${link.url}`),
    `--\n${foot}`,
  ].join('\n\n');
  return { subject, text: `${text}\n`, html: page(subject, parts, notes, links, foot) };
}

function stopOf(kind: NotificationKind): string {
  if (kind === 'event') return words.stopEvent;
  return kind === 'digest' ? words.stopDigest : words.stop;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Headings, paragraphs and links: read the same by every mail program, and nothing is fetched from anywhere. */
function page(
  subject: string,
  parts: readonly Part[],
  notes: readonly string[],
  links: readonly { text: string; url: string }[],
  foot: string,
): string {
  const body = [
    `<h1 style="font-size:1.25em">${escape(subject)}</h1>`,
    `<p>${escape(words.greeting)}</p>`,
    ...parts.flatMap(({ text, items = [] }) => [
      `<p>${escape(text)}</p>`,
      ...(items.length > 0 ? [`<ul>${items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`] : []),
    ]),
    ...notes.map((note) => `<p>${escape(note)}</p>`),
    ...links.map(({ text, url }) => `<p><a href="${escape(url)}">${escape(text)}</a><br>${escape(url)}</p>`),
    `<hr>\n<p>${escape(foot)}</p>`,
  ].join('\n');
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subject)}</title>`;
  return `<!doctype html>\n<html lang="sv"><head>${head}</head>\n<body style="font-family:sans-serif;line-height:1.5;max-width:36em">\n<main>\n${body}\n</main>\n</body></html>\n`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
