/** kommun · förvaltning · avdelning · enhet */
export type UnitKind = 'municipality' | 'department' | 'division' | 'team';

/** How far down in the tree a kind belongs: a unit lies under one of a lower number. */
export const KIND_RANK: Record<UnitKind, number> = { municipality: 0, department: 1, division: 2, team: 3 };

export const KIND_NAMES: Record<UnitKind, string> = {
  municipality: 'kommun',
  department: 'förvaltning',
  division: 'avdelning',
  team: 'enhet',
};

/** A unit as it is at a day, and how long. */
export interface UnitAtDay {
  code: string;
  name: string;
  kind: UnitKind;
  parentCode: string | null;
  periodId: number;
  /** First day of the period; null: always. */
  from: string | null;
  /** First day it is no longer so; null: until further notice. */
  until: string | null;
}

/** What the import of units starts from. */
export interface CurrentUnits {
  /** The tree at the day of the import. */
  units: readonly UnitAtDay[];
  /** Codes with a period that begins after that day, and when. */
  later: ReadonlyMap<string, string>;
  /** Codes where someone is employed that day or later. */
  staffed: ReadonlySet<string>;
}

/** One employment as it is stored. */
export interface StoredEmployment {
  id: number;
  unitCode: string;
  title: string;
  isManager: boolean;
  from: string;
  /** First day no longer employed; null: until further notice. */
  until: string | null;
}

export interface StoredPerson {
  id: string;
  /** Null: not from the HR system, for example an account made on the command line. */
  employeeNumber: string | null;
  name: string;
  email: string | null;
  isProtected: boolean;
  employments: StoredEmployment[];
}

/** What the import of staff starts from. */
export interface CurrentStaff {
  people: readonly StoredPerson[];
  /** Codes of units in the tree on the day of the import. */
  openUnits: ReadonlySet<string>;
  /** Every code there has ever been. */
  knownUnits: ReadonlySet<string>;
}

/** How an import changes something, in the words of its report. */
export type ChangeKind = 'new' | 'moved' | 'changed' | 'ended' | 'unchanged';

/** One unit or person of an import. `text` null: not to be shown. */
export interface Change {
  kind: ChangeKind;
  text: string | null;
}

/** What an import would change or changed: how many of each, and one line for each of the first. */
export interface Difference {
  counts: Record<ChangeKind, number>;
  /** Never of people with protected identity, who are only counted. */
  examples: { kind: Exclude<ChangeKind, 'unchanged'>; text: string }[];
}

const MOST_EXAMPLES = 20;

/** Counts changes and keeps the first few of each kind as examples. */
export function summarise(changes: Iterable<Change>): Difference {
  const counts = { new: 0, moved: 0, changed: 0, ended: 0, unchanged: 0 };
  const shown: Difference['examples'] = [];
  const perKind = { new: 0, moved: 0, changed: 0, ended: 0 };
  for (const { kind, text } of changes) {
    counts[kind] += 1;
    if (kind === 'unchanged' || text === null || perKind[kind] >= MOST_EXAMPLES) continue;
    perKind[kind] += 1;
    shown.push({ kind, text });
  }
  return { counts, examples: fairShare(shown) };
}

/** At most twenty in all, taken in turn from each kind so that the rare ones are seen. */
function fairShare(examples: Difference['examples']): Difference['examples'] {
  const kinds = ['new', 'moved', 'changed', 'ended'] as const;
  const queues = kinds.map((kind) => examples.filter((example) => example.kind === kind));
  const chosen = new Set<Difference['examples'][number]>();
  for (let turn = 0; chosen.size < Math.min(MOST_EXAMPLES, examples.length); turn += 1) {
    for (const queue of queues) {
      const example = queue[turn];
      if (example && chosen.size < MOST_EXAMPLES) chosen.add(example);
    }
  }
  return queues.flat().filter((example) => chosen.has(example));
}
