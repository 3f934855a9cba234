import type { Executor, Transaction } from '#db/client.ts';
import {
  countDeputies,
  endDeputy,
  findDeputyCandidate,
  insertDeputy,
  isManagerOf,
  listDeputies,
  lockDeputiesOf,
  type Deputy,
  type DeputyCandidate,
} from '#db/queries/deputies.ts';
import { listManagedUnits, type ManagedUnit } from '#db/queries/managed-units.ts';
import { takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { nameRuleAuthor } from '#db/queries/rule-author.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { requireManager, type Actor } from '#src/features/auth/auth.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { findFaults, groupByTime, type ByTime, type DeputyFaults } from './deputies.ts';
import { deputyFormSchema, endFormSchema, type DeputyForm } from './deputies.schema.ts';

/** Each search gives a name for a number or an address: it must not be a way to go through the staff. */
const SEARCHES: Bucket = { burst: 20, seconds: 180 };
/** Present and coming deputies of one unit. */
const MOST_DEPUTIES = 10;
const LATEST = 100;

export type DeputyPage =
  /** Somebody who only stands in for others sees no deputies and names none. */
  { kind: 'deputy' } | { kind: 'manager'; today: string; units: ManagedUnit[]; deputies: ByTime<Deputy> };

export type Naming =
  | { kind: 'invalid'; form: DeputyForm; faults: DeputyFaults }
  | { kind: 'limited'; form: DeputyForm; seconds: number }
  /** Nothing is wrong; not yet named. */
  | { kind: 'checked'; form: DeputyForm; unit: ManagedUnit; candidate: DeputyCandidate }
  /** Back to the form, before anyone was named. */
  | { kind: 'changing'; form: DeputyForm }
  | { kind: 'named' };

/**
 * The deputies of the manager's units and those below, and where she can name one.
 *
 * @throws AppError `not-signed-in`, `not-allowed`.
 */
export async function showDeputies(actor: Actor | null): Promise<DeputyPage> {
  const { personId } = requireManager(actor);
  const today = stockholmToday();
  const units = await listOwnUnits(getDb(), personId, today);
  if (units.length === 0) return { kind: 'deputy' };
  const unitIds = units.map(({ id }) => id);
  const deputies = await listDeputies(getDb(), unitIds, LATEST);
  return { kind: 'manager', today, units, deputies: groupByTime(deputies, today) };
}

/**
 * Names a deputy for one of the manager's own units (`isFinal`), or says first who it would be. Whoever is
 * employed on the first day can be named, by e-mail address or anställningsnummer; for one with protected
 * identity the answer is the same as for one who does not exist. A deputy cannot name others.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for a deputy; `not-found` for a unit that is not hers.
 */
export async function nameDeputy(
  actor: Actor | null,
  fields: Record<string, unknown>,
  isFinal: boolean,
): Promise<Naming> {
  const { personId } = requireManager(actor);
  const today = stockholmToday();
  const form = deputyFormSchema.parse(fields);
  const units = await requireOwnUnits(getDb(), personId, today);
  const faults = findFaults(form, today);
  const unit = units.find(({ code }) => code === form.enhet);
  if (!faults.enhet && !unit) throw new AppError('not-found', 'not a unit of this manager');
  if (!unit || Object.keys(faults).length > 0) return { kind: 'invalid', form, faults };
  const seconds = await takeToken(getDb(), limitKey('deputy', personId), SEARCHES);
  if (seconds > 0) return { kind: 'limited', form, seconds };
  return getDb().transaction(async (tx): Promise<Naming> => {
    await lockDeputiesOf(tx, unit.id);
    const candidate = await findDeputyCandidate(tx, form.vem, form.fran);
    const fault = await refuse(tx, { candidate, unit, form, personId, today });
    if (fault || !candidate) return { kind: 'invalid', form, faults: fault ?? { vem: 'unknown' } };
    if (!isFinal) return { kind: 'checked', form, unit, candidate };
    // The employment may have ended since the units were read.
    await requireOwnUnits(tx, personId, today);
    await insertDeputy(tx, {
      unitId: unit.id,
      personId: candidate.personId,
      from: form.fran,
      to: form.till,
      namedBy: personId,
    });
    return { kind: 'named' };
  });
}

/**
 * Lets a deputy of one of the manager's own units be one no more, from today on. Returns false when there
 * is none such, whether of another unit or over already.
 *
 * @throws AppError `not-signed-in`, `not-allowed`.
 */
export async function endDeputyship(actor: Actor | null, fields: Record<string, unknown>): Promise<boolean> {
  const { personId } = requireManager(actor);
  const today = stockholmToday();
  const parsed = endFormSchema.safeParse(fields);
  return getDb().transaction(async (tx) => {
    const units = await requireOwnUnits(tx, personId, today);
    if (!parsed.success) return false;
    await nameRuleAuthor(tx, personId);
    return endDeputy(tx, { id: parsed.data.avsluta, unitIds: units.map(({ id }) => id), day: today });
  });
}

async function refuse(
  tx: Transaction,
  given: {
    candidate: DeputyCandidate | null;
    unit: ManagedUnit;
    form: DeputyForm;
    personId: string;
    today: string;
  },
): Promise<DeputyFaults | null> {
  const { candidate, unit, form, personId, today } = given;
  if (!candidate) return { vem: 'unknown' };
  if (candidate.personId === personId) return { vem: 'self' };
  if (await isManagerOf(tx, candidate.personId, unit.id, form.fran)) return { vem: 'manages' };
  const { coming, overlapping } = await countDeputies(tx, {
    unitId: unit.id,
    personId: candidate.personId,
    from: form.fran,
    to: form.till,
    today,
  });
  if (overlapping > 0) return { vem: 'already' };
  return coming >= MOST_DEPUTIES ? { enhet: 'full' } : null;
}

/** The units she manages by an employment of her own, and those below. */
async function listOwnUnits(db: Executor, personId: string, today: string): Promise<ManagedUnit[]> {
  return (await listManagedUnits(db, personId, today)).filter(({ deputyUntil }) => deputyUntil === null);
}

async function requireOwnUnits(db: Executor, personId: string, today: string): Promise<ManagedUnit[]> {
  const units = await listOwnUnits(db, personId, today);
  if (units.length === 0) throw new AppError('not-allowed', 'a deputy cannot name deputies');
  return units;
}
