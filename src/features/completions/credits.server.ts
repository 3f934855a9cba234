import type { Transaction } from '#db/client.ts';
import { insertCorrections } from '#db/queries/corrections.ts';
import { lockCompletionsOf } from '#db/queries/completions.ts';
import {
  findPersonByNumber,
  findPersonToCorrect,
  insertCredit,
  insertCreditLook,
  listCompletionsToCorrect,
  listLatestCredits,
  waitAtMost,
  type CompletionToCorrect,
  type LatestCredit,
} from '#db/queries/credits.ts';
import { listModules } from '#db/queries/modules.ts';
import { lockImports } from '#db/queries/organisation.ts';
import { takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';
import { creditWords } from '#src/i18n/credits.ts';
import { now, stockholmDate, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, typedText, type FieldErrors } from '#src/lib/form-errors.ts';
import { awardCourse } from './award.server.ts';
import { correctionSchema, creditSchema, lookUpSchema, personIdSchema } from './credits.schema.ts';
import { coursesBuiltOn, CREDIT_RULE, isFromParts } from './credits.ts';
import { nameOfModule } from './module-name.ts';

/** Look-ups per coordinator: enough for a day's work, too few to go through the staff. */
const LOOK_UPS: Bucket = { burst: 60, seconds: 30 };
const MOST_COMPLETIONS = 300;
const LATEST = 20;
/** For a file that is being imported. */
const LONGEST_WAIT_SECONDS = 2;

/** What a coordinator sees of one person: what she has completed and how, nothing else. */
export interface FoundPerson {
  id: string;
  /** Null: protected identity. */
  name: string | null;
  completions: (CompletionToCorrect & { name: string; buildsCourse: boolean; isFromParts: boolean })[];
}

export interface CreditsPage {
  found: FoundPerson | null;
  /** What can be credited. */
  modules: { value: string; text: string }[];
  latest: (Omit<LatestCredit, 'personId' | 'name'> & { person: string | null; what: string })[];
  today: string;
}

/**
 * The page where earlier training is credited and mistakes are corrected, with the person that `personId`
 * points out. That she was looked at, and who stands by name among the latest, is committed before it is
 * returned.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showCredits(actor: Actor | null, personId: string | null): Promise<CreditsPage> {
  const { personId: viewerId } = requireRole(actor, 'samordnare', 'admin');
  const today = stockholmToday();
  return getDb().transaction(async (tx) => {
    const asked = personIdSchema.safeParse(personId);
    const found = asked.success ? await findPersonToCorrect(tx, asked.data, today) : null;
    const completions = found ? await listCompletionsToCorrect(tx, found.id, MOST_COMPLETIONS) : [];
    if (found) {
      await insertCreditLook(tx, { viewerId, unitId: found.unitId, personIds: [found.id], day: today });
    }
    const latest = await listLatestCredits(tx, LATEST);
    const named = latest.flatMap((row) => (row.name === null ? [] : [row.personId]));
    await insertCreditLook(tx, { viewerId, unitId: null, personIds: named, day: today });
    const modules = await listModules(tx);
    return {
      today,
      found: found && {
        id: found.id,
        name: found.name,
        completions: completions.map((row) => ({
          ...row,
          name: nameOfModule(row.slug, row.title),
          buildsCourse: coursesBuiltOn(row, completions).length > 0,
          isFromParts: isFromParts(row),
        })),
      },
      modules: modules.flatMap(({ module, version }) =>
        version ? [{ value: module.slug, text: nameOfModule(module.slug, version.title) }] : [],
      ),
      latest: latest.map(({ personId: _, name, ...row }) => ({
        ...row,
        person: name,
        what: nameOfModule(row.slug, row.title),
      })),
    };
  });
}

export type CreditChange =
  | { kind: 'found' | 'credited' | 'corrected'; personId: string }
  | { kind: 'refused'; status: 422 | 429 | 503; errors: FieldErrors; typed: Record<string, string> };

/**
 * What a form on the page does: looks a person up by employee number (`gor` = `sok`), credits training
 * (`tillgodorakna`) or voids a completion (`ratta`).
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function changeCredits(
  actor: Actor | null,
  form: Record<string, unknown>,
): Promise<CreditChange> {
  const { personId: by } = requireRole(actor, 'samordnare', 'admin');
  if (form['gor'] === 'tillgodorakna') return credit(by, form);
  return form['gor'] === 'ratta' ? correct(by, form) : lookUp(by, form);
}

async function lookUp(by: string, form: Record<string, unknown>): Promise<CreditChange> {
  const fields = lookUpSchema.safeParse(form);
  if (!fields.success) return refuse(form, errorsByField(fields.error));
  const wait = await takeToken(getDb(), limitKey('completion look-up', by), LOOK_UPS);
  if (wait > 0) return { ...refuse(form, { anstnr: creditWords.errors.tooMany }), status: 429 };
  const personId = await findPersonByNumber(getDb(), fields.data.anstnr);
  return personId === null
    ? refuse(form, { anstnr: creditWords.errors.unknown })
    : { kind: 'found', personId };
}

async function credit(by: string, form: Record<string, unknown>): Promise<CreditChange> {
  const fields = creditSchema.safeParse(form);
  if (!fields.success) return refuse(form, errorsByField(fields.error));
  const { person: personId, modul: moduleSlug, datum: completedOn, underlag, skal } = fields.data;
  const moment = now();
  if (completedOn > stockholmDate(moment)) return refuse(form, { datum: creditWords.errors.future });
  const record = async (tx: Transaction): Promise<CreditChange> => {
    // In the order of an import of completions, which may bring the same.
    await waitAtMost(tx, LONGEST_WAIT_SECONDS);
    await lockImports(tx);
    await lockCompletionsOf(tx, personId);
    const refusal = await findRefusal(tx, personId, moduleSlug);
    if (refusal) return refuse(form, refusal);
    const id = await insertCredit(tx, {
      personId,
      moduleSlug,
      completedOn,
      rule: CREDIT_RULE,
      source: underlag,
      reason: skal,
      recordedBy: by,
      recordedAt: moment,
    });
    if (id === null) return refuse(form, { datum: creditWords.errors.already });
    if (isPart(moduleSlug)) await awardCourse(tx, personId, moment);
    return { kind: 'credited', personId };
  };
  try {
    return await getDb().transaction(record);
  } catch (error) {
    if (isLockTimeout(error)) return { ...refuse(form, { underlag: creditWords.errors.busy }), status: 503 };
    throw error;
  }
}

/** Whether a lock was held by another for too long: a large file is being imported. */
function isLockTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === '55P03') || isLockTimeout(error.cause);
}

