/** What the form, its island and the server agree on. Small and pure: it goes to the browser. */

/** Names of the hidden fields: a question's id never starts with an underscore. */
export const SUBMISSION_FIELD = '_inlamning';
export const VERSION_FIELD = '_version';
/** In the address: an empty form, whatever answers wait. */
export const START_OVER = 'ny';

/** The element id of a question, for links to it. */
export function questionAnchor(questionId: string): string {
  return `fraga-${questionId}`;
}

/** Where the browser keeps answers that are not handed in: for the tab's life, one place per module. */
export function storageKey(moduleSlug: string): string {
  return `kunskapskontroll ${moduleSlug}`;
}
