import type { IndicatorRow } from '#src/features/indicator/indicator.ts';
import { suppress, type CountedUnit } from '#src/features/indicator/suppression.ts';

/** One row of a day as it is published: figures null where it is hidden. */
export type PublishedRow = Pick<
  IndicatorRow,
  'code' | 'kind' | 'parentCode' | 'hidden' | 'employed' | 'completed'
>;

/** What everyone can fetch of one day. */
export interface PublishedDay {
  asOf: string;
  rows: readonly PublishedRow[];
}

export const MODELS = ['sums', 'nobody above', 'rules', 'neighbours'] as const;
/**
 * What the attacker uses:
 * - `sums`: what a unit has is what the units below it and those who work in it itself have together;
 *   counts are whole, not negative, and no more have completed than are employed.
 * - `nobody above`: besides, she takes it that nobody works in a unit itself that has units below it.
 * - `rules`: besides, she has this program, tries every figure that two hidden units could have, and
 *   keeps those for which it would have hidden just these.
 * - `neighbours`: besides `nobody above`, she takes it that a hidden unit that is shown the day before or after
 *   in what she has fetched had the same figures then.
 */
export type Model = (typeof MODELS)[number];

/** A figure that the attacker believes to know of a hidden row. */
export interface Guess {
  asOf: string;
  code: string;
  /** `outcome`: everybody has completed, however many they are. */
  key: 'employed' | 'completed' | 'outcome';
  value: number;
  model: Model;
  /** It follows from a group that is shown, where nobody has completed. */
  isOfShown: boolean;
}

interface Group {
  parent: PublishedRow;
  shown: PublishedRow[];
  hidden: PublishedRow[];
  /** What the hidden ones have together, if nobody is counted twice and nobody works in the parent itself. */
  left: { employed: number; completed: number };
}

/** Everything that follows, by the three ways of thinking, from some days of everything that is published. */
export function attack(days: readonly PublishedDay[]): Guess[] {
  return days.flatMap((day, index) => {
    const around = [days[index - 1], days[index + 1]].flatMap((other) =>
      other ? [new Map(other.rows.map((row) => [row.code, row]))] : [],
    );
    return groupsOf(day.rows).flatMap((group) => [
      ...solveSums(day, group),
      ...solveRules(day, group),
      ...around.flatMap((rows) => solveByNeighbour(day, group, rows)),
    ]);
  });
}

/** Shown units with hidden ones right below them. */
function groupsOf(rows: readonly PublishedRow[]): Group[] {
  const below = Map.groupBy(rows, ({ parentCode }) => parentCode);
  return rows.flatMap((parent) => {
    const children = below.get(parent.code) ?? [];
    const hidden = children.filter((row) => row.hidden);
    if (parent.hidden || hidden.length === 0) return [];
    const shown = children.filter((row) => !row.hidden);
    return [{ parent, shown, hidden, left: takeOff(parent, shown) }];
  });
}

function takeOff(parent: PublishedRow, parts: readonly PublishedRow[]): Group['left'] {
  const rest = (key: 'employed' | 'completed') =>
    parts.reduce((left, part) => left - (part[key] ?? 0), parent[key] ?? 0);
  return { employed: rest('employed'), completed: rest('completed') };
}

/**
 * One equation for each group: the sum of the hidden ones. As every unit stands in one group only, the
 * system of a day, of all days and of all differences between days falls apart into these equations: one
 * unknown is found when it is alone, or when bounds leave one value, as where all have nothing.
 */
function solveSums({ asOf, rows }: PublishedDay, { parent, hidden, left }: Group): Guess[] {
  const found = (units: readonly PublishedRow[], model: Model, key: Guess['key'], value: number): Guess[] =>
    units.map(({ code }) => {
      const isOfShown =
        (key === 'completed' && parent.completed === 0) ||
        (key === 'outcome' && parent.completed === parent.employed);
      return { asOf, code, key, value, model, isOfShown };
    });
  const [alone] = hidden.length === 1 ? hidden : [];
  const all = withAllBelow(rows, hidden);
  return [
    ...(left.employed === 0 ? found(all, 'sums', 'employed', 0) : []),
    ...(left.completed === 0 ? found(all, 'sums', 'completed', 0) : []),
    ...(left.completed === left.employed && left.employed > 0 ? found(all, 'sums', 'outcome', 100) : []),
    ...(alone ? found([alone], 'nobody above', 'employed', left.employed) : []),
    ...(alone ? found([alone], 'nobody above', 'completed', left.completed) : []),
  ];
}

