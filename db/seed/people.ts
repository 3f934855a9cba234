import { monthsUntil, randomDay, type Month } from './days.ts';
import { inventName } from './names.ts';
import type { Random } from './random.ts';
import { FIRST_DAY, type UnitPlan } from './units.ts';

export interface EmploymentPlan {
  unit: UnitPlan;
  title: string;
  isManager: boolean;
  from: string;
  /** The first day no longer employed; null: still there. */
  until: string | null;
}

export interface PersonPlan {
  id: string;
  employeeNumber: string;
  given: string;
  surname: string;
  isProtected: boolean;
  /** Stays in the same place and is left out of every draw: the people behind the demo accounts. */
  isFixed: boolean;
  main: EmploymentPlan;
  side: EmploymentPlan | null;
  employments: EmploymentPlan[];
  completedOn: string | null;
}

const LEAVES_PER_MONTH = 0.0075;
const MOVES_PER_MONTH = 0.004;
const SECOND_EMPLOYMENT = 0.035;
const PROTECTED = 0.002;
const RETURNS = 0.03;

/** The working life of the demo municipality, month by month. */
export class Workforce {
  readonly people: PersonPlan[] = [];
  readonly staffOf = new Map<UnitPlan, PersonPlan[]>();
  readonly #random: Random;
  readonly #units: UnitPlan[];
  readonly #former: PersonPlan[] = [];
  /** Units that people can work in this month. */
  #open: UnitPlan[] = [];
  #openTeams: UnitPlan[] = [];

