import { inventPlaces } from './names.ts';
import { DEPARTMENTS, type DepartmentPlan } from './organisation.ts';
import type { Random } from './random.ts';

/** The first day that the demo organisation is known for. */
export const FIRST_DAY = '2021-01-01';

/** What a unit was called and where it belonged from a day, until the next period or `closed`. */
export interface UnitPeriodPlan {
  from: string;
  name: string;
  parent: string | null;
}

export interface UnitPlan {
  code: string;
  kind: 'municipality' | 'department' | 'division' | 'team';
  periods: UnitPeriodPlan[];
  /** The first day it is no longer there. */
  closed: string | null;
  /** People employed here, not counting units below, as planned for today. */
  people: number;
  titles: readonly string[];
  managerTitle: string;
  department: DepartmentPlan | null;
  division: string | null;
}

/** The tree of the demo municipality with what has happened to it since 2021. `people` adds up to `staff`. */
export function planUnits(random: Random, staff: number): UnitPlan[] {
  const units: UnitPlan[] = [
    unit('MALMO', 'municipality', 'Malmö stad (demo)', null, { people: 0 }),
    ...DEPARTMENTS.flatMap((department) => planDepartment(random, department)),
  ];
  nameTeams(random, units);
  tellHistory(units);
  scaleTo(random, units, staff);
  return units;
}

function planDepartment(random: Random, department: DepartmentPlan): UnitPlan[] {
  const { code, name, managerTitle } = department;
  const office = Math.max(14, Math.round(department.people * 0.012));
  const titles = ['utvecklingsstrateg', 'controller', 'nämndsekreterare', 'HR-partner'];
  const units = [
    unit(code, 'department', name, 'MALMO', { people: office, titles, managerTitle, department }),
  ];
  const shares = department.divisions.reduce((sum, { share }) => sum + share, 0);
  department.divisions.forEach((plan, index) => {
    const divisionCode = `${code}-${index + 1}`;
    const people = ((department.people - office) * plan.share) / shares;
    const leads = {
      people: random.int(3, 6),
      managerTitle: 'avdelningschef',
      titles: ['verksamhetsutvecklare'],
    };
    const common = { department, division: divisionCode };
    units.push(unit(divisionCode, 'division', plan.name, code, { ...common, ...leads }));
    const teams = Math.max(2, Math.round(people / plan.teamSize));
    for (let number = 1; number <= teams; number += 1) {
      const isSmall = random.chance(0.07);
      const size = isSmall ? random.int(5, 9) : Math.round(plan.teamSize * (0.6 + 0.8 * random.next()));
      const isSchool = plan.titles.some((title) => title.endsWith('lärare'));
      const leads = { titles: plan.titles, managerTitle: isSchool ? 'rektor' : 'enhetschef' };
      const team = { ...common, ...leads, people: Math.max(size, 5) };
      const teamCode = `${divisionCode}-${String(number).padStart(2, '0')}`;
      units.push(unit(teamCode, 'team', plan.teamName, divisionCode, team));
    }
  });
  return units;
}

function unit(
  code: string,
  kind: UnitPlan['kind'],
  name: string,
  parent: string | null,
  rest: Partial<UnitPlan>,
): UnitPlan {
  const periods = [{ from: FIRST_DAY, name, parent }];
  const empty = {
    closed: null,
    people: 0,
    titles: [],
    managerTitle: 'chef',
    department: null,
    division: null,
  };
  return { code, kind, periods, ...empty, ...rest };
}

/** Puts invented places and numbers into the names of the teams, each name once in its department. */
function nameTeams(random: Random, units: UnitPlan[]): void {
  const places = inventPlaces(random);
  const used = new Map<string, number>();
  for (const team of units.filter(({ kind }) => kind === 'team')) {
    const period = current(team);
    const key = `${team.department?.code} ${period.name}`;
    const count = used.get(key) ?? key.length * 17;
    used.set(key, count + 1);
    const place = places[count % places.length] as string;
    period.name = period.name.replace('*', place).replace('#', String(count - key.length * 17 + 1));
  }
}

/** Makes the units that are open today hold exactly `staff` people; the small ones stay small. */
function scaleTo(random: Random, units: UnitPlan[], staff: number): void {
  const open = units.filter(({ closed }) => closed === null);
  const teams = open.filter(({ kind, people }) => kind === 'team' && people > 9);
  let missing = staff - open.reduce((sum, { people }) => sum + people, 0);
  while (missing !== 0) {
    const team = random.pick(teams);
    const step = Math.sign(missing);
    if (team.people + step < 10) continue;
    team.people += step;
    missing -= step;
  }
}

/** Renamings, moves, openings and closings: a figure for an earlier date is counted in the tree of that date. */
function tellHistory(units: UnitPlan[]): void {
  const byCode = new Map(units.map((plan) => [plan.code, plan]));
  const get = (code: string): UnitPlan => {
    const plan = byCode.get(code);
    if (!plan) throw new Error(`no unit ${code} in the plan`);
    return plan;
  };
  const rename = (code: string, name: string) => (current(get(code)).name = name);
  const renameFrom = (code: string, from: string, before: string) => {
    const plan = get(code);
    const { name, parent } = current(plan);
    plan.periods = [
      { from: FIRST_DAY, name: before, parent },
      { from, name, parent },
    ];
  };
  const moveFrom = (code: string, from: string, formerParent: string) => {
    const plan = get(code);
    const { name, parent } = current(plan);
    plan.periods = [
      { from: FIRST_DAY, name, parent: formerParent },
      { from, name, parent },
    ];
  };
  rename('ASF-1-01', 'Mottagning barn och unga');
  get('ASF-1-01').people = 64;
  rename('ASF-4-01', 'Mottag våld i nära relation och heder');
  rename('ASF-5-01', 'Kompetenscentrum mot våld i nära relation');
  rename('ASF-5-02', 'Resursteam heder');
  renameFrom('ASF-4-01', '2025-01-01', 'Mottag 5');
  renameFrom('GRF-6', '2023-07-02', 'Elevhälsa och grundsärskola');
  renameFrom('GYVF-3', '2023-07-02', 'Gymnasiesärskola');
  moveFrom('HVOF-4-03', '2024-01-01', 'HVOF-3');
  moveFrom('ASF-5-04', '2023-01-01', 'ASF-4');
  const openings = { 'FSKF-1-09': '2022-08-01', 'GRF-2-05': '2023-08-01', 'FSF-1-20': '2024-02-01' };
  for (const [code, from] of Object.entries(openings)) current(get(code)).from = from;
  const closings = { 'FSKF-4-12': '2023-07-01', 'HVOF-2-10': '2024-10-01', 'SEF-2-04': '2022-07-01' };
  for (const [code, day] of Object.entries(closings)) get(code).closed = day;
}

function current(plan: UnitPlan): UnitPeriodPlan {
  const last = plan.periods.at(-1);
  if (!last) throw new Error(`unit ${plan.code} has no period`);
  return last;
}