function withAllBelow(rows: readonly PublishedRow[], units: readonly PublishedRow[]): PublishedRow[] {
  const codes = new Set(units.map(({ code }) => code));
  return rows.filter(({ code, parentCode }) => {
    if (parentCode !== null && codes.has(parentCode)) codes.add(code);
    return codes.has(code);
  });
}

/** More hypotheses than this are not tried for one group. */
const MOST_HYPOTHESES = 20_000;

function solveRules({ asOf }: PublishedDay, { parent, shown, hidden, left }: Group): Guess[] {
  const [one, other] = hidden;
  if (hidden.length !== 2 || !one || !other) return [];
  if ((left.employed + 1) * (left.completed + 1) > MOST_HYPOTHESES) return [];
  const left1 = { employed: new Set<number>(), completed: new Set<number>() };
  const left2 = { employed: new Set<number>(), completed: new Set<number>() };
  for (let employed = 0; employed <= left.employed; employed++)
    for (let completed = 0; completed <= Math.min(employed, left.completed); completed++) {
      const rest = { employed: left.employed - employed, completed: left.completed - completed };
      if (rest.completed > rest.employed) continue;
      const tree = [
        counted(parent, null, parent as Group['left']),
        ...shown.map((row) => counted(row, parent.code, row as Group['left'])),
        counted(one, parent.code, { employed, completed }),
        counted(other, parent.code, rest),
      ];
      const isSame = suppress(tree).every((row, index) => row.hidden === index > shown.length);
      if (!isSame) continue;
      left1.employed.add(employed);
      left1.completed.add(completed);
      left2.employed.add(rest.employed);
      left2.completed.add(rest.completed);
    }
  return [one, other].flatMap(({ code }, index) =>
    (['employed', 'completed'] as const).flatMap((key): Guess[] => {
      const values = [...(index === 0 ? left1 : left2)[key]];
      const [value] = values;
      if (values.length !== 1 || value === undefined) return [];
      const isOfShown = key === 'completed' && parent.completed === 0;
      return [{ asOf, code, key, value, model: 'rules', isOfShown }];
    }),
  );
}

function counted(row: PublishedRow, parentCode: string | null, counts: Group['left']): CountedUnit {
  const { employed, completed } = counts;
  return {
    ...{ code: row.code, name: row.code, kind: row.kind, parentCode, depth: parentCode === null ? 0 : 1 },
    ...{ target: null, employed, completed, directEmployed: 0, directCompleted: 0 },
  };
}

function solveByNeighbour(
  { asOf }: PublishedDay,
  { hidden, left, parent }: Group,
  other: ReadonlyMap<string, PublishedRow>,
): Guess[] {
  const known = hidden.flatMap(({ code }) => {
    const row = other.get(code);
    return row && !row.hidden ? [row] : [];
  });
  const unknown = hidden.filter(({ code }) => other.get(code)?.hidden !== false);
  const [last] = unknown;
  if (hidden.length === 1) return [];
  // Where all were shown then, each is tried: one has changed, and the others not.
  const targets = unknown.length === 0 ? hidden : unknown.length === 1 && last ? [last] : [];
  return targets.flatMap(({ code }) =>
    (['employed', 'completed'] as const).map((key): Guess => {
      const others = known.filter((row) => row.code !== code);
      const value = others.reduce((rest, row) => rest - (row[key] ?? 0), left[key]);
      return {
        asOf,
        code,
        key,
        value,
        model: 'neighbours',
        isOfShown: key === 'completed' && parent.completed === 0,
      };
    }),
  );
}