  constructor(random: Random, units: UnitPlan[]) {
    this.#random = random;
    this.#units = units.filter(({ people }) => people > 0);
    for (const unit of this.#units) this.staffOf.set(unit, []);
  }

  /** Everyone employed on the first day: 95 per cent of the places that are planned for today. */
  begin(): void {
    for (const unit of this.#units) {
      if (openedOn(unit) > FIRST_DAY) continue;
      const places = Math.max(unit.people - (this.#random.chance(unit.people * 0.05) ? 1 : 0), 1);
      for (let place = 0; place < places; place += 1) {
        const years = Math.floor(this.#random.next() ** 2 * 30);
        const from = randomDay(this.#random, `${2020 - years}-01-07`, `${2020 - years}-12-30`);
        this.hire(unit, from, place === 0);
      }
    }
  }

  /** One month of leaving, moving and hiring; afterwards `staff` people are employed. */
  pass(month: Month, staff: number): void {
    this.#open = this.#units.filter(
      (unit) => openedOn(unit) <= month.first && (unit.closed === null || unit.closed > month.last),
    );
    this.#openTeams = this.#open.filter(({ kind }) => kind === 'team');
    this.#openAndClose(month);
    for (const unit of this.#units) {
      const moving = this.#random.sample(this.#staff(unit), LEAVES_PER_MONTH + MOVES_PER_MONTH);
      for (const person of moving) this.#passPerson(person, month);
    }
    const vacancies = this.#vacancies();
    for (let missing = staff - this.count(); missing > 0; missing -= 1) {
      const at = this.#random.int(0, vacancies.length - 1);
      const unit = vacancies.splice(at, 1)[0] ?? this.#random.pick(this.#openTeams);
      const from = randomDay(this.#random, month.first, month.last);
      const returning = this.#random.chance(RETURNS) ? this.#formerBefore(month.first) : undefined;
      if (returning) this.#takeBack(returning, unit, from);
      else this.hire(unit, from, false);
    }
  }

  count(): number {
    return [...this.staffOf.values()].reduce((sum, { length }) => sum + length, 0);
  }

  hire(unit: UnitPlan, from: string, isManager: boolean): PersonPlan {
    const employment = this.#employment(unit, from, isManager);
    const person: PersonPlan = {
      id: this.#random.uuid(),
      employeeNumber: String(100_001 + this.people.length),
      ...inventName(this.#random),
      isProtected: this.#random.chance(PROTECTED),
      isFixed: false,
      main: employment,
      side: null,
      employments: [employment],
      completedOn: null,
    };
    this.people.push(person);
    this.#staff(unit).push(person);
    if (!isManager && this.#random.chance(SECOND_EMPLOYMENT)) this.#beginSide(person, from);
    return person;
  }

  #passPerson(person: PersonPlan, month: Month): void {
    const { main } = person;
    if (person.isFixed || main.from >= month.first) return;
    const day = randomDay(this.#random, month.first, month.last);
    if (this.#random.chance(LEAVES_PER_MONTH / (LEAVES_PER_MONTH + MOVES_PER_MONTH))) {
      this.#leave(person, day);
      if (main.isManager) this.hire(main.unit, day, true);
    } else if (!main.isManager) {
      const near = this.#random.chance(0.85);
      const teams = this.#openTeams.filter((team) => !near || team.department === main.unit.department);
      const goal = this.#random.pick(teams);
      if (goal !== main.unit && goal !== person.side?.unit) this.#move(person, goal, day);
    }
  }

  #leave(person: PersonPlan, day: string): void {
    person.main.until = day;
    if (person.side) person.side.until = day;
    person.side = null;
    const staff = this.#staff(person.main.unit);
    staff.splice(staff.indexOf(person), 1);
    this.#former.push(person);
  }

  #move(person: PersonPlan, goal: UnitPlan, day: string): void {
    const staff = this.#staff(person.main.unit);
    staff.splice(staff.indexOf(person), 1);
    person.main.until = day;
    if (person.side?.unit === goal) {
      person.side.until = day;
      person.side = null;
    }
    person.main = this.#employment(goal, day, false);
    person.employments.push(person.main);
    this.#staff(goal).push(person);
  }

  /** Someone who left before the day, the longest ago first. */
  #formerBefore(day: string): PersonPlan | undefined {
    const left = this.#former[0]?.main.until;
    return left && left < day ? this.#former.shift() : undefined;
  }

  #takeBack(person: PersonPlan, unit: UnitPlan, from: string): void {
    person.main = this.#employment(unit, from, false);
    person.employments.push(person.main);
    this.#staff(unit).push(person);
  }

  #beginSide(person: PersonPlan, from: string): void {
    const near = this.#random.chance(0.6) ? person.main.unit.department : null;
    const teams = this.#units.filter((unit) => near === null || unit.department === near);
    const unit = this.#random.pick(teams);
    if (unit === person.main.unit || unit.kind !== 'team' || unit.closed !== null || openedOn(unit) > from)
      return;
    person.side = this.#employment(unit, from, false);
    person.employments.push(person.side);
  }

  #openAndClose(month: Month): void {
    for (const unit of this.#units) {
      const isSibling = (other: UnitPlan) =>
        other !== unit && other.kind === 'team' && other.division === unit.division;
      if (unit.closed === month.first) {
        const goals = this.#openTeams.filter(isSibling);
        for (const person of [...this.#staff(unit)])
          this.#move(person, this.#random.pick(goals), month.first);
      }
      if (openedOn(unit) === month.first && month.first > FIRST_DAY) {
        const movers = this.#openTeams
          .filter(isSibling)
          .flatMap((team) => this.#staff(team).slice(-3))
          .filter(
            ({ isFixed, main, side }) => !isFixed && !main.isManager && !side && main.from < month.first,
          );
        for (const person of movers.slice(0, 12)) this.#move(person, unit, month.first);
        this.hire(unit, month.first, true);
      }
    }
  }

  #vacancies(): UnitPlan[] {
    return this.#open.flatMap((unit) =>
      Array.from({ length: Math.max(0, unit.people - this.#staff(unit).length) }, () => unit),
    );
  }

  #employment(unit: UnitPlan, from: string, isManager: boolean): EmploymentPlan {
    const title = isManager ? unit.managerTitle : this.#random.pick(unit.titles);
    return { unit, title, isManager, from, until: null };
  }

  #staff(unit: UnitPlan): PersonPlan[] {
    const staff = this.staffOf.get(unit);
    if (!staff) throw new Error(`nobody is planned for ${unit.code}`);
    return staff;
  }
}

function openedOn(unit: UnitPlan): string {
  return unit.periods[0]?.from ?? FIRST_DAY;
}

/** Months and the number of people at the end of each, growing evenly to `staff` today. */
export function staffPath(today: string, staff: number): { month: Month; staff: number }[] {
  const months = monthsUntil(2021, today);
  const start = Math.round(staff * 0.955);
  return months.map((month, index) => ({
    month,
    staff: Math.round(start + ((staff - start) * (index + 1)) / months.length),
  }));
}
