import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { person } from './organisation.ts';
import { completion, module } from './training.ts';

/** Teacher-led training of a module at a time and place (*utbildningstillfälle*). Cancelled, never deleted. */
export const sessionEvent = pgTable(
  'session_event',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    moduleSlug: text('module_slug')
      .notNull()
      .references(() => module.slug),
    title: text('title').notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    /** A room, an address, or null when it is held over a link. */
    place: text('place'),
    link: text('link'),
    /** Null: no limit. */
    places: integer('places'),
    /** For whom it is meant (*målgrupp*). */
    audience: text('audience'),
    note: text('note'),
    teacher: text('teacher'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => person.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    cancelledAt: timestamp('cancelled_at', { withTimezone: true }),
    cancelReason: text('cancel_reason'),
    /** How often time, place or whether it is held has changed: what a calendar knows a newer file by. */
    sequence: integer('sequence').notNull().default(0),
    /** Said aloud on the spot: with it a person with protected identity notes her own attendance, unseen. */
    attendanceCode: text('attendance_code').notNull(),
  },
  (table) => [
    index('session_event_starts_idx').on(table.startsAt),
    check('session_event_ends_after_start', sql`${table.endsAt} > ${table.startsAt}`),
    check('session_event_places_positive', sql`${table.places} > 0`),
    check('session_event_has_place', sql`${table.place} is not null or ${table.link} is not null`),
  ],
);

/**
 * A person who signed up. Who has a place and who waits follows from the order: the first `places` of
 * those who have not withdrawn.
 */
export const sessionSignup = pgTable(
  'session_signup',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => sessionEvent.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    signedUpAt: timestamp('signed_up_at', { withTimezone: true }).notNull().defaultNow(),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('session_signup_once')
      .on(table.eventId, table.personId)
      .where(sql`${table.withdrawnAt} is null`),
    index('session_signup_person_idx').on(table.personId),
  ],
);

/** That a person was there (*närvaro*), with the completion it gave; a tick taken back voids the completion. Append-only. */
export const attendance = pgTable(
  'attendance',
  {
    completionId: uuid('completion_id')
      .primaryKey()
      .references(() => completion.id),
    eventId: uuid('event_id')
      .notNull()
      .references(() => sessionEvent.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('attendance_event_idx').on(table.eventId, table.personId)],
);

/** A workplace meeting (*APT*) that goes through a module together. The code is how colleagues join. */
export const groupMeeting = pgTable(
  'group_meeting',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    code: text('code').notNull().unique(),
    moduleSlug: text('module_slug')
      .notNull()
      .references(() => module.slug),
    leaderId: uuid('leader_id')
      .notNull()
      .references(() => person.id),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    /** Nobody can join after this. */
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    /** Where the group is: 0 before the first section. */
    step: integer('step').notNull().default(0),
  },
  (table) => [index('group_meeting_leader_idx').on(table.leaderId)],
);

/** A person who joined a workplace meeting. */
export const groupParticipant = pgTable(
  'group_participant',
  {
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => groupMeeting.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    joinedAt: timestamp('joined_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.personId] })],
);