async function findRefusal(
  tx: Transaction,
  personId: string,
  moduleSlug: string,
): Promise<FieldErrors | null> {
  if (!(await findPersonToCorrect(tx, personId, stockholmToday()))) {
    return { anstnr: creditWords.errors.unknown };
  }
  const modules = await listModules(tx);
  const isKnown = modules.some(({ module, version }) => version && module.slug === moduleSlug);
  return isKnown ? null : { modul: creditWords.errors.module };
}

async function correct(by: string, form: Record<string, unknown>): Promise<CreditChange> {
  const fields = correctionSchema.safeParse(form);
  if (!fields.success) {
    // One form per completion: the field is told by which.
    const { skal, ...errors } = errorsByField(fields.error);
    return refuse(form, skal ? { ...errors, [reasonField(form['genomforande'])]: skal } : errors);
  }
  const { person: personId, genomforande, skal: reason, aven } = fields.data;
  const moment = now();
  return getDb().transaction(async (tx): Promise<CreditChange> => {
    await lockCompletionsOf(tx, personId);
    const all = await listCompletionsToCorrect(tx, personId, MOST_COMPLETIONS);
    const one = all.find(({ id }) => id === genomforande);
    if (!one || !(await findPersonToCorrect(tx, personId, stockholmDate(moment)))) {
      return refuse(form, { anstnr: creditWords.errors.gone });
    }
    const also = aven ? coursesBuiltOn(one, all) : [];
    const ids = [one, ...also].filter((row) => row.voidedReason === null).map(({ id }) => id);
    await insertCorrections(tx, ids, { reason, recordedBy: by, recordedAt: moment });
    // What was credited may have stood in the way of a grundkurs that her own parts give.
    if (one.slug === GRUNDKURS && one.method !== 'online') await awardCourse(tx, personId, moment);
    return { kind: 'corrected', personId };
  });
}

/** The id of the reason's field in the form that voids a completion. */
export function reasonField(completionId: unknown): string {
  return `skal-${String(completionId)}`;
}

function refuse(
  form: Record<string, unknown>,
  { person, genomforande, ...errors }: FieldErrors,
): Extract<CreditChange, { kind: 'refused' }> {
  // Nobody types these: the form was not ours.
  const shown = person || genomforande ? { ...errors, anstnr: creditWords.errors.gone } : errors;
  return { kind: 'refused', status: 422, errors: shown, typed: typedText(form) };
}
