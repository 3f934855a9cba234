import { addDays } from '#src/lib/clock.ts';
import { checkStaff } from './check-staff.ts';
import type { RowProblem } from './import-file.ts';
import type { StaffRow } from './import.schema.ts';
import {
  summarise,
  type Change,
  type CurrentStaff,
  type Difference,
  type StoredEmployment,
  type StoredPerson,
} from './organisation.ts';
import {
  covers,
  planEmployments,
  type ClaimedEmployment,
  type EmploymentChanges,
} from './plan-employments.ts';
import { claimOf, groupByNumber } from './staff-rows.ts';

export interface StaffPlanOptions {
  asOf: string;
  /** The file holds everyone employed on the day: end who is missing. */
  full: boolean;
  /** Makes the id of a new person. */
  newId: () => string;
}

export interface StaffChanges {
  newPeople: Omit<StoredPerson, 'employments'>[];
  changedPeople: Omit<StoredPerson, 'employments'>[];
  newEmployments: ({ personId: string } & ClaimedEmployment)[];
  changedEmployments: StoredEmployment[];
  removedEmployments: number[];
}

export type StaffPlan =
  | {
      kind: 'ok';
      changes: StaffChanges;
      difference: Difference;
      /** People employed on the day before the import, and those of them who no longer would be. */
      employed: number;
      leaving: number;
    }
  | { kind: 'refused'; problems: RowProblem[] };

/**
 * What a checked `staff.csv` changes. People are known by employee number; one without a number (an
 * account made on the command line) becomes the person with the same e-mail. See `planEmployments` for
 * what happens to employments and `checkStaff` for what is refused.
 */
export function planStaff(
  current: CurrentStaff,
  rows: readonly StaffRow[],
  { asOf, full, newId }: StaffPlanOptions,
): StaffPlan {
  const problems = checkStaff(current, rows, { asOf, full });
  if (problems.length > 0) return { kind: 'refused', problems };

  const changes: StaffChanges = {
    newPeople: [],
    changedPeople: [],
    newEmployments: [],
    changedEmployments: [],
    removedEmployments: [],
  };
  const byNumber = new Map(current.people.map((person) => [person.employeeNumber, person]));
  const unnumbered = current.people.filter(({ employeeNumber, email }) => employeeNumber === null && email);
  const byEmail = new Map(unnumbered.map((person) => [person.email?.toLowerCase(), person]));
  const lines: Change[] = [];
  let leaving = 0;
  const plan = (person: StoredPerson, described: Omit<StoredPerson, 'employments'>, rowsOf: StaffRow[]) => {
    const claims = rowsOf.map(claimOf);
    const employments = planEmployments(person.employments, claims, { asOf, endMissing: full });
    collect(changes, described.id, employments);
    const isEmployed = (list: readonly ClaimedEmployment[]) => list.some((it) => covers(it, asOf));
    if (isEmployed(person.employments) && !isEmployed(resultOf(employments))) leaving += 1;
    lines.push(describe(person, described, employments, asOf));
  };

  const listed = new Set<StoredPerson>();
  for (const [employeeNumber, rowsOf] of groupByNumber(rows)) {
    const [{ namn: name, epost: email, skyddad: isProtected }] = rowsOf;
    const known = byNumber.get(employeeNumber) ?? (email === null ? undefined : byEmail.get(email));
    const described = { id: known?.id ?? newId(), employeeNumber, name, email, isProtected };
    if (known) listed.add(known);
    if (!known) changes.newPeople.push(described);
    else if (isChanged(known, described)) changes.changedPeople.push(described);
    plan(known ?? { ...described, employeeNumber: null, employments: [] }, described, rowsOf);
  }
  changes.changedPeople.push(...formerOwners(current.people, listed, rows));
  if (full) {
    for (const person of current.people) {
      const isMissing = !listed.has(person) && person.employments.some((it) => covers(it, asOf));
      if (isMissing) plan(person, person, []);
    }
  }
  const employed = current.people.filter(({ employments }) =>
    employments.some((it) => covers(it, asOf)),
  ).length;
  return { kind: 'ok', changes, difference: summarise(lines), employed, leaving };
}

/** People who have left and whose e-mail now leads to somebody of the file. */
function formerOwners(
  people: readonly StoredPerson[],
  listed: ReadonlySet<StoredPerson>,
  rows: readonly StaffRow[],
): StaffChanges['changedPeople'] {
  const emails = new Set(rows.map(({ epost }) => epost));
  return people
    .filter(
      (person) => !listed.has(person) && person.email !== null && emails.has(person.email.toLowerCase()),
    )
    .map((person) => ({ ...person, email: null }));
}

function isChanged(known: StoredPerson, described: Omit<StoredPerson, 'employments'>): boolean {
  return (
    known.name !== described.name ||
    known.email !== described.email ||
    known.isProtected !== described.isProtected ||
    known.employeeNumber !== described.employeeNumber
  );
}

function resultOf({ inserted, updated, unchanged }: EmploymentChanges): ClaimedEmployment[] {
  return [...inserted, ...updated.map(({ after }) => after), ...unchanged];
}

function collect(changes: StaffChanges, personId: string, employments: EmploymentChanges): void {
  changes.newEmployments.push(...employments.inserted.map((it) => ({ personId, ...it })));
  changes.changedEmployments.push(...employments.updated.map(({ after }) => after));
  changes.removedEmployments.push(...employments.removed.map(({ id }) => id));
}

/** One line about a person. Somebody with protected identity, before or after, is counted and nothing more. */
function describe(
  person: StoredPerson,
  described: Omit<StoredPerson, 'employments'>,
  employments: EmploymentChanges,
  asOf: string,
): Change {
  const isHidden = person.isProtected || described.isProtected;
  const say = (kind: Change['kind'], text: string): Change => ({ kind, text: isHidden ? null : text });
  const number = described.employeeNumber ?? '';
  const { inserted, updated, removed } = employments;
  const ended = updated.filter(({ before, after }) => covers(before, asOf) && !covers(after, asOf));
  const left = [...ended.map(({ before }) => before), ...removed];
  const units = (list: readonly { unitCode: string }[]) => list.map(({ unitCode }) => unitCode).join(', ');
  if (person.employeeNumber === null) return say('new', `${number} i ${units(inserted)}`);
  const elsewhere = inserted.filter((it) => !left.some(({ unitCode }) => unitCode === it.unitCode));
  if (left.length > 0 && elsewhere.length > 0) {
    const from = elsewhere.map((it) => it.from).toSorted()[0];
    return say('moved', `${number} från ${units(left)} till ${units(elsewhere)}, från och med ${from}`);
  }
  if (left.length > 0 && !resultOf(employments).some((it) => covers(it, asOf))) {
    const lastDays = ended.map(({ after: { until } }) => addDays(until ?? asOf, -1)).toSorted();
    return say('ended', `${number} i ${units(left)}, sista dag ${lastDays.at(-1) ?? addDays(asOf, -1)}`);
  }
  const parts = [
    ...(isChanged(person, described) ? ['personuppgifter'] : []),
    ...inserted.map(({ unitCode, from }) => `ny anställning i ${unitCode} från och med ${from}`),
    ...updated.map(({ before }) => `anställning i ${before.unitCode}`),
    ...removed.map(({ unitCode }) => `anställning i ${unitCode} borttagen`),
  ];
  return parts.length === 0
    ? { kind: 'unchanged', text: null }
    : say('changed', `${number}: ${parts.join('; ')}`);
}
