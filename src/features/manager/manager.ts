import type { ManagedUnit } from '#db/queries/managed-units.ts';
import type { CourseStanding, CourseStatus } from '#db/queries/manager.ts';
import type { GroupCounts } from '#db/queries/newcomers.ts';
import type { ProtectedCounts } from '#db/queries/protected-people.ts';
import { calculateOutcome, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { listChoiceSchema, PAGE_SIZES, type ListChoice, type ListSort } from './manager.schema.ts';

/** Reads the choices from an address; the first of several with the same name counts. */
export function parseListChoice(search: URLSearchParams): ListChoice {
  const given = [...search].reverse();
  return listChoiceSchema.parse(Object.fromEntries(given));
}

/** A manager's units as a select offers them, each further in than the one above it. */
export function unitOptions(units: readonly ManagedUnit[]): { value: string; text: string }[] {
  return units.map(({ code, name, depth }) => ({ value: code, text: '\u2003'.repeat(depth) + name }));
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
  if (next.antal !== PAGE_SIZES[0]) search.set('antal', String(next.antal));
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
}

/** The asked-for page of a list, or the last where the list is shorter. */
export function pageOf(rows: number, { sida, antal }: Pick<ListChoice, 'sida' | 'antal'>): Page {
  const pages = Math.max(1, Math.ceil(rows / antal));
  return { number: Math.min(sida, pages), pages };
}

/** How a person stands with one column of the list: as with a required course, or it is not required of her. */
export type CourseCell = Omit<CourseStanding, 'status'> & { status: CourseStatus | 'not-required' };

/** One cell for each column, whatever is required of the person. */
export function cellsOf(
  courses: readonly CourseStanding[],
  columns: readonly { slug: string }[],
): CourseCell[] {
  return columns.map(
    ({ slug }) =>
      courses.find((course) => course.slug === slug) ?? {
        slug,
        status: 'not-required',
        completedOn: null,
        expiresOn: null,
        waivedUntil: null,
      },
  );
}

export interface StaffTotals {
  completed: number;
  people: number;
  /** There are protected people, who are left out. */
  leavesProtectedOut: boolean;
}

/**
 * The total above the list with names: of those who stand in it. With protected people in the total, the
 * difference would be what they have done; and where one unit holds enough of them to count and the
 * unit below does not, the difference between the two could be a single one (rule 8).
 */
export function totalsOf(counts: GroupCounts): StaffTotals {
  return {
    people: counts.people - counts.protectedPeople,
    completed: counts.namedCompleted,
    leavesProtectedOut: counts.protectedPeople > 0,
  };
}

/** A figure of the indicator with protected people left out as in `totalsOf`. */
export function withoutProtected(row: IndicatorRow, hidden: ProtectedCounts | undefined): IndicatorRow {
  if (!hidden || row.employed === null || row.completed === null) return row;
  const { people, completed } = totalsOf({
    people: row.employed,
    completed: row.completed,
    protectedPeople: hidden.people,
    namedCompleted: row.completed - hidden.completed,
  });
  return { ...row, employed: people, completed, outcome: calculateOutcome(completed, people) };
}
