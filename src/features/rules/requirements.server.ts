import type { Executor, Transaction } from '#db/client.ts';
import { queryIndicator } from '#db/queries/indicator.ts';
import { nameRuleAuthor } from '#db/queries/rule-author.ts';
import {
  compareRules,
  countAudience,
  deleteRequirement,
  endRequirement,
  insertRequirement,
  listFixedYearsWithin,
  listRequirable,
  listRequirements,
  listTitles,
  lockRequirements,
  readRulesVersion,
  type ListedRequirement,
} from '#db/queries/rules.ts';
import { findUnitInYear, listUnitsToChoose } from '#db/queries/targets.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { requirementWords } from '#src/i18n/requirements.ts';
import { addDays, now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, type FieldErrors } from '#src/lib/form-errors.ts';
import { MOST_SUGGESTIONS } from './targets.server.ts';
import {
  applyPlan,
  dayToCount,
  firstDayWithout,
  planChange,
  rulesOn,
  type RequirementChange,
  type RequirementPlan,
} from './requirements.ts';
import { changeSchema, fieldsOf, type ChangeForm } from './requirements.schema.ts';
import { describeWhatIf, type WhatIf } from './what-if.ts';

const MOST_REQUIREMENTS = 300;

/** What the forms offer. */
export interface RequirementChoices {
  courses: { slug: string; title: string }[];
  units: { code: string; name: string }[];
  titles: { title: string; people: number }[];
}

export interface RequirementsPage {
  today: string;
  requirements: ListedRequirement[];
  choices: RequirementChoices;
  /** The one to change, by `?krav=`. */
  chosen: ListedRequirement | null;
}

/**
 * Every requirement there is and has been.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showRequirements(
  actor: Actor | null,
  chosenId: string | null,
): Promise<RequirementsPage> {
  requireRole(actor, 'samordnare', 'admin');
  const db = getDb();
  const today = stockholmToday();
  const requirements = await listRequirements(db);
  return {
    today,
    requirements,
    choices: {
      courses: await listRequirable(db),
      units: await listUnitsToChoose(db, today, MOST_SUGGESTIONS),
      titles: await listTitles(db, today),
    },
    chosen: requirements.find(({ id }) => String(id) === chosenId) ?? null,
  };
}

type Refused = { kind: 'refused'; errors: FieldErrors };

/** What a change would mean. */
export interface RequirementPreview {
  kind: 'preview';
  action: ChangeForm['atgard'];
  today: string;
  plan: RequirementPlan;
  course: string;
  unit: string | null;
  whatIf: WhatIf;
  /** The first day on which nothing would be required of anyone. */
  dayWithout: string | null;
  fixedYears: number[];
  /** What the rules were when this was counted. */
  rulesVersion: string;
}

