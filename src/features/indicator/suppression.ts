import { calculateOutcome, childrenOf, topOf, type IndicatorRow, type UnitPlace } from './indicator.ts';

/** What is counted of a unit before anything is hidden. */
export interface CountedUnit extends UnitPlace {
  employed: number;
  completed: number;
  directEmployed: number;
  directCompleted: number;
}

const FEWEST_PEOPLE = 10;
const SMALL_UNIT = 50;
const FEW = 4;

/** Design rule 7: too few people, or in a small unit one to four who differ from the rest. */
export function isSmallGroup(employed: number, completed: number): boolean {
  const isFew = (count: number) => count >= 1 && count <= FEW;
  if (employed < FEWEST_PEOPLE) return true;
  return employed < SMALL_UNIT && (isFew(completed) || isFew(employed - completed));
}

/**
 * The rows as everyone may see them (design rule 7). Takes the whole tree of a day: whether a unit is
 * hidden depends on its siblings, so never pass a part of it.
 *
 * A unit is hidden when it is a small group. Since a hidden unit could be worked out as its parent
 * minus the visible siblings, more siblings are hidden, the smallest first, until what can be worked out
 * is a group that could itself be shown, of at least two hidden units with ten people together, and not
 * one where nobody or everybody has completed: that would be known of each of the hidden ones. People
 * employed in the parent itself have no row and are worked out the same way: they are protected by one
 * hidden unit below. Where all children are hidden, the parent's own figures are all there is to know,
 * and those passed the rule. A unit without people has nobody to protect: it is hidden but hides no
 * others. Everything below a hidden unit is hidden.
 *
 * `visibleUnitCodes`: units whose manager is looking; they and those below come in full.
 */
export function suppress(
  units: readonly CountedUnit[],
  visibleUnitCodes: Iterable<string> = [],
): IndicatorRow[] {
  const below = childrenOf(units);
  const visible = new Set<CountedUnit>();
  const show = (unit: CountedUnit) => {
    visible.add(unit);
    for (const child of showableChildren(unit, below.get(unit.code) ?? [])) show(child);
  };
  for (const root of topOf(units)) if (!isSmallGroup(root.employed, root.completed)) show(root);

  const inFull = new Set(visibleUnitCodes);
  return units.map((unit) => {
    if (unit.parentCode !== null && inFull.has(unit.parentCode)) inFull.add(unit.code);
    return toRow(unit, !visible.has(unit) && !inFull.has(unit.code));
  });
}

/** The rows with every figure, for an administrator. */
export function showAll(units: readonly CountedUnit[]): IndicatorRow[] {
  return units.map((unit) => toRow(unit, false));
}

function showableChildren(parent: CountedUnit, children: readonly CountedUnit[]): CountedUnit[] {
  const hidden = children.filter(({ employed, completed }) => isSmallGroup(employed, completed));
  const shown = children
    .filter((child) => !hidden.includes(child))
    .sort((a, b) => b.employed - a.employed || (a.code < b.code ? 1 : -1));
  const smallUnits = hidden.some(({ employed }) => employed > 0);
  const smallDirect =
    parent.directEmployed > 0 && isSmallGroup(parent.directEmployed, parent.directCompleted);
  if (!smallUnits && !smallDirect) return shown;
  while (shown.length > 0 && !isProtected(parent, shown, hidden, smallUnits ? 2 : 1)) {
    hidden.push(...shown.splice(findCover(parent, shown), 1));
  }
  return shown;
}

/** Which of the shown children to hide too: the smallest that helps. They come largest first. */
function findCover(parent: CountedUnit, shown: readonly CountedUnit[]): number {
  const left = leftOf(parent, shown);
  if (!tellsOfEach(left, parent)) return shown.length - 1;
  const helps = (unit: Counts) =>
    left.completed === 0 ? unit.completed > 0 : unit.completed < unit.employed;
  const smallest = shown.findLastIndex(helps);
  return smallest === -1 ? shown.length - 1 : smallest;
}

type Counts = Pick<CountedUnit, 'employed' | 'completed'>;

/** What is left of the parent when the shown children are taken off: what anyone can work out. */
function leftOf(parent: CountedUnit, shown: readonly CountedUnit[]): Counts {
  return shown.reduce<Counts>(
    (rest, { employed, completed }) => ({
      employed: rest.employed - employed,
      completed: rest.completed - completed,
    }),
    parent,
  );
}

/** Nobody or everybody of those left has completed, and the parent's own figures do not say so already. */
function tellsOfEach(left: Counts, parent: Counts): boolean {
  const isUniform = ({ employed, completed }: Counts) => completed === 0 || completed === employed;
  return isUniform(left) && !isUniform(parent);
}

/** Whether what is left may be known. */
function isProtected(
  parent: CountedUnit,
  shown: readonly CountedUnit[],
  hidden: readonly CountedUnit[],
  fewestUnits: number,
): boolean {
  const peopled = hidden.filter(({ employed }) => employed > 0);
  const left = leftOf(parent, shown);
  return (
    peopled.length >= fewestUnits &&
    peopled.reduce((sum, { employed }) => sum + employed, 0) >= FEWEST_PEOPLE &&
    !isSmallGroup(left.employed, left.completed) &&
    !tellsOfEach(left, parent) &&
    !isExtreme(left, peopled, shown.at(-1)?.employed ?? 0)
  );
}

/**
 * The hidden ones have so many together that each must be at a limit of the rule: a small one as large as
 * it may be, or with one or four of a kind, and one that covers for it as large as the smallest shown. Who
 * knows the rule could work that out.
 */
function isExtreme(left: Counts, hidden: readonly Counts[], smallestShown: number): boolean {
  const isSmall = ({ employed, completed }: Counts) => isSmallGroup(employed, completed);
  const mostOf = (unit: Counts) => {
    if (!isSmall(unit)) return smallestShown;
    return unit.employed < FEWEST_PEOPLE ? FEWEST_PEOPLE - 1 : SMALL_UNIT - 1;
  };
  const isSumOf = (count: number, ...limits: number[]) =>
    limits.some((limit) => count === limit * hidden.length);
  return (
    hidden.every((unit) => unit.employed === mostOf(unit)) ||
    (hidden.every((unit) => isSmall(unit) && unit.employed >= FEWEST_PEOPLE) &&
      (isSumOf(left.completed, 1, FEW) || isSumOf(left.employed - left.completed, 1, FEW)))
  );
}

function toRow(unit: CountedUnit, hidden: boolean): IndicatorRow {
  const { code, name, kind, parentCode, depth, target, employed, completed } = unit;
  const place = { code, name, kind, parentCode, depth, target };
  if (hidden) return { ...place, hidden, employed: null, completed: null, outcome: null };
  return { ...place, hidden, employed, completed, outcome: calculateOutcome(completed, employed) };
}
