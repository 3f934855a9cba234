import { nameRuleAuthor } from '#db/queries/rule-author.ts';
import { listRequirable } from '#db/queries/rules.ts';
import {
  countWaivers,
  deleteWaiver,
  endWaiver,
  findEmployedByNumber,
  findWaiverDays,
  hasWaiver,
  insertWaiver,
  listWaivers,
  listWaiversOf,
  lockWaiversOf,
  type ListedWaiver,
  type OwnWaiver,
} from '#db/queries/waivers.ts';
import { returnToken, takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { requireActor, requireRole, type Actor } from '#src/features/auth/auth.ts';
import { waiverWords } from '#src/i18n/waivers.ts';
import { now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, typedText, type FieldErrors } from '#src/lib/form-errors.ts';
import { reasonText, waiverEndSchema, waiverFormSchema } from './waivers.schema.ts';

const MOST_WAIVERS = 5_000;
const MOST_SHOWN = 500;
const LATEST_ENDED = 100;
const MOST_OWN = 50;
/** Numbers that nobody has, per coordinator: slips happen, but the form is no way to go through the staff. */
const MISSES: Bucket = { burst: 20, seconds: 60 };

export interface WaiversPage {
  today: string;
  courses: { slug: string; title: string }[];
  /** Those that apply today or later. */
  open: ListedWaiver[];
  ended: ListedWaiver[];
  /** The one to end, by its id. */
  chosen: ListedWaiver | null;
}

/**
 * Every waiver by employee number, never by name; one of a person with protected identity without her
 * number (rule 8).
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showWaivers(actor: Actor | null, chosenId: string | null): Promise<WaiversPage> {
  requireRole(actor, 'samordnare', 'admin');
  const db = getDb();
  const today = stockholmToday();
  const open = await listWaivers(db, { day: today, haveEnded: false, limit: MOST_SHOWN });
  return {
    today,
    courses: await listRequirable(db),
    open,
    ended: await listWaivers(db, { day: today, haveEnded: true, limit: LATEST_ENDED }),
    chosen: open.find(({ id }) => String(id) === chosenId) ?? null,
  };
}

export type WaiverChange =
  | { kind: 'saved' | 'ended' }
  | { kind: 'refused'; errors: FieldErrors; typed: Record<string, string>; status?: 429 };

/**
 * Makes a waiver, or ends one early (`andring` = `avsluta`). The answer is the same whether or not the
 * person has protected identity.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function changeWaiver(
  actor: Actor | null,
  form: Record<string, unknown>,
): Promise<WaiverChange> {
  const { personId } = requireRole(actor, 'samordnare', 'admin');
  return form['andring'] === 'avsluta' ? endEarly(personId, form) : addWaiver(personId, form);
}

/** A person's own waivers, with the reasons. */
export async function showOwnWaivers(actor: Actor | null): Promise<{ today: string; waivers: OwnWaiver[] }> {
  const { personId } = requireActor(actor);
  return { today: stockholmToday(), waivers: await listWaiversOf(getDb(), personId, MOST_OWN) };
}

async function addWaiver(author: string, form: Record<string, unknown>): Promise<WaiverChange> {
  const today = stockholmToday();
  const refuse = (errors: FieldErrors): WaiverChange => ({ kind: 'refused', errors, typed: typedText(form) });
  const parsed = waiverFormSchema(today).safeParse(form);
  if (!parsed.success) return refuse(errorsByField(parsed.error));
  const { anstnr, kurs: moduleSlug, fran: from, till: to, skal, text } = parsed.data;
  const { errors } = waiverWords;
  const limit = limitKey('waiver', author);
  if ((await takeToken(getDb(), limit, MISSES)) > 0) {
    return { kind: 'refused', errors: { anstnr: errors.tooManyTries }, typed: typedText(form), status: 429 };
  }
  return getDb().transaction(async (tx) => {
    const courses = await listRequirable(tx);
    if (!courses.some(({ slug }) => slug === moduleSlug)) return refuse({ kurs: errors.course });
    const person = await findEmployedByNumber(tx, anstnr, today);
    if (!person) return refuse({ anstnr: errors.unknown });
    await returnToken(tx, limit, MISSES);
    await lockWaiversOf(tx, person.id);
    const days = { personId: person.id, moduleSlug, from, to };
    if (await hasWaiver(tx, days)) return refuse({ fran: errors.twice });
    if ((await countWaivers(tx, today)) >= MOST_WAIVERS) return refuse({ anstnr: errors.tooMany });
    await insertWaiver(tx, {
      ...days,
      reason: reasonText(skal, text),
      recordedBy: author,
      recordedAt: now(),
    });
    return { kind: 'saved' };
  });
}

async function endEarly(author: string, form: Record<string, unknown>): Promise<WaiverChange> {
  const refuse = (errors: FieldErrors): WaiverChange => ({ kind: 'refused', errors, typed: typedText(form) });
  const parsed = waiverEndSchema.safeParse(form);
  if (!parsed.success) return refuse(errorsByField(parsed.error));
  const { undantag: id, sista: last } = parsed.data;
  return getDb().transaction(async (tx) => {
    await nameRuleAuthor(tx, author);
    const days = await findWaiverDays(tx, id);
    if (!days) return refuse({ sista: waiverWords.errors.gone });
    if (last >= days.to) return refuse({ sista: waiverWords.errors.last });
    if (last < days.from) await deleteWaiver(tx, id);
    else await endWaiver(tx, id, last);
    return { kind: 'ended' };
  });
}
