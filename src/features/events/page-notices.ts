import { eventForm, events } from '#src/i18n/events.ts';

/** What has just been done, by the word in the address that a form led to. */
const NOTICES: Record<string, string> = {
  anmald: events.signedUpNow,
  avanmald: events.youWithdrew,
  narvarande: events.codeDone,
  inlagt: eventForm.created,
  sparat: eventForm.saved,
  installt: eventForm.cancelDone,
};

/** The line that tells what has just been done, or null. */
export function noticeOf(search: URLSearchParams): string | null {
  const word = search.get('klart') ?? '';
  return Object.hasOwn(NOTICES, word) ? (NOTICES[word] ?? null) : null;
}
