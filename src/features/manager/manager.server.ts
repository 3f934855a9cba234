import type { Transaction } from '#db/client.ts';
import { listManagedUnits, type ManagedUnit } from '#db/queries/managed-units.ts';
import { insertLook } from '#db/queries/looks.ts';
import { readStaff, type StaffCounts, type StaffFilter } from '#db/queries/manager.ts';
import { countNewcomers } from '#db/queries/newcomers.ts';
import { requireManager, type Actor } from '#src/features/auth/auth.ts';
import type { IndicatorRow } from '#src/features/indicator/indicator.ts';
import type { TrendPoint } from '#src/features/indicator/indicator.server.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { cellsOf, pageOf, totalsOf, type CourseCell, type Page, type StaffTotals } from './manager.ts';
import type { ListChoice, ListFilter } from './manager.schema.ts';
import { readBelow, readTrend } from './own-figures.server.ts';

/** A named person on the list. */
export interface StaffRow {
  personId: string;
  name: string;
  jobs: { title: string; unit: string }[];
  /** One for each of the list's courses. */
  courses: CourseCell[];
}

/** The named people of a unit, as they are listed on screen and in files. */
export interface NamedList {
  day: string;
  unit: ManagedUnit;
  /** All units the manager may choose, in tree order. */
  units: ManagedUnit[];
  counts: StaffCounts;
  people: StaffRow[];
  /** What is required of somebody on the list. */
  courses: { slug: string; title: string }[];
}

export interface StaffList extends NamedList {
  totals: StaffTotals;
  /** The unit's target of the year in per cent, as in the indicator. */
  target: number | null;
  page: Page;
  /** Those in their first 90 days, and those of the past year whose 90 days have passed. */
  newcomers: { present: StaffTotals; pastYear: StaffTotals };
  /** Year by year, in full, with few protected people left out as in `totals`. */
  trend: TrendPoint[];
  /** The units right below, in tree order, in full and without protected people. */
  below: IndicatorRow[];
}

const FILTER: Record<ListFilter, StaffFilter> = {
  alla: 'all',
  saknas: 'missing',
  paborjad: 'started',
  genomford: 'completed',
  'gar-ut': 'expiring',
  nya: 'new',
};
const SORT = { namn: 'name', status: 'status', datum: 'date' } as const;

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
  const list = await getDb().transaction(
    async (tx) => {
      const named = await readNamedList(tx, personId, choice, choice.antal);
      const { unit, day, people } = named;
      const personIds = people.map((row) => row.personId);
      await insertLook(tx, { viewerId: personId, unitId: unit.id, purpose: 'required-courses', personIds });
      const newcomers = await countNewcomers(tx, { unitId: unit.id, day });
      return { ...named, newcomers };
    },
    { isolationLevel: 'repeatable read' },
  );
  const totals = totalsOf(list.counts);
  const trend = await readTrend(actor, list, totals);
  return {
    ...list,
    totals,
    newcomers: { present: totalsOf(list.newcomers.present), pastYear: totalsOf(list.newcomers.pastYear) },
    page: pageOf(list.counts.matching, choice),
    trend,
    below: await readBelow(actor, list),
    target: trend.find(({ asOf }) => asOf === list.day)?.row?.target ?? null,
  };
}

/**
 * Everyone whom the choices leave, on all pages, for a file. Logged like a look at the screen, with the
 * purpose `file` and everyone in it.
 *
 * @throws AppError as `showStaffList`.
 */
export async function takeStaffFile(actor: Actor | null, choice: ListChoice): Promise<NamedList> {
  const { personId } = requireManager(actor);
  return getDb().transaction(
    async (tx) => {
      const list = await readNamedList(tx, personId, choice, null);
      const personIds = list.people.map((row) => row.personId);
      await insertLook(tx, { viewerId: personId, unitId: list.unit.id, purpose: 'file', personIds });
      return list;
    },
    { isolationLevel: 'repeatable read' },
  );
}

/**
 * The unit of the manager's that was chosen, or her first, with all that she can choose from.
 *
 * @throws AppError `not-allowed` when she manages no unit today, `not-found` for one that is not hers.
 */
export async function chooseUnit(
  tx: Transaction,
  personId: string,
  code: string | undefined,
  day: string,
): Promise<{ unit: ManagedUnit; units: ManagedUnit[] }> {
  const units = await listManagedUnits(tx, personId, day);
  // The actor was read a moment earlier; employments and the deputies' days decide.
  if (units.length === 0) throw new AppError('not-allowed', 'needs to be manager of a unit today');
  const unit = code === undefined ? units[0] : units.find((one) => one.code === code);
  if (!unit) throw new AppError('not-found', 'not a unit of this manager');
  return { unit, units };
}

async function readNamedList(
  tx: Transaction,
  personId: string,
  choice: ListChoice,
  size: number | null,
): Promise<NamedList> {
  const day = stockholmToday();
  const { unit, units } = await chooseUnit(tx, personId, choice.enhet, day);
  const { counts, people, courses } = await readStaff(
    tx,
    { unitId: unit.id, day, status: FILTER[choice.visa], search: choice.sok },
    {
      sort: SORT[choice.sortera],
      isDescending: choice.ordning === 'fallande',
      size,
      number: choice.sida,
    },
  );
  const rows = people.map((person) => ({ ...person, courses: cellsOf(person.courses, courses) }));
  return { day, unit, units, counts, people: rows, courses };
}
