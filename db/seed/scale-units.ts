import { inventPlaces } from './names.ts';
import { DEPARTMENTS, type DepartmentPlan, type DivisionPlan } from './organisation.ts';
import { createRandom, type Random } from './random.ts';

/** A unit of the measuring data, with the people who are employed in it (not below it) on the last day. */
export interface ScaleUnit {
  code: string;
  kind: 'municipality' | 'department' | 'division' | 'team';
  name: string;
  parent: string | null;
  /** Where it belonged before the reorganisation in the middle of the history; null: in the same place. */
  formerParent: string | null;
  /** From 1, the largest first. */
  municipality: number;
  people: number;
  titles: readonly string[];
  managerTitle: string;
  /** How many take the course, compared with the average. */
  pace: number;
}

const SEED = 290;
const FEWEST_PEOPLE = 50;
/** Below this a förvaltning has its enheter directly. */
const NEEDS_DIVISIONS = 200;
const OFFICE_TITLES = ['utvecklingsstrateg', 'controller', 'nämndsekreterare', 'HR-partner'];

/**
 * How many people each municipality employs: sizes that fall as those of the Swedish ones do, from one
 * large city to many small. They add up to `people`.
 */
export function shareOut(people: number, municipalities: number): number[] {
  const weights = Array.from({ length: municipalities }, (_, index) => (index + 3) ** -0.8);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shared = people - FEWEST_PEOPLE * municipalities;
  const sizes = weights.map((weight) => FEWEST_PEOPLE + Math.floor((shared * weight) / total));
  for (let left = people - sum(sizes), at = 0; left > 0; left -= 1, at = (at + 1) % municipalities) {
    sizes[at] = (sizes[at] ?? 0) + 1;
  }
  return sizes;
}

/** The trees of all municipalities, parents before children: the same for the same numbers. */
export function planScaleUnits(people: number, municipalities: number): ScaleUnit[] {
  const random = createRandom(SEED);
  const places = inventPlaces(random);
  return shareOut(people, municipalities).flatMap((size, index) =>
    planMunicipality(random, places, index + 1, size),
  );
}

function planMunicipality(random: Random, places: string[], municipality: number, size: number): ScaleUnit[] {
  const code = `K${String(municipality).padStart(3, '0')}`;
  const place = places[(municipality - 1) % places.length] as string;
  const make = (
    unit: Partial<ScaleUnit> & Pick<ScaleUnit, 'code' | 'kind' | 'name' | 'parent'>,
  ): ScaleUnit => ({
    formerParent: null,
    municipality,
    people: 0,
    titles: OFFICE_TITLES,
    managerTitle: 'chef',
    pace: 1,
    ...unit,
  });
  const root = make({ code, kind: 'municipality', name: `${place} kommun`, parent: null });
  const eagerness = 0.7 + 0.6 * random.next();
  const planned = departmentsFor(size);
  const total = sum(planned.map((department) => department.people));
  const units = planned.flatMap((department) => {
    const people = Math.round((size * department.people) / total);
    const unit = make({
      code: `${code}-${department.code}`,
      kind: 'department',
      name: department.name,
      parent: code,
      people: Math.max(department.code === 'SK' ? 5 : 1, Math.round(people * 0.012)),
      managerTitle: department.managerTitle,
      pace: (eagerness * (department.pace + 2)) / 4,
    });
    return [unit, ...planTeams(random, make, department, unit, people, places)];
  });
  fitTo(units, size);
  return [root, ...units];
}

/** The larger the municipality, the more förvaltningar; one for the office of the municipality always. */
function departmentsFor(size: number): DepartmentPlan[] {
  const count = size < 400 ? 3 : size < 1_500 ? 5 : size < 5_000 ? 8 : DEPARTMENTS.length;
  const office = DEPARTMENTS.filter(({ code }) => code === 'SK');
  const others = DEPARTMENTS.filter(({ code }) => code !== 'SK');
  const largest = [...others].sort((a, b) => b.people - a.people).slice(0, count - office.length);
  return [...others.filter((department) => largest.includes(department)), ...office];
}

function planTeams(
  random: Random,
  make: (unit: Partial<ScaleUnit> & Pick<ScaleUnit, 'code' | 'kind' | 'name' | 'parent'>) => ScaleUnit,
  department: DepartmentPlan,
  above: ScaleUnit,
  people: number,
  places: string[],
): ScaleUnit[] {
  const { pace } = above;
  const teamsOf = (plan: DivisionPlan, parent: ScaleUnit, staff: number): ScaleUnit[] => {
    const isSchool = plan.titles.some((title) => title.endsWith('lärare'));
    return Array.from({ length: Math.max(1, Math.round(staff / plan.teamSize)) }, (_, index) =>
      make({
        code: `${parent.code}-${String(index + 1).padStart(2, '0')}`,
        kind: 'team',
        name: plan.teamName
          .replace('*', places[random.int(0, places.length - 1)] as string)
          .replace('#', String(index + 1)),
        parent: parent.code,
        people: random.chance(0.07)
          ? random.int(5, 9)
          : Math.max(5, Math.round(plan.teamSize * (0.6 + 0.8 * random.next()))),
        titles: plan.titles,
        managerTitle: isSchool ? 'rektor' : 'enhetschef',
        pace: pace * (0.5 + random.next()),
      }),
    );
  };
  const [first] = department.divisions;
  if (!first) return [];
  if (people < NEEDS_DIVISIONS) return teamsOf(first, above, people);
  const shares = sum(department.divisions.map(({ share }) => share));
  const divisions = department.divisions.map((plan, index) => ({
    plan,
    staff: (people * plan.share) / shares,
    unit: make({
      code: `${above.code}-${index + 1}`,
      kind: 'division',
      name: plan.name,
      parent: above.code,
      people: random.int(2, 5),
      managerTitle: 'avdelningschef',
      titles: ['verksamhetsutvecklare'],
      pace,
    }),
  }));
  return divisions.flatMap(({ plan, staff, unit }, index) => {
    const teams = teamsOf(plan, unit, staff);
    const neighbour = divisions[(index + 1) % divisions.length]?.unit.code ?? null;
    for (const team of teams)
      if (neighbour !== unit.code && random.chance(0.04)) team.formerParent = neighbour;
    return [unit, ...teams];
  });
}

/** Changes the sizes of the teams, in proportion, so that all units hold exactly `size` people. */
function fitTo(units: ScaleUnit[], size: number): void {
  const teams = units.filter(({ kind }) => kind === 'team');
  const fixed = sum(units.filter(({ kind }) => kind !== 'team').map(({ people }) => people));
  const factor = (size - fixed) / sum(teams.map(({ people }) => people));
  for (const team of teams) team.people = Math.max(1, Math.round(team.people * factor));
  const tooMany = () => sum(units.map(({ people }) => people)) - size;
  for (let extra = tooMany(), at = 0; extra !== 0; at = (at + 1) % teams.length) {
    const team = teams[at] as ScaleUnit;
    const step = extra > 0 ? -1 : 1;
    if (team.people + step < 1) continue;
    team.people += step;
    extra += step;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