/**
 * Shows what a change of the requirements would mean on the day that it begins, from the same query as
 * the indicator. Nothing is saved.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function previewChange(
  actor: Actor | null,
  search: URLSearchParams,
): Promise<RequirementPreview | Refused> {
  requireRole(actor, 'samordnare', 'admin');
  return getDb().transaction((tx) => preview(tx, search), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

/**
 * Carries out a change, when the rules are still those that its preview was counted on (`underlag`);
 * else nothing is saved. Who did it is kept.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function saveChange(
  actor: Actor | null,
  form: URLSearchParams,
): Promise<{ kind: 'saved' } | { kind: 'stale' } | Refused> {
  const { personId } = requireRole(actor, 'samordnare', 'admin');
  return getDb().transaction(async (tx) => {
    await nameRuleAuthor(tx, personId);
    await lockRequirements(tx);
    if ((await readRulesVersion(tx)) !== form.get('underlag')) return { kind: 'stale' };
    const planned = await planForm(tx, form);
    if (planned.kind === 'refused') return planned;
    const { remove, end, add } = planned.plan;
    for (const id of remove) await deleteRequirement(tx, id);
    for (const { id, until } of end) await endRequirement(tx, id, until);
    for (const row of add) await insertRequirement(tx, { ...row, recordedBy: personId, recordedAt: now() });
    return { kind: 'saved' };
  });
}

async function preview(tx: Transaction, search: URLSearchParams): Promise<RequirementPreview | Refused> {
  const planned = await planForm(tx, search);
  if (planned.kind === 'refused') return planned;
  const { plan, stored, form } = planned;
  const today = stockholmToday();
  const after = applyPlan(stored, plan);
  const day = dayToCount(plan, today, (until) => addDays(until, -1));
  const units = await listUnitsToChoose(tx, day, Number.MAX_SAFE_INTEGER);
  const unitCode = units.find(({ id }) => id === plan.rule.unitId)?.code ?? null;
  return {
    kind: 'preview',
    action: form.atgard,
    today,
    plan,
    course: await titleOf(tx, plan.moduleSlug),
    unit: units.find(({ id }) => id === plan.rule.unitId)?.name ?? null,
    whatIf: await countWhatIf(
      tx,
      day,
      plan,
      { before: rulesOn(stored, day), after: rulesOn(after, day) },
      unitCode,
    ),
    dayWithout: firstDayWithout(after, today),
    fixedYears: await listFixedYearsWithin(tx, plan.from, plan.until),
    rulesVersion: await readRulesVersion(tx),
  };
}

async function countWhatIf(
  tx: Transaction,
  day: string,
  { moduleSlug, rule }: RequirementPlan,
  rules: { before: ReturnType<typeof rulesOn>; after: ReturnType<typeof rulesOn> },
  unitCode: string | null,
): Promise<WhatIf> {
  const before = await queryIndicator(tx, { asOf: day, rules: rules.before });
  const after = await queryIndicator(tx, { asOf: day, rules: rules.after });
  const ofCourse = (list: typeof rules.before) => list.filter((one) => one.moduleSlug === moduleSlug);
  const top = before.filter(({ depth }) => depth <= 1).map(({ code }) => code);
  const compared = { day, before: ofCourse(rules.before), after: ofCourse(rules.after) };
  const concerned = await compareRules(tx, compared, top);
  const audience = await countAudience(tx, day, rule);
  return describeWhatIf({ day, before, after, concerned, unitCode, audience });
}

type Planned =
  Refused | { kind: 'planned'; plan: RequirementPlan; stored: ListedRequirement[]; form: ChangeForm };

async function planForm(db: Executor, search: URLSearchParams): Promise<Planned> {
  const parsed = changeSchema.safeParse(fieldsOf(search));
  if (!parsed.success) return { kind: 'refused', errors: errorsByField(parsed.error) };
  const form = parsed.data;
  const stored = await listRequirements(db);
  const change = await toChange(db, form);
  if ('errors' in change) return { kind: 'refused', errors: change.errors };
  if (change.kind === 'add' && stored.length >= MOST_REQUIREMENTS) {
    return { kind: 'refused', errors: { kurs: requirementWords.errors.tooMany } };
  }
  const planned = planChange(stored, change, stockholmToday());
  if (planned.kind === 'plan') return { kind: 'planned', plan: planned.plan, stored, form };
  return { kind: 'refused', errors: { [FIELD[form.atgard]]: requirementWords.errors[planned.problem] } };
}

/** The field that a problem with the whole form is told at. */
const FIELD: Record<ChangeForm['atgard'], string> = {
  nytt: 'fran',
  avsluta: 'sista',
  'ta-bort': 'krav',
  giltighet: 'fran',
};

async function toChange(
  db: Executor,
  form: ChangeForm,
): Promise<RequirementChange | { errors: FieldErrors }> {
  const { errors } = requirementWords;
  switch (form.atgard) {
    case 'avsluta':
      return { kind: 'end', id: form.krav, until: form.sista };
    case 'ta-bort':
      return { kind: 'remove', id: form.krav };
    case 'giltighet': {
      const { krav: id, fran: from, manader: validityMonths, anteckning: note } = form;
      return { kind: 'validity', id, from, validityMonths, note };
    }
    case 'nytt': {
      const courses = await listRequirable(db);
      if (!courses.some(({ slug }) => slug === form.kurs)) return { errors: { kurs: errors.course } };
      const today = stockholmToday();
      const year = Number((form.fran > today ? today : form.fran).slice(0, 4));
      const unit = form.enhet === null ? null : await findUnitInYear(db, form.enhet, year);
      if (form.enhet !== null && unit === null) return { errors: { enhet: errors.unit } };
      const titles = form.for === 'titles' ? form.befattning : null;
      if (titles !== null) {
        const known = new Set((await listTitles(db, today)).map(({ title }) => title));
        if (titles.some((title) => !known.has(title))) return { errors: { befattning: errors.titles } };
      }
      const rule = {
        moduleSlug: form.kurs,
        unitId: unit?.id ?? null,
        audience: form.for,
        titles,
        validityMonths: form.manader,
      };
      return { kind: 'add', rule, from: form.fran, until: form.till, note: form.anteckning };
    }
  }
}

async function titleOf(db: Executor, slug: string): Promise<string> {
  return (await listRequirable(db)).find((course) => course.slug === slug)?.title ?? slug;
}
