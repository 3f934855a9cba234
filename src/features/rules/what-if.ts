import type { AudienceCount, Concerned } from '#db/queries/rules.ts';
import { branchOf, ancestorsOf, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { isSmallGroup, suppress, type CountedUnit } from '#src/features/indicator/suppression.ts';

/** One unit before and after a change of the rules. */
export interface WhatIfRow {
  before: IndicatorRow;
  /** A hidden one carries no figure. */
  after: IndicatorRow;
  /** Who have more to do; null where hidden. */
  lacking: number | null;
}

/** What a change of the rules means, as a coordinator may see it. */
export interface WhatIf {
  /** The day that is counted. */
  day: string;
  /** The change concerns so few that its effect would tell of single people: no figure after it. */
  isHidden: boolean;
  /** The municipality, then the departments that are concerned. Empty where nobody is employed. */
  rows: WhatIfRow[];
  /** Whom the course is required of for the first time, and no longer; null: a few, not said how many. */
  added: number | null;
  removed: number | null;
  /** On other terms than before. */
  changed: number | null;
}

export interface WhatIfFacts {
  day: string;
  before: readonly CountedUnit[];
  after: readonly CountedUnit[];
  concerned: readonly Concerned[];
  /** The unit that the rule is for; null: all. */
  unitCode: string | null;
  /** The audience everywhere, which says where its figures would be hidden; null: the audience is everyone who must have the course anyway. */
  audience: readonly AudienceCount[] | null;
}

/**
 * What a change means for the municipality and the departments it concerns.
 *
 * The effect of a rule tells how those it concerns stand with the course, and whoever tries rules chooses
 * whom they concern. So an effect is shown only where the group that it tells of is large enough itself
 * (rule 7), among those whose terms change, and where it could not be worked out from the effects of rules
 * for other units: the audience's own figures are suppressed over the whole tree, one kind of work at a time.
 */
export function describeWhatIf({ day, before, after, concerned, unitCode, audience }: WhatIfFacts): WhatIf {
  const shownBefore = suppress(before);
  const root = rootOf(shownBefore, unitCode);
  if (!root) return { day, isHidden: false, rows: [], added: 0, removed: 0, changed: 0 };
  const scope = unitCode ?? root.code;
  const rowsAfter = new Map(suppress(after).map((row) => [row.code, row]));
  const concernedOf = new Map(concerned.map((row) => [row.code, row]));
  const inScope = new Set(branchOf(shownBefore, scope).map(({ code }) => code));
  const aboveScope = new Set(ancestorsOf(shownBefore, scope).map(({ code }) => code));
  const departments = shownBefore.filter(
    ({ parentCode, code }) => parentCode === root.code && (inScope.has(code) || aboveScope.has(code)),
  );
  const inAudience = visibleInAudience(before, audience);
  const open = visibleChanges([root, ...departments], before, after, concernedOf);
  const isOpen = (code: string) => {
    const group = inScope.has(code) ? code : scope;
    return inAudience(scope) && inAudience(group) && open.has(root.code) && open.has(code);
  };
  const rows = [root, ...departments].map((row): WhatIfRow => {
    const next = rowsAfter.get(row.code) ?? row;
    const isShown = isOpen(row.code) && !row.hidden && !next.hidden;
    return {
      before: row,
      after: isShown ? next : { ...next, hidden: true, employed: null, completed: null, outcome: null },
      lacking: isShown ? (concernedOf.get(row.code)?.lacking ?? 0) : null,
    };
  });
  const total = concernedOf.get(root.code);
  return {
    day,
    isHidden: rows[0]?.after.hidden ?? true,
    rows,
    added: fewAsNull(total?.added ?? 0),
    removed: fewAsNull(total?.removed ?? 0),
    changed: fewAsNull((total?.changed ?? 0) - (total?.added ?? 0) - (total?.removed ?? 0)),
  };
}

/** A number of people as it may be said: null where there are so few that they could be known one by one. */
export function fewAsNull(people: number): number | null {
  return people > 0 && isSmallGroup(people, 0) ? null : people;
}

function rootOf(rows: readonly IndicatorRow[], unitCode: string | null): IndicatorRow | undefined {
  if (unitCode === null) return rows[0];
  return ancestorsOf(rows, unitCode)[0] ?? rows.find(({ code }) => code === unitCode);
}

/** The units where the figures of the audience may be known, in none of its kinds of work hidden. */
function visibleInAudience(
  units: readonly CountedUnit[],
  audience: readonly AudienceCount[] | null,
): (code: string) => boolean {
  if (audience === null) return () => true;
  const titles = [...new Set(audience.map(({ title }) => title))];
  const shown = titles.map((title) => {
    const counts = new Map(audience.filter((row) => row.title === title).map((row) => [row.code, row]));
    const tree = units.map((unit) => {
      const count = counts.get(unit.code);
      return {
        ...unit,
        employed: count?.people ?? 0,
        completed: count?.having ?? 0,
        directEmployed: count?.directPeople ?? 0,
        directCompleted: count?.directHaving ?? 0,
      };
    });
    const visible = new Set(suppress(tree).flatMap(({ code, hidden }) => (hidden ? [] : [code])));
    return (code: string) => visible.has(code) || !counts.has(code);
  });
  return (code) => shown.every((isShown) => isShown(code));
}

/** The units where what changes for people may be known: neither their number nor what they lack is small. */
function visibleChanges(
  rows: readonly IndicatorRow[],
  before: readonly CountedUnit[],
  after: readonly CountedUnit[],
  concerned: ReadonlyMap<string, Concerned>,
): Set<string> {
  const completedOf = (units: readonly CountedUnit[]) =>
    new Map(units.map(({ code, completed }) => [code, completed]));
  const [was, becomes] = [completedOf(before), completedOf(after)];
  const countBy = (differing: (code: string) => number) =>
    suppress(
      rows.map((row) => {
        const employed = concerned.get(row.code)?.changed ?? 0;
        const completed = employed - Math.min(employed, differing(row.code));
        return { ...row, employed, completed, directEmployed: 0, directCompleted: 0 };
      }),
    );
  const byLacking = countBy((code) => concerned.get(code)?.lacking ?? 0);
  const byFigure = countBy((code) => Math.abs((becomes.get(code) ?? 0) - (was.get(code) ?? 0)));
  const isFree = (code: string) => (concerned.get(code)?.changed ?? 0) === 0;
  return new Set(
    rows.flatMap(({ code }, index) =>
      isFree(code) || (!byLacking[index]?.hidden && !byFigure[index]?.hidden) ? [code] : [],
    ),
  );
}
