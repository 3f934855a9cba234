import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { daterange } from './types.ts';

/** kommun · förvaltning · avdelning · enhet */
export const unitKind = pgEnum('unit_kind', ['municipality', 'department', 'division', 'team']);

/** A part of the organisation. What it is called and where it belongs has a history: see `unit_period`. */
export const unit = pgTable('unit', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  code: text('code').notNull().unique(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/**
 * Name, kind and parent of a unit during a time, so that a figure for an earlier date is counted in
 * the tree as it was. The periods of one unit never overlap (exclusion constraint in the migration).
 */
export const unitPeriod = pgTable(
  'unit_period',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    parentId: integer('parent_id').references(() => unit.id),
    kind: unitKind('kind').notNull(),
    name: text('name').notNull(),
    valid: daterange('valid').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('unit_period_parent_idx').on(table.parentId),
    check(
      'unit_period_root_is_municipality',
      sql`(${table.parentId} is null) = (${table.kind} = 'municipality')`,
    ),
    check('unit_period_not_own_parent', sql`${table.parentId} <> ${table.unitId}`),
    check('unit_period_valid_not_empty', sql`not isempty(${table.valid})`),
  ],
);

/** Anyone who can have completions. `employee_number` is the HR system's key; no personal identity number is stored. */
export const person = pgTable(
  'person',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    employeeNumber: text('employee_number').unique(),
    name: text('name').notNull(),
    email: text('email'),
    /** Protected identity (*skyddade personuppgifter*): shown by name or id to nobody but the person. */
    isProtected: boolean('is_protected').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // The few people who are left out of small figures are found without looking at everyone.
    index('person_protected_idx')
      .on(table.id)
      .where(sql`${table.isProtected}`),
  ],
);

/**
 * One employment in one unit during a time. The same person may have several, in different units or
 * one after another; in one unit they never overlap (exclusion constraint in the migration).
 */
export const employment = pgTable(
  'employment',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    title: text('title').notNull(),
    /** Manager of the unit during this employment (*chef*). */
    isManager: boolean('is_manager').notNull().default(false),
    valid: daterange('valid').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // Of a unit's people, or of a person, where and when: the rows need not be read.
    index('employment_unit_idx').on(table.unitId, table.personId, table.valid),
    index('employment_person_idx').on(table.personId, table.unitId, table.valid),
    index('employment_manager_idx')
      .on(table.personId)
      .where(sql`${table.isManager}`),
    check(
      'employment_valid_bounded_below',
      sql`not isempty(${table.valid}) and not lower_inf(${table.valid})`,
    ),
  ],
);

/** Every later change to an employment as it was and as it became, written by a trigger: corrections stay explainable. */
export const employmentChange = pgTable('employment_change', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  employmentId: bigint('employment_id', { mode: 'number' }).notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
  before: jsonb('before').notNull(),
  after: jsonb('after'),
});

/** Every later change to a unit's period, like `employment_change`: a figure that differs can be explained. Append-only. */
export const unitPeriodChange = pgTable('unit_period_change', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  unitPeriodId: integer('unit_period_id').notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
  before: jsonb('before').notNull(),
  after: jsonb('after'),
});

/** One file that went in. */
export const importBatch = pgTable('import_batch', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  kind: text('kind', { enum: ['units', 'staff', 'completions'] }).notNull(),
  fileName: text('file_name').notNull(),
  fileSha256: text('file_sha256').notNull(),
  asOf: text('as_of'),
  rows: integer('rows').notNull(),
  summary: jsonb('summary').notNull(),
  /** Null: on the command line of the installation. */
  importedBy: uuid('imported_by').references(() => person.id),
  importedAt: timestamp('imported_at', { withTimezone: true }).notNull().defaultNow(),
});
