import type { Transaction } from '#db/client.ts';
import {
  countComing,
  findEvent,
  insertEvent,
  listSignups,
  lockEvent,
  updateEvent,
  type SessionEvent,
} from '#db/queries/events.ts';
import { listModules } from '#db/queries/modules.ts';
import { takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { nameOfModule } from '#src/features/completions/module-name.ts';
import { mailSettings } from '#src/features/notifications/mail-settings.ts';
import { events } from '#src/i18n/events.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { createSpokenCode } from '#src/lib/spoken-code.ts';
import { tellSignedUp, type EventNews } from './event-mails.ts';
import {
  cancelReasonSchema,
  idSchema,
  readEventForm,
  typedFields,
  type EventField,
  type EventFields,
  type EventRow,
} from './events.schema.ts';
import { MOST_COMING, phaseOf } from './events.ts';
import { tellMovedUp } from './signup.server.ts';

/** Changes of one occasion that everyone signed up gets a mail about. */
const MOVES: Bucket = { burst: 10, seconds: 360 };

type Refused = { kind: 'invalid'; errors: Partial<Record<EventField, string>>; fields: EventFields };
export type SavedEvent = { kind: 'saved'; id: string } | Refused;

/**
 * The person, who may make, change and cancel occasions and note attendance.
 *
 * @throws AppError `not-signed-in`, `not-allowed`.
 */
export function requireCreator(actor: Actor | null): Actor {
  return requireRole(actor, 'redaktor', 'samordnare', 'admin');
}

/** Whether mails to those signed up go anywhere. */
export function hasMailServer(): boolean {
  return mailSettings() !== null;
}

/** What an occasion can be about: every published module. */
export async function listEventModules(actor: Actor | null): Promise<{ slug: string; name: string }[]> {
  requireCreator(actor);
  return readModules();
}

/**
 * Makes an occasion from the form.
 *
 * @throws AppError `not-signed-in`, `not-allowed`.
 */
export async function createEvent(actor: Actor | null, form: Record<string, unknown>): Promise<SavedEvent> {
  const { personId } = requireCreator(actor);
  const read = await readForm(form);
  if (read.kind === 'invalid') return read;
  if ((await countComing(getDb(), now())) >= MOST_COMING)
    return refuse(form, { titel: events.errors.tooMany });
  const id = await insertEvent(getDb(), {
    ...read.row,
    createdBy: personId,
    attendanceCode: createSpokenCode(),
  });
  return { kind: 'saved', id };
}

/** The occasion as it stands, how many would get a mail, and what it can be about; for the form. */
export async function showEventForm(actor: Actor | null, id: string) {
  const { personId } = requireCreator(actor);
  const found = idSchema.safeParse(id).success ? await findEvent(getDb(), id, personId) : null;
  if (!found) throw new AppError('not-found', 'no such occasion');
  return { ...found, modules: await readModules() };
}

/**
 * Changes an occasion that has not begun. A new day, time, place or link is told to everyone signed up,
 * and whoever gets a place because there are more is told that. Fewer places than are taken: refused; so
 * is moving it again and again.
 *
 * @throws AppError `not-signed-in`, `not-allowed`, `not-found`.
 */
export async function changeEvent(
  actor: Actor | null,
  id: string,
  form: Record<string, unknown>,
): Promise<SavedEvent> {
  requireCreator(actor);
  const read = await readForm(form);
  return getDb().transaction(async (tx) => {
    const event = await lockKnown(tx, id);
    if (phaseOf(event) !== 'coming') return refuse(form, { datum: events.errors.begun });
    if (read.kind === 'invalid') return read;
    const signups = await listSignups(tx, id);
    const taken = Math.min(signups.length, event.places ?? signups.length);
    if (read.row.places !== null && read.row.places < taken)
      return refuse(form, { platser: events.errors.tooFewPlaces(taken) });
    const isMoved = hasMoved(event, read.row);
    if (isMoved && (await takeToken(tx, limitKey('event-moves', event.id), MOVES)) > 0)
      return refuse(form, { datum: events.errors.movedTooOften });
    const changed = { ...event, ...read.row, sequence: event.sequence + (isMoved ? 1 : 0) };
    await updateEvent(tx, id, { ...read.row, sequence: changed.sequence });
    if (isMoved) await tellAll(tx, 'changed', changed, signups);
    await tellMovedUp(tx, { ...changed, places: event.places }, signups, { signups, places: changed.places });
    return { kind: 'saved', id };
  });
}

/**
 * Cancels an occasion that has not begun, and tells everyone signed up. It stays as it was, marked.
 *
 * @throws AppError `not-signed-in`, `not-allowed`, `not-found`.
 */
export async function cancelEvent(
  actor: Actor | null,
  id: string,
  reason: unknown,
): Promise<{ kind: 'saved' } | { kind: 'invalid'; error: string }> {
  requireCreator(actor);
  const read = cancelReasonSchema.safeParse(reason);
  if (!read.success) return { kind: 'invalid', error: events.errors.reason };
  return getDb().transaction(async (tx) => {
    const event = await lockKnown(tx, id);
    if (event.cancelledAt) return { kind: 'saved' };
    if (phaseOf(event) !== 'coming') return { kind: 'invalid', error: events.errors.begun };
    const sequence = event.sequence + 1;
    await updateEvent(tx, id, { cancelledAt: now(), cancelReason: read.data, sequence });
    await tellAll(tx, 'cancelled', { ...event, sequence }, await listSignups(tx, id));
    return { kind: 'saved' };
  });
}

async function lockKnown(tx: Transaction, id: string): Promise<SessionEvent> {
  const event = idSchema.safeParse(id).success ? await lockEvent(tx, id) : null;
  if (!event) throw new AppError('not-found', 'no such occasion');
  return event;
}

async function tellAll(
  tx: Transaction,
  news: EventNews,
  event: SessionEvent,
  signups: readonly { personId: string }[],
): Promise<void> {
  const key = `${news} ${event.id} ${event.sequence}`;
  await tellSignedUp(
    tx,
    news,
    event,
    signups.map(({ personId }) => ({ personId, key: `${key} ${personId}` })),
  );
}

function hasMoved(before: SessionEvent, after: EventRow): boolean {
  return (
    before.startsAt.getTime() !== after.startsAt.getTime() ||
    before.endsAt.getTime() !== after.endsAt.getTime() ||
    before.place !== after.place ||
    before.link !== after.link
  );
}

async function readForm(form: Record<string, unknown>): Promise<{ kind: 'ok'; row: EventRow } | Refused> {
  const read = readEventForm(form);
  if (read.kind === 'invalid') return read;
  const isKnown = (await readModules()).some(({ slug }) => slug === read.row.moduleSlug);
  return isKnown ? read : refuse(form, { modul: events.errors.unknownModule });
}

function refuse(form: Record<string, unknown>, errors: Refused['errors']): Refused {
  return { kind: 'invalid', errors, fields: typedFields(form) };
}

async function readModules(): Promise<{ slug: string; name: string }[]> {
  const modules = await listModules(getDb());
  return modules.flatMap(({ module, version }) =>
    version ? [{ slug: module.slug, name: nameOfModule(module.slug, version.title) }] : [],
  );
}

export type ChangeAnswer =
  | { kind: 'saved'; word: 'sparat' | 'installt' }
  | {
      kind: 'invalid';
      errors: Partial<Record<EventField | 'skal', string>>;
      /** What was typed about the occasion; null: it stays as it was. */
      fields: EventFields | null;
      reason: string;
    };

/**
 * What a form on the page of changes asks for: the occasion changed, or cancelled.
 *
 * @throws AppError as `changeEvent` does.
 */
export async function answerChange(
  actor: Actor | null,
  id: string,
  form: Record<string, unknown>,
): Promise<ChangeAnswer> {
  if (form['gor'] === 'stall-in') {
    const cancelled = await cancelEvent(actor, id, form['skal']);
    if (cancelled.kind === 'saved') return { kind: 'saved', word: 'installt' };
    const reason = typeof form['skal'] === 'string' ? form['skal'] : '';
    return { kind: 'invalid', errors: { skal: cancelled.error }, fields: null, reason };
  }
  const changed = await changeEvent(actor, id, form);
  return changed.kind === 'saved' ? { kind: 'saved', word: 'sparat' } : { ...changed, reason: '' };
}
