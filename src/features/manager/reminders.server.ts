import { insertLook } from '#db/queries/looks.ts';
import type { ManagedUnit } from '#db/queries/managed-units.ts';
import { listKindsOff } from '#db/queries/mail-log.ts';
import { insertNotifications } from '#db/queries/notifications.ts';
import {
  listReminderCandidates,
  lockPeople,
  reminderKey,
  type ReminderCandidate,
} from '#db/queries/reminders.ts';
import { listModules } from '#db/queries/modules.ts';
import type { Executor } from '#db/client.ts';
import { requireManager, type Actor } from '#src/features/auth/auth.ts';
import { mailSettings } from '#src/features/notifications/mail-settings.ts';
import { reminderMail } from '#src/features/notifications/mails.ts';
import { now, stockholmDate, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { chooseUnit } from './manager.server.ts';
import { judgeReminder, MOST_REMINDED, recentFrom, type Reminder } from './reminders.ts';
import { reminderFormSchema } from './reminders.schema.ts';

/** Somebody who lacks a required course, and what would come of reminding her. */
export interface ReminderRow extends Omit<ReminderCandidate, 'lacking' | 'open'> {
  /** Titles of the courses that are lacking. */
  courses: string[];
  reminder: Reminder;
}

export interface ReminderPage {
  day: string;
  unit: ManagedUnit;
  units: ManagedUnit[];
  /** `no-server`: no mails leave this installation. `off`: the administrator has switched reminders off. */
  mail: 'on' | 'no-server' | 'off';
  /** Null: too many to look through at once. */
  rows: ReminderRow[] | null;
}

export type Sending =
  | { kind: 'sent'; reminders: number; unit: ManagedUnit }
  | { kind: 'nobody-chosen' }
  /** No mails are sent: nothing was written. */
  | { kind: 'no-mail' };

/**
 * Exactly who of one of the manager's units, and those below, lacks a required course, and who of them
 * would get a reminder. A look at a named list like any other: it is logged, with the purpose `reminder`.
 *
 * @throws AppError `not-signed-in`, `not-allowed`, `not-found`, as the manager's list.
 */
export async function previewReminders(
  actor: Actor | null,
  unitCode: string | undefined,
): Promise<ReminderPage> {
  const { personId } = requireManager(actor);
  const day = stockholmToday();
  return getDb().transaction(
    async (tx) => {
      const { unit, units } = await chooseUnit(tx, personId, unitCode, day);
      const page = { day, unit, units, mail: await readMailState(tx) };
      const candidates = await listReminderCandidates(tx, {
        unitId: unit.id,
        day,
        recentFrom: recentFrom(day),
        limit: MOST_REMINDED + 1,
      });
      if (candidates.length > MOST_REMINDED) return { ...page, rows: null };
      const personIds = candidates.map((row) => row.personId);
      await insertLook(tx, { viewerId: personId, unitId: unit.id, purpose: 'reminder', personIds });
      const titles = new Map((await listModules(tx)).map((row) => [row.module.slug, row.version?.title]));
      return { ...page, rows: candidates.map((one) => toRow(one, titles)) };
    },
    { isolationLevel: 'repeatable read' },
  );
}

/**
 * Writes a reminder to each of those chosen who would get one now: who has been reminded within 14 days,
 * whoever did it, is excused, or has completed since the preview, gets none.
 *
 * @throws AppError as `previewReminders`.
 */
export async function sendReminders(actor: Actor | null, form: Record<string, unknown>): Promise<Sending> {
  const { personId } = requireManager(actor);
  const { enhet, person } = reminderFormSchema.parse(form);
  const chosen = new Set(person.map(String).slice(0, MOST_REMINDED));
  const moment = now();
  const day = stockholmDate(moment);
  // Read committed: what is read behind the locks is what the one before has written.
  return getDb().transaction(async (tx): Promise<Sending> => {
    const { unit } = await chooseUnit(tx, personId, enhet, day);
    const settings = mailSettings();
    if (!settings || (await readMailState(tx)) !== 'on') return { kind: 'no-mail' };
    if (chosen.size === 0) return { kind: 'nobody-chosen' };
    await lockPeople(tx, [...chosen]);
    const candidates = await listReminderCandidates(tx, {
      unitId: unit.id,
      day,
      recentFrom: recentFrom(day),
      limit: MOST_REMINDED + 1,
    });
    const ready = candidates.filter((one) => chosen.has(one.personId) && judgeReminder(one).kind === 'ready');
    const mails = ready.map((one) => ({
      ...reminderMail({ courses: one.open.length, origin: settings.origin }),
      kind: 'reminder' as const,
      personId: one.personId,
      key: reminderKey(one.personId, day),
      createdAt: moment,
      dueAt: moment,
    }));
    return { kind: 'sent', reminders: await insertNotifications(tx, mails), unit };
  });
}

async function readMailState(db: Executor): Promise<ReminderPage['mail']> {
  if (!mailSettings()) return 'no-server';
  return (await listKindsOff(db)).includes('reminder') ? 'off' : 'on';
}

function toRow(candidate: ReminderCandidate, titles: ReadonlyMap<string, string | undefined>): ReminderRow {
  const { lacking, open, ...row } = candidate;
  const slugs = new Set(open.length > 0 ? open : lacking);
  // In the order of the courses, as on the list.
  const courses = [...titles].flatMap(([slug, title]) => (slugs.has(slug) ? [title ?? slug] : []));
  return { ...row, courses, reminder: judgeReminder(candidate) };
}
