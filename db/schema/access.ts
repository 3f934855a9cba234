import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { sessionEvent } from './events.ts';
import { person, unit } from './organisation.ts';
import { bytea, daterange } from './types.ts';

/** What an account may do beyond its own course. *Chef* is not here: it follows from the employments. */
export const accountRole = pgEnum('account_role', ['medarbetare', 'samordnare', 'redaktor', 'admin']);

/** A way to sign in as a person. */
export const account = pgTable(
  'account',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .unique()
      .references(() => person.id),
    email: text('email').notNull(),
    role: accountRole('role').notNull().default('medarbetare'),
    /** Argon2id in PHC form; null: cannot sign in with a password. */
    passwordHash: text('password_hash'),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('account_email_once').on(sql`lower(${table.email})`)],
);

/** A signed-in browser. The cookie holds `id.secret`; only the secret's SHA-256 is stored. */
export const session = pgTable(
  'session',
  {
    id: text('id').primaryKey(),
    secretHash: bytea('secret_hash').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('session_account_idx').on(table.accountId),
    index('session_expires_idx').on(table.expiresAt),
  ],
);

/** Token buckets that limit how often something may be tried; shared by all nodes. Keys are hashes, not addresses. */
export const rateLimit = pgTable('rate_limit', {
  key: text('key').primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
});

/** Answers handed in without a valid session, kept a short while so that they survive signing in. */
export const pendingSubmission = pgTable(
  'pending_submission',
  {
    tokenHash: bytea('token_hash').primaryKey(),
    submissionId: uuid('submission_id').notNull(),
    moduleSlug: text('module_slug').notNull(),
    moduleVersionId: integer('module_version_id').notNull(),
    answers: jsonb('answers').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('pending_submission_expires_idx').on(table.expiresAt)],
);

/** A person who stands in for the managers of a unit during some days (*ersättare*), and sees what they see. */
export const unitDeputy = pgTable(
  'unit_deputy',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    valid: daterange('valid').notNull(),
    namedBy: uuid('named_by')
      .notNull()
      .references(() => person.id),
    namedAt: timestamp('named_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('unit_deputy_person_idx').on(table.personId),
    index('unit_deputy_unit_idx').on(table.unitId),
    check(
      'unit_deputy_bounded',
      sql`not isempty(${table.valid}) and not lower_inf(${table.valid}) and not upper_inf(${table.valid})`,
    ),
  ],
);

/** A manager looked at a list with names (rule 9), or a leader at who signed up for an occasion. Append-only. */
export const listLook = pgTable(
  'list_look',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    viewerId: uuid('viewer_id')
      .notNull()
      .references(() => person.id),
    /** Null: a list of an occasion. */
    unitId: integer('unit_id').references(() => unit.id),
    /** The training occasion whose participants were shown; null: a list of a unit. */
    eventId: uuid('event_id').references(() => sessionEvent.id),
    /** Why the list was shown: to follow up required courses, on screen or as a file, to remind, to note attendance, or to credit and correct completions. */
    purpose: text('purpose', { enum: ['required-courses', 'file', 'reminder', 'attendance', 'correction'] })
      .notNull()
      .default('required-courses'),
    lookedAt: timestamp('looked_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('list_look_event_idx').on(table.eventId, table.viewerId),
    check('list_look_of_unit_or_event', sql`(${table.unitId} is null) <> (${table.eventId} is null)`),
  ],
);

/** Who stood on the list that was looked at, so that each can see it. Append-only. */
export const listLookPerson = pgTable(
  'list_look_person',
  {
    lookId: bigint('look_id', { mode: 'number' })
      .notNull()
      .references(() => listLook.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
  },
  (table) => [
    primaryKey({ columns: [table.lookId, table.personId] }),
    index('list_look_person_idx').on(table.personId, table.lookId),
  ],
);
