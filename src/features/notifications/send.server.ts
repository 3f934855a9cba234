import { listKindsOff, listQuietPeriods } from '#db/queries/mail-log.ts';
import type { NotificationKind } from '#db/queries/notifications.ts';
import { cancelStale, claimMail, settleMail, type ClaimedMail, type Outcome } from '#db/queries/outbox.ts';
import type { Database, Transaction } from '#db/client.ts';
import { notificationKind } from '#db/schema/notifications.ts';
import { notifications as words } from '#src/i18n/notifications.ts';
import { now, stockholmDate } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { isMailAddress } from './mail-settings.ts';
import type { Switches } from './planner.ts';
import { isMailTime, type QuietPeriod } from './quiet.ts';
import type { MailSender } from './smtp.ts';

/** A mail that should have gone so long ago is not sent: what it tells may no longer be so. */
const STALE_AFTER_DAYS = 7;

/** Minutes until the next try, after the first, the second …; then it has failed. About two and a half days in all. */
export const MINUTES_TO_NEXT_TRY = [1, 2, 5, 15, 30, 60, 120, 240, 480, 720, 720, 720] as const;

/**
 * Sends what waits in the outbox, one mail at a time, until there is nothing left to send now, the mail
 * server is away or `signal` aborts. A mail is sent in the transaction that writes down that it was: if
 * the process dies between the two, that one mail goes once more, with the same Message-ID. Any number
 * of processes may send at once. Returns how many the mail server took.
 */
export async function sendMails(sender: MailSender, signal: AbortSignal): Promise<number> {
  const db = getDb();
  const moment = now();
  const before = new Date(moment.getTime() - STALE_AFTER_DAYS * 86_400_000);
  await cancelStale(db, { before, moment, reason: words.reasons.stale });
  let sent = 0;
  let rules = await readRules(db);
  while (!signal.aborted) {
    if (performance.now() - rules.readAt > RULES_LAST_MS) rules = await readRules(db);
    const { isOff, periods } = rules;
    const step = await db.transaction((tx) => sendOne(tx, sender, kindsToSend(now(), isOff, periods)));
    if (step === 'sent') sent += 1;
    if (step === 'nothing' || step === 'server-away') break;
  }
  return sent;
}

/** How long a change of switches and quiet periods may go unnoticed in the middle of many mails. */
const RULES_LAST_MS = 10_000;

async function readRules(db: Database) {
  const isOff = new Set(await listKindsOff(db));
  return { isOff, periods: await listQuietPeriods(db), readAt: performance.now() };
}

type Step = 'nothing' | 'sent' | 'not-sent' | 'server-away';

async function sendOne(
  tx: Transaction,
  sender: MailSender,
  kinds: readonly NotificationKind[],
): Promise<Step> {
  const moment = now();
  const day = stockholmDate(moment);
  const mail = await claimMail(tx, { moment, day, kinds });
  if (!mail) return 'nothing';
  const { address } = mail;
  const reason = reasonNotTo(mail);
  if (reason !== null || address === null) {
    await settleMail(tx, mail, { kind: 'cancelled', error: reason ?? words.reasons.noAddress }, moment);
    return 'not-sent';
  }
  if (!isMailAddress(address)) {
    await settleMail(tx, mail, { kind: 'failed', error: words.reasons.badAddress }, moment);
    return 'not-sent';
  }
  const { messageId, subject, text, html } = mail;
  const delivery = await sender.send({ address, messageId, subject, text, html, date: moment });
  if (delivery.kind === 'sent') {
    await settleMail(tx, mail, { kind: 'sent' }, now());
    return 'sent';
  }
  const outcome = delivery.kind === 'refused' ? refused(delivery.error) : later(mail, delivery.error);
  await settleMail(tx, mail, outcome, now());
  return delivery.kind === 'later' && delivery.isServer ? 'server-away' : 'not-sent';
}

/**
 * What may be sent at a moment. Mails about training occasions go at any hour: they answer what the
 * person herself has done, and a cancelled morning must be known the evening before.
 */
function kindsToSend(moment: Date, isOff: Switches, periods: readonly QuietPeriod[]): NotificationKind[] {
  const isOpen = isMailTime(moment, periods);
  return notificationKind.enumValues.filter((kind) => !isOff.has(kind) && (isOpen || kind === 'event'));
}

/** The address and the employment are looked at when the mail goes, not when it was written. */
function reasonNotTo({ kind, address, isEmployed }: ClaimedMail): string | null {
  if (address === null) return words.reasons.noAddress;
  return isEmployed || kind === 'event' ? null : words.reasons.notEmployed;
}

function refused(error: string): Outcome {
  return { kind: 'failed', error };
}

function later({ tries }: ClaimedMail, error: string): Outcome {
  const minutes = MINUTES_TO_NEXT_TRY[tries];
  if (minutes === undefined) return { kind: 'failed', error };
  return { kind: 'again', error, dueAt: new Date(now().getTime() + minutes * 60_000) };
}
