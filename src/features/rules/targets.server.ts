import { nameRuleAuthor } from '#db/queries/rule-author.ts';
import {
  deleteTarget,
  findFixedTarget,
  findTarget,
  findUnitInYear,
  listTargetChanges,
  listTargets,
  listUnitsToChoose,
  setTargets,
} from '#db/queries/targets.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { getIndicator } from '#src/features/indicator/indicator.server.ts';
import { layoutTargets, type TargetTable } from '#src/features/indicator/target-table.ts';
import { targetWords } from '#src/i18n/targets.ts';
import { now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, typedText, type FieldErrors } from '#src/lib/form-errors.ts';
import { inheritedTarget, type InheritedTarget } from './targets.ts';
import { targetChoiceSchema, targetFormSchema } from './targets.schema.ts';

/** Units that a form suggests; others are chosen by their code. */
export const MOST_SUGGESTIONS = 2_000;
const LATEST_CHANGES = 50;

/** A unit's target of a year with everything that is known of it. */
export interface ChosenTarget {
  unit: { id: number; code: string; name: string };
  year: number;
  own: Awaited<ReturnType<typeof findTarget>>;
  inherited: InheritedTarget | null;
  fixed: Awaited<ReturnType<typeof findFixedTarget>>;
  changes: Awaited<ReturnType<typeof listTargetChanges>>;
}

export interface TargetsPage {
  table: TargetTable;
  /** The targets of this year, or the chosen one, that units have of their own. */
  own: {
    year: number;
    rows: { name: string; percent: number; note: string | null; responsible: string | null }[];
  };
  units: { code: string; name: string }[];
  chosen: ChosenTarget | null;
  errors: FieldErrors;
  typed: Record<string, string>;
}

/**
 * The targets of every year, and the one that the address chooses (`enhet`, `ar`).
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showTargets(
  actor: Actor | null,
  choice: Record<string, string>,
  refused: FieldErrors = {},
): Promise<TargetsPage> {
  requireRole(actor, 'samordnare', 'admin');
  const db = getDb();
  const today = stockholmToday();
  const found = await getIndicator(actor, { asOf: today });
  const rows = found.kind === 'ok' ? found.rows : [];
  const targets = await listTargets(db);
  const { chosen, errors } = await choose(choice);
  const year = chosen?.year ?? Number(today.slice(0, 4));
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  const places = new Map(rows.map(({ code }, index) => [code, index]));
  const placeOf = (code: string) => places.get(code) ?? rows.length;
  return {
    table: layoutTargets(rows, targets),
    own: {
      year,
      rows: targets
        .filter((target) => target.year === year)
        .sort((a, b) => placeOf(a.code) - placeOf(b.code))
        .map((target) => ({ ...target, name: names.get(target.code) ?? target.code })),
    },
    units: await listUnitsToChoose(db, today, MOST_SUGGESTIONS),
    chosen: chosen && {
      ...chosen,
      own: await findTarget(db, chosen.unit.id, chosen.year),
      inherited: inheritedTarget(rows, targets, chosen.unit.code, chosen.year),
      fixed: await findFixedTarget(db, chosen.unit.code, chosen.year),
      changes: await listTargetChanges(db, chosen.unit.id, chosen.year, LATEST_CHANGES),
    },
    errors: { ...errors, ...refused },
    typed: choice,
  };
}

export type TargetChange =
  | { kind: 'saved' | 'removed'; code: string; year: number }
  | { kind: 'refused'; errors: FieldErrors; typed: Record<string, string> };

/**
 * Sets a unit's target of a year, or takes it away (`andring` = `ta-bort`). Who did it, and what it was
 * before, is kept.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function changeTarget(
  actor: Actor | null,
  form: Record<string, unknown>,
): Promise<TargetChange> {
  const { personId } = requireRole(actor, 'samordnare', 'admin');
  const typed = typedText(form);
  const choice = targetChoiceSchema.safeParse(form);
  const values = form['andring'] === 'ta-bort' ? null : targetFormSchema.safeParse(form);
  if (values?.success === false) return { kind: 'refused', errors: errorsByField(values.error), typed };
  if (!choice.success) return { kind: 'refused', errors: errorsByField(choice.error), typed };
  const { enhet: code, ar: year } = choice.data;
  return getDb().transaction(async (tx): Promise<TargetChange> => {
    await nameRuleAuthor(tx, personId);
    const unit = await findUnitInYear(tx, code, year);
    if (!unit) return { kind: 'refused', errors: { enhet: targetWords.errors.unitInYear }, typed };
    if (values === null) {
      await deleteTarget(tx, unit.id, year);
      return { kind: 'removed', code, year };
    }
    const { mal: percent, varfor: note, ansvarig: responsible } = values.data;
    const before = await findTarget(tx, unit.id, year);
    // Sent twice, it is one change.
    const isSame =
      before !== null &&
      before.percent === percent &&
      before.note === note &&
      before.responsible === responsible;
    if (!isSame) {
      const author = { recordedBy: personId, recordedAt: now() };
      await setTargets(tx, [{ unitId: unit.id, year, percent, note, responsible, ...author }]);
    }
    return { kind: 'saved', code, year };
  });
}

/** The unit and year that an address names: none, one, or what is wrong with it. */
async function choose(
  choice: Record<string, string>,
): Promise<{ chosen: Pick<ChosenTarget, 'unit' | 'year'> | null; errors: FieldErrors }> {
  if (!('enhet' in choice)) return { chosen: null, errors: {} };
  const fields = targetChoiceSchema.safeParse(choice);
  if (!fields.success) return { chosen: null, errors: errorsByField(fields.error) };
  const { enhet, ar: year } = fields.data;
  const unit = await findUnitInYear(getDb(), enhet, year);
  return unit
    ? { chosen: { unit, year }, errors: {} }
    : { chosen: null, errors: { enhet: targetWords.errors.unitInYear } };
}
