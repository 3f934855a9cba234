import { randomDay, type Month } from './days.ts';
import { DEPARTMENTS, type DepartmentPlan } from './organisation.ts';
import type { PersonPlan, Workforce } from './people.ts';
import type { Random } from './random.ts';
import type { UnitPlan } from './units.ts';

/** Malmö's own figure: 1 800 employees took the course in 2021–2022. */
const EARLY_COMPLETIONS = 1800;
const EARLY_MONTHS = 24;
/** How the interest grew from 2023 on. */
const INTEREST: Record<string, number> = { '2023': 0.75, '2024': 0.9, '2025': 1.1 };
/** The enhet that, as in Upplands-Bro's follow-up, is far ahead of the others. */
const AHEAD = 'ASF-1-01';

/** Decides who takes the grundkurs, month by month, at the pace of each förvaltning and enhet. */
export class CourseTaking {
  readonly #random: Random;
  readonly #eagerness = new Map<UnitPlan, number>();
  #early = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  pass(workforce: Workforce, month: Month, monthNumber: number): void {
    if (monthNumber < EARLY_MONTHS) this.#passEarly(workforce, month, monthNumber);
    else this.#passLater(workforce, month);
  }

  /** An exact number of people, shared out between the förvaltningar. */
  #passEarly(workforce: Workforce, month: Month, monthNumber: number): void {
    const untilNow = Math.round((EARLY_COMPLETIONS * (monthNumber + 1)) / EARLY_MONTHS);
    const waiting = new Map<DepartmentPlan, PersonPlan[]>();
    for (const [unit, staff] of workforce.staffOf) {
      if (!unit.department) continue;
      const open = staff.filter((person) => canTake(person, month));
      const others = waiting.get(unit.department);
      if (others) others.push(...open);
      else waiting.set(unit.department, open);
    }
    for (; this.#early < untilNow; this.#early += 1) {
      const people = waiting.get(this.#pickDepartment()) ?? [];
      const [person] = people.splice(this.#random.int(0, people.length - 1), 1);
      if (!person) throw new Error('nobody left to take the course');
      person.completedOn = randomDay(this.#random, month.first, month.last);
    }
  }

  #passLater(workforce: Workforce, month: Month): void {
    const interest = INTEREST[month.first.slice(0, 4)] ?? 1.2;
    for (const [unit, staff] of workforce.staffOf) {
      const chance = ((unit.department?.pace ?? 1) / 100) * interest * this.#eagernessOf(unit);
      for (const person of this.#random.sample(staff, chance)) {
        if (canTake(person, month)) person.completedOn = randomDay(this.#random, month.first, month.last);
      }
    }
  }

  #eagernessOf(unit: UnitPlan): number {
    const known = this.#eagerness.get(unit);
    if (known !== undefined) return known;
    const drawn = unit.code === AHEAD ? 2.5 : 0.3 + 1.6 * this.#random.next() ** 1.3;
    this.#eagerness.set(unit, drawn);
    return drawn;
  }

  #pickDepartment(): DepartmentPlan {
    let draw = this.#random.next() * DEPARTMENTS.reduce((sum, { earlyShare }) => sum + earlyShare, 0);
    const found = DEPARTMENTS.find(({ earlyShare }) => (draw -= earlyShare) < 0) ?? DEPARTMENTS[0];
    if (!found) throw new Error('no departments');
    return found;
  }
}

function canTake(person: PersonPlan, month: Month): boolean {
  return person.completedOn === null && !person.isFixed && person.main.from < month.first;
}
