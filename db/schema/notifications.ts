import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { person } from './organisation.ts';
import { daterange } from './types.ts';

/**
 * What a mail is about: `invitation` to new employees, `due` before a course must be done, `expiry` before
 * a completion stops counting, `reminder` from a manager, `digest` monthly to managers, `event` about a
 * training occasion one has signed up for.
 */
export const notificationKind = pgEnum('notification_kind', [
  'invitation',
  'due',
  'expiry',
  'reminder',
  'digest',
  'event',
]);

/** `queued` waits or is tried again, `sent` was accepted by the mail server, `failed` was given up, `cancelled` was stopped before sending. */
export const notificationStatus = pgEnum('notification_status', ['queued', 'sent', 'failed', 'cancelled']);

/**
 * The outbox ledger: one row per mail, and one mail per `key`. Written in the transaction that decides to
 * send; a worker sends what is queued. The text goes when the mail has gone.
 */
export const notification = pgTable(
  'notification',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: notificationKind('kind').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** What makes this mail the same as another: such as `invitation grundkurs <person> 2026-11-02`. */
    key: text('key').notNull().unique(),
    subject: text('subject').notNull(),
    text: text('text'),
    html: text('html'),
    status: notificationStatus('status').notNull().default('queued'),
    tries: integer('tries').notNull().default(0),
    /** Not sent before. */
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().defaultNow(),
    /** The Message-ID header: the same in every try, so that a repeat can be known as one. */
    messageId: text('message_id').notNull().unique(),
    lastError: text('last_error'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    settledAt: timestamp('settled_at', { withTimezone: true }),
  },
  (table) => [
    index('notification_queue_idx')
      .on(table.dueAt)
      .where(sql`${table.status} = 'queued'`),
    index('notification_person_idx').on(table.personId, table.createdAt),
    index('notification_created_idx').on(table.createdAt),
    check('notification_settled_when_done', sql`(${table.settledAt} is null) = (${table.status} = 'queued')`),
  ],
);

/**
 * What a mail told of, such as that a course must be done before a day: each thing is told once, in
 * whichever mail it stands.
 */
export const notificationItem = pgTable(
  'notification_item',
  {
    key: text('key').primaryKey(),
    notificationId: uuid('notification_id')
      .notNull()
      .references(() => notification.id, { onDelete: 'cascade' }),
  },
  (table) => [index('notification_item_idx').on(table.notificationId)],
);

/** Every try to send, for the page that shows what was sent, failed and tried again. Append-only. */
export const notificationTry = pgTable(
  'notification_try',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    notificationId: uuid('notification_id')
      .notNull()
      .references(() => notification.id),
    triedAt: timestamp('tried_at', { withTimezone: true }).notNull().defaultNow(),
    /** Null: the mail server took it. */
    error: text('error'),
  },
  (table) => [index('notification_try_idx').on(table.notificationId)],
);

/** Which kinds of mail are sent. A kind without a row is on. */
export const notificationSwitch = pgTable('notification_switch', {
  kind: notificationKind('kind').primaryKey(),
  isOn: boolean('is_on').notNull(),
});

/** Days on which nothing is sent, such as July (*tyst period*). */
export const quietPeriod = pgTable(
  'quiet_period',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    valid: daterange('valid').notNull(),
    note: text('note'),
  },
  (table) => [
    check(
      'quiet_period_bounded',
      sql`not isempty(${table.valid}) and not lower_inf(${table.valid}) and not upper_inf(${table.valid})`,
    ),
  ],
);
