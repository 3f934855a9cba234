import { checkEnded, checkLater, checkTree } from './check-units.ts';
import type { RowProblem } from './import-file.ts';
import type { UnitRow } from './import.schema.ts';
import {
  KIND_NAMES,
  summarise,
  type Change,
  type CurrentUnits,
  type Difference,
  type UnitAtDay,
  type UnitKind,
} from './organisation.ts';

export interface UnitPlanOptions {
  /** The day the changes begin; null: the tree is still being set up and the file describes it for all time. */
  from: string | null;
  /** End the units that are missing in the file. */
  full: boolean;
  /** Codes of rows that could not be read: what refers to them is not a further problem. */
  unreadable?: ReadonlySet<string>;
}

interface NewPeriod {
  code: string;
  name: string;
  kind: UnitKind;
  parentCode: string | null;
  from: string | null;
  until: string | null;
}

export interface UnitChanges {
  newPeriods: NewPeriod[];
  /** Periods that end on the day the change begins. */
  endPeriods: { periodId: number; until: string }[];
  /** Periods that began on the very day (or were set up wrong): corrected in place. */
  correctPeriods: ({ periodId: number } & Omit<NewPeriod, 'from' | 'until'>)[];
  removePeriods: number[];
}

export type UnitPlan =
  { kind: 'ok'; changes: UnitChanges; difference: Difference } | { kind: 'refused'; problems: RowProblem[] };

/**
 * What a checked `units.csv` changes in the tree. Units that are not in the file stay, unless `full`.
 * Refused with line and reason: doubled codes, an unknown parent, a circle, a unit under one of the same
 * or a lower kind, anything but one municipality at the top, a change before one that is already known.
 */
export function planUnits(
  current: CurrentUnits,
  rows: readonly UnitRow[],
  { from, full, unreadable = new Set() }: UnitPlanOptions,
): UnitPlan {
  const stored = new Map(current.units.map((unit) => [unit.code, unit]));
  const inFile = new Map(rows.map((row) => [row.kod, row]));
  const missing = current.units.filter(({ code }) => !inFile.has(code) && !unreadable.has(code));
  const ended = full ? missing : [];
  const problems = [
    ...checkTree(rows, full ? [] : missing, unreadable),
    ...(from === null ? [] : checkLater(rows, current)),
    ...checkEnded(ended, current),
  ];
  if (problems.length > 0) return { kind: 'refused', problems: problems.sort((a, b) => a.line - b.line) };

  const changes: UnitChanges = { newPeriods: [], endPeriods: [], correctPeriods: [], removePeriods: [] };
  const lines = rows.map((row) => changeOf(row, stored.get(row.kod), from, changes));
  for (const unit of ended) endPeriod(unit, from, changes);
  return {
    kind: 'ok',
    changes,
    difference: summarise([
      ...lines,
      ...ended.map(({ code, name }) => ({ kind: 'ended' as const, text: `${code} ${name}` })),
    ]),
  };
}

function changeOf(
  { kod: code, namn: name, typ: kind, overordnad: parentCode }: UnitRow,
  unit: UnitAtDay | undefined,
  from: string | null,
  changes: UnitChanges,
): Change {
  if (!unit) {
    changes.newPeriods.push({ code, name, kind, parentCode, from, until: null });
    return { kind: 'new', text: `${code} ${name}${parentCode === null ? '' : ` under ${parentCode}`}` };
  }
  const isMoved = unit.parentCode !== parentCode;
  if (!isMoved && unit.name === name && unit.kind === kind) return { kind: 'unchanged', text: null };
  const isSameDay = from === null || (unit.from !== null && unit.from >= from);
  if (isSameDay) changes.correctPeriods.push({ periodId: unit.periodId, code, name, kind, parentCode });
  else {
    changes.endPeriods.push({ periodId: unit.periodId, until: from });
    changes.newPeriods.push({ code, name, kind, parentCode, from, until: unit.until });
  }
  const parts = [
    ...(isMoved ? [`från ${unit.parentCode ?? 'överst'} till ${parentCode ?? 'överst'}`] : []),
    ...(unit.name === name ? [] : [`heter ${name}, hette ${unit.name}`]),
    ...(unit.kind === kind ? [] : [`är ${KIND_NAMES[kind]}, var ${KIND_NAMES[unit.kind]}`]),
  ];
  return { kind: isMoved ? 'moved' : 'changed', text: `${code} ${parts.join('; ')}` };
}

function endPeriod(unit: UnitAtDay, from: string | null, changes: UnitChanges): void {
  if (from === null || (unit.from !== null && unit.from >= from)) changes.removePeriods.push(unit.periodId);
  else changes.endPeriods.push({ periodId: unit.periodId, until: from });
}
