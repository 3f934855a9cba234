import type { StoredRequirement } from '#db/queries/rules.ts';
import type { Rule } from '#db/queries/required.ts';

/** A change that a coordinator asks for. `until` is always the first day without it. */
export type RequirementChange =
  | { kind: 'add'; rule: Rule; from: string; until: string | null; note: string | null }
  | { kind: 'end'; id: number; until: string }
  | { kind: 'remove'; id: number }
  | { kind: 'validity'; id: number; from: string; validityMonths: number | null; note: string | null };

export type NewRequirement = Omit<StoredRequirement, 'id'> & { note: string | null };

/** What happens to the stored requirements. The same plan is looked at in a preview and carried out. */
export interface RequirementPlan {
  moduleSlug: string;
  /** The rule that is changed, as it is or becomes: whom the change concerns. */
  rule: Rule;
  remove: number[];
  end: { id: number; until: string }[];
  add: NewRequirement[];
  /** The first day on which something is different, and the first on which nothing is any more; null: from or for ever. */
  from: string | null;
  until: string | null;
}

/** Why a change cannot be made. */
export type PlanProblem =
  | 'unknown'
  | 'ends-before-it-begins'
  | 'ends-already'
  | 'has-begun'
  | 'same-validity'
  | 'not-in-force'
  | 'twice';

/** Plans a change to the requirements that are stored. */
export function planChange(
  stored: readonly StoredRequirement[],
  change: RequirementChange,
  today: string,
): { kind: 'plan'; plan: RequirementPlan } | { kind: 'problem'; problem: PlanProblem } {
  const problem = (name: PlanProblem) => ({ kind: 'problem' as const, problem: name });
  const plan = (made: RequirementPlan) => ({ kind: 'plan' as const, plan: made });
  if (change.kind === 'add') {
    const { rule, from, until, note } = change;
    if (until !== null && until <= from) return problem('ends-before-it-begins');
    if (stored.some((old) => isSameRule(old, rule) && covers(old, from, until))) return problem('twice');
    const add = [{ ...rule, from, until, note }];
    return plan({ moduleSlug: rule.moduleSlug, rule, remove: [], end: [], add, from, until });
  }
  const old = stored.find(({ id }) => id === change.id);
  if (!old) return problem('unknown');
  const rule = ruleOf(old);
  const base = { moduleSlug: old.moduleSlug, rule, remove: [], end: [], add: [], until: old.until };
  const hasBegun = old.from === null || old.from <= today;
  switch (change.kind) {
    case 'remove':
      if (hasBegun) return problem('has-begun');
      return plan({ ...base, remove: [old.id], from: old.from });
    case 'end':
      if (old.from !== null && change.until <= old.from) return problem('ends-before-it-begins');
      if (old.until !== null && change.until >= old.until) return problem('ends-already');
      return plan({ ...base, end: [{ id: old.id, until: change.until }], from: change.until });
    case 'validity': {
      const { from, validityMonths, note } = change;
      if (validityMonths === old.validityMonths) return problem('same-validity');
      if (old.until !== null && from >= old.until) return problem('not-in-force');
      const isWhole = old.from !== null && from <= old.from;
      if (isWhole && hasBegun) return problem('not-in-force');
      const day = isWhole ? old.from : from;
      const next = { ...rule, validityMonths };
      return plan({
        ...base,
        rule: next,
        ...(isWhole ? { remove: [old.id] } : { end: [{ id: old.id, until: from }] }),
        add: [{ ...next, from: day, until: old.until, note }],
        from: day,
      });
    }
  }
}

/** The requirements as they are when a plan has been carried out. New ones have a negative id. */
export function applyPlan(stored: readonly StoredRequirement[], plan: RequirementPlan): StoredRequirement[] {
  const ends = new Map(plan.end.map(({ id, until }) => [id, until]));
  const kept = stored
    .filter(({ id }) => !plan.remove.includes(id))
    .map((old) => ({ ...old, until: ends.get(old.id) ?? old.until }));
  return [...kept, ...plan.add.map(({ note: _note, ...row }, index) => ({ ...row, id: -1 - index }))];
}

/** The rules of a day. */
export function rulesOn(stored: readonly StoredRequirement[], day: string): Rule[] {
  return stored.filter((row) => isInForce(row, day)).map(ruleOf);
}

/** Whether a requirement applies on a day. */
export function isInForce({ from, until }: Pick<StoredRequirement, 'from' | 'until'>, day: string): boolean {
  return (from === null || from <= day) && (until === null || day < until);
}

/** The day that a preview counts: when the change begins, but not a day that has been; the last day of what is over. */
export function dayToCount(
  { from, until }: RequirementPlan,
  today: string,
  dayBefore: (day: string) => string,
) {
  const day = from === null || from < today ? today : from;
  return until !== null && day >= until ? dayBefore(until) : day;
}

/** The first day, today or later, on which nothing is required of anyone; null: there is none. */
export function firstDayWithout(stored: readonly StoredRequirement[], today: string): string | null {
  const days = [today, ...stored.flatMap(({ until }) => (until !== null && until > today ? [until] : []))];
  return days.sort().find((day) => !stored.some((row) => isInForce(row, day))) ?? null;
}

function ruleOf({ moduleSlug, unitId, audience, titles, validityMonths }: StoredRequirement): Rule {
  return { moduleSlug, unitId, audience, titles, validityMonths };
}

function isSameRule(a: Rule, b: Rule): boolean {
  return (
    a.moduleSlug === b.moduleSlug &&
    a.unitId === b.unitId &&
    a.audience === b.audience &&
    a.validityMonths === b.validityMonths &&
    [...(a.titles ?? [])].sort().join('\n') === [...(b.titles ?? [])].sort().join('\n')
  );
}

function covers(old: StoredRequirement, from: string, until: string | null): boolean {
  const endsLater = old.until === null || (until !== null && until <= old.until);
  return (old.from === null || old.from <= from) && endsLater;
}
