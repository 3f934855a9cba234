import {
  countStaff,
  insertLook,
  listManagedUnits,
  listRequiredCourses,
  listStaff,
  type ManagedUnit,
  type StaffCounts,
  type StaffSort,
  type StaffStatus,
} from '#db/queries/manager.ts';
import { requireManager, type Actor } from '#src/features/auth/auth.ts';
import { readFigures } from '#src/features/indicator/remembered-figures.server.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { PAGE_SIZE, pageOf, totalsOf, type Page, type StaffTotals } from './manager.ts';
import type { ListChoice } from './manager.schema.ts';

export interface StaffList {
  day: string;
  unit: ManagedUnit;
  /** All units the manager may choose, in tree order. */
  units: ManagedUnit[];
  totals: StaffTotals;
  /** The unit's target of the year in per cent, as in the indicator. */
  target: number | null;
  counts: StaffCounts;
  page: Page;
  people: StaffStatus[];
  /** What each person's `courses` are about. */
  courses: { slug: string; title: string }[];
}

const STATUS = { alla: 'all', saknas: 'missing', genomford: 'completed' } as const;
const SORT: Record<ListChoice['sortera'], StaffSort> = { namn: 'name', status: 'status', datum: 'date' };

/**
 * The people of one of the manager's own units and those below, as of today, with the status of the
 * required courses and nothing else (rule 9). That the list was looked at, and who stood on it, is
 * committed before the list is returned: what cannot be logged is not shown.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for one who manages no unit today; `not-found` for a
 *   unit that is not among those she manages, whether it exists or not.
 */
export async function showStaffList(actor: Actor | null, choice: ListChoice): Promise<StaffList> {
  const { personId } = requireManager(actor);
  const day = stockholmToday();
  return getDb().transaction(
    async (tx) => {
      const units = await listManagedUnits(tx, personId, day);
      // The actor was read a moment earlier; employments decide.
      if (units.length === 0) throw new AppError('not-allowed', 'needs an employment as manager today');
      const unit = choice.enhet === undefined ? units[0] : units.find(({ code }) => code === choice.enhet);
      if (!unit) throw new AppError('not-found', 'not a unit of this manager');
      const query = { unitId: unit.id, day, status: STATUS[choice.visa], search: choice.sok };
      const counts = await countStaff(tx, query);
      const page = pageOf(counts.matching, choice.sida);
      const people = await listStaff(tx, query, {
        sort: SORT[choice.sortera],
        isDescending: choice.ordning === 'fallande',
        limit: PAGE_SIZE,
        offset: page.offset,
      });
      await insertLook(tx, {
        viewerId: personId,
        unitId: unit.id,
        personIds: people.map((row) => row.personId),
      });
      const figures = (await readFigures(tx, [day])).get(day);
      const target = figures?.find(({ code }) => code === unit.code)?.target ?? null;
      const courses = await listRequiredCourses(tx, day);
      return { day, unit, units, courses, totals: totalsOf(counts), target, counts, page, people };
    },
    { isolationLevel: 'repeatable read' },
  );
}
