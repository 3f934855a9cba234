import { listChoiceSchema, type ListChoice, type ListSort } from './manager.schema.ts';

/** People shown at a time. */
export const PAGE_SIZE = 50;

/** So many people with protected identity must share a total for it to say nothing of each (rule 8). */
export const FEWEST_PROTECTED_IN_TOTAL = 10;

/** Reads the choices from an address; the first of several with the same name counts. */
export function parseListChoice(search: URLSearchParams): ListChoice {
  const given = [...search].reverse();
  return listChoiceSchema.parse(Object.fromEntries(given));
}

/** The address of the list after a change of choice. What is at its default is left out; so is the page, unless it is what changes. */
export function listQuery(choice: ListChoice, change: Partial<ListChoice> = {}): string {
  const next = { ...choice, sida: 1, ...change };
  const search = new URLSearchParams();
  if (next.enhet !== undefined) search.set('enhet', next.enhet);
  if (next.visa !== 'alla') search.set('visa', next.visa);
  if (next.sok !== '') search.set('sok', next.sok);
  if (next.sortera !== 'namn') search.set('sortera', next.sortera);
  if (next.ordning !== 'stigande') search.set('ordning', next.ordning);
  if (next.sida > 1) search.set('sida', String(next.sida));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** What choosing a column does: sorts by it, and the other way round when it already does. */
export function sortChange(choice: ListChoice, column: ListSort): Partial<ListChoice> {
  const isAgain = choice.sortera === column && choice.ordning === 'stigande';
  return { sortera: column, ordning: isAgain ? 'fallande' : 'stigande' };
}

export interface Page {
  number: number;
  pages: number;
  offset: number;
}

/** The asked-for page of a list, or the last where the list is shorter. */
export function pageOf(rows: number, asked: number): Page {
  const pages = Math.max(1, Math.ceil(rows / PAGE_SIZE));
  const number = Math.min(asked, pages);
  return { number, pages, offset: (number - 1) * PAGE_SIZE };
}

export interface StaffTotals {
  completed: number;
  people: number;
  /** Protected people were left out, because the group is too small to hold them unseen. */
  leavesProtectedOut: boolean;
}

/**
 * The total above the list with names. The difference between the two is what the protected people
 * have done: fewer than ten of them are left out, so that it tells nothing of any one (rule 8).
 */
export function totalsOf(counts: {
  people: number;
  completed: number;
  protectedPeople: number;
  namedCompleted: number;
}): StaffTotals {
  if (counts.protectedPeople > 0 && counts.protectedPeople < FEWEST_PROTECTED_IN_TOTAL) {
    const people = counts.people - counts.protectedPeople;
    return { people, completed: counts.namedCompleted, leavesProtectedOut: true };
  }
  return { people: counts.people, completed: counts.completed, leavesProtectedOut: false };
}
