import {
  countMails,
  deleteQuietPeriod,
  insertQuietPeriod,
  listKindsOff,
  listMails,
  listQuietPeriods,
  setKinds,
} from '#db/queries/mail-log.ts';
import type { NotificationKind, NotificationStatus } from '#db/queries/notifications.ts';
import { changeMails } from '#db/queries/outbox.ts';
import { notificationKind } from '#db/schema/notifications.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { notifications as words } from '#src/i18n/notifications.ts';
import { now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { errorsByField, typedText, type FieldErrors } from '#src/lib/form-errors.ts';
import { isMailOn, mailSettings } from './mail-settings.ts';
import {
  kindsSchema,
  mailIdSchema,
  quietPeriodIdSchema,
  quietPeriodSchema,
  type MailLogChoice,
} from './notifications.schema.ts';
import { countPreview, type PreviewTotals } from './preview.server.ts';
import { sampleMails } from './samples.ts';

const DAYS_COUNTED = 90;
const MAILS_SHOWN = 100;
const MOST_QUIET_PERIODS = 50;
const STATUS = { vantar: 'queued', skickat: 'sent', fel: 'failed', avbrutet: 'cancelled' } as const;

export interface MailLog {
  /** The sender; null: no mails are sent. */
  from: string | null;
  counts: { kind: NotificationKind; statuses: Record<NotificationStatus, number> }[];
  failed: number;
  status: NotificationStatus | null;
  mails: Awaited<ReturnType<typeof listMails>>;
  switches: { kind: NotificationKind; isOn: boolean }[];
  quiet: Awaited<ReturnType<typeof listQuietPeriods>>;
  /** Undefined: not asked for. */
  preview: PreviewTotals | null | undefined;
  samples: ReturnType<typeof sampleMails>;
}

/**
 * What was sent, failed and waits, and what is to be sent: without a name, an address or to whom. For the
 * role admin.
 *
 * @throws AppError `not-signed-in`, `not-allowed`.
 */
export async function showMailLog(actor: Actor | null, choice: MailLogChoice): Promise<MailLog> {
  requireRole(actor, 'admin');
  const db = getDb();
  const settings = mailSettings();
  const status = choice.visa === undefined ? null : STATUS[choice.visa];
  const counts = await countMails(db, new Date(now().getTime() - DAYS_COUNTED * 86_400_000));
  const of = (kind: NotificationKind, state: NotificationStatus) =>
    counts.find((row) => row.kind === kind && row.status === state)?.mails ?? 0;
  const isOff = new Set(await listKindsOff(db));
  const kinds = notificationKind.enumValues;
  return {
    from: settings?.from ?? null,
    counts: kinds
      .filter((kind) => counts.some((row) => row.kind === kind))
      .map((kind) => ({
        kind,
        statuses: {
          queued: of(kind, 'queued'),
          sent: of(kind, 'sent'),
          failed: of(kind, 'failed'),
          cancelled: of(kind, 'cancelled'),
        },
      })),
    failed: counts.filter((row) => row.status === 'failed').reduce((sum, { mails }) => sum + mails, 0),
    status,
    mails: await listMails(db, { status, limit: MAILS_SHOWN }),
    switches: kinds.map((kind) => ({ kind, isOn: !isOff.has(kind) })),
    quiet: await listQuietPeriods(db),
    preview: choice.rakna ? await countPreview(db) : undefined,
    samples: sampleMails(stockholmToday(), settings?.origin ?? 'https://exempel.se'),
  };
}

/** Whether mails are sent, and how many wait or did not arrive. For the administrator's overview. */
export async function showMailStatus(
  actor: Actor | null,
): Promise<{ isOn: boolean; waiting: number; failed: number }> {
  requireRole(actor, 'admin');
  const counts = await countMails(getDb(), new Date(now().getTime() - DAYS_COUNTED * 86_400_000));
  const of = (status: NotificationStatus) =>
    counts.filter((row) => row.status === status).reduce((sum, { mails }) => sum + mails, 0);
  return { isOn: isMailOn(), waiting: of('queued'), failed: of('failed') };
}

export type MailChange =
  | { kind: 'saved' }
  | { kind: 'changed'; mails: number }
  | { kind: 'refused'; errors: FieldErrors; typed: Record<string, string> };

/**
 * Does what a form of the page asks: tries mails again, cancels one, switches kinds, adds or removes a
 * quiet period. For the role admin.
 *
 * @throws AppError `not-signed-in`, `not-allowed`; `not-found` for what no form of the page asks.
 */
export async function changeMailing(actor: Actor | null, form: FormData): Promise<MailChange> {
  requireRole(actor, 'admin');
  const db = getDb();
  const asked = form.get('gor');
  const moment = now();
  if (asked === 'igen' || asked === 'avbryt') {
    const to = asked === 'igen' ? 'queued' : 'cancelled';
    const ids = [parse(mailIdSchema, form.get('mejl'))];
    return {
      kind: 'changed',
      mails: await changeMails(db, { to, ids, moment, reason: words.reasons.byAdmin }),
    };
  }
  if (asked === 'igen-alla') {
    const change = { to: 'queued', ids: 'all-failed', moment, reason: '' } as const;
    return { kind: 'changed', mails: await changeMails(db, change) };
  }
  if (asked === 'slag') {
    const on = new Set(parse(kindsSchema, form.getAll('pa')));
    await setKinds(
      db,
      notificationKind.enumValues.map((kind) => ({ kind, isOn: on.has(kind) })),
    );
    return { kind: 'saved' };
  }
  if (asked === 'ta-bort-tyst') {
    await deleteQuietPeriod(db, parse(quietPeriodIdSchema, form.get('period')));
    return { kind: 'saved' };
  }
  if (asked === 'tyst') return addQuietPeriod(Object.fromEntries(form));
  throw new AppError('not-found', 'no such form');
}

async function addQuietPeriod(fields: Record<string, FormDataEntryValue>): Promise<MailChange> {
  const checked = quietPeriodSchema.safeParse(fields);
  const typed = typedText(fields);
  if (!checked.success) return { kind: 'refused', errors: errorsByField(checked.error), typed };
  const { fran: from, till: until, anteckning } = checked.data;
  const db = getDb();
  if ((await listQuietPeriods(db)).length >= MOST_QUIET_PERIODS) {
    return { kind: 'refused', errors: { fran: words.errors.many }, typed };
  }
  await insertQuietPeriod(db, { from, until, note: anteckning === '' ? null : anteckning });
  return { kind: 'saved' };
}

function parse<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  value: unknown,
): T {
  const checked = schema.safeParse(value);
  if (!checked.success) throw new AppError('not-found', 'not a field of the page');
  return checked.data;
}
