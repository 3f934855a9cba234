import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { person, unit } from './organisation.ts';
import { module, moduleVersion } from './training.ts';
import { daterange } from './types.ts';

/** Whom a requirement is for, among those employed where it applies. */
export const requirementAudience = pgEnum('requirement_audience', ['all', 'managers', 'titles']);

/**
 * A required course: for whom, and during which days. A person must have it on a day when an employment
 * of that day, in the unit or below it, belongs to the audience. Where several rules ask one person for
 * the same course, the shortest validity counts. Changes are recorded in `rule_change`.
 */
export const requirement = pgTable(
  'requirement',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    moduleSlug: text('module_slug')
      .notNull()
      .references(() => module.slug),
    /** Null: the whole municipality. */
    unitId: integer('unit_id').references(() => unit.id),
    audience: requirementAudience('audience').notNull().default('all'),
    /** The kinds of work (*befattningar*, as in the staff file, in lower case) when the audience is `titles`. */
    titles: text('titles').array(),
    valid: daterange('valid').notNull(),
    /** A completion counts this many months; null: for ever. */
    validityMonths: integer('validity_months'),
    note: text('note'),
    recordedBy: uuid('recorded_by').references(() => person.id),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check(
      'requirement_titles_when_audience',
      sql`(${table.audience} = 'titles') = (coalesce(cardinality(${table.titles}), 0) > 0)`,
    ),
    check('requirement_validity_positive', sql`${table.validityMonths} > 0`),
    check('requirement_valid_not_empty', sql`not isempty(${table.valid})`),
  ],
);

/**
 * A version that is a *new requirement*: completions of older versions, and those whose version is not
 * known, count to the end of `olderCountUntil`. That of a part is one on the grundkurs too, from the version
 * of it that came with the part's. Append-only.
 */
export const versionRequirement = pgTable(
  'version_requirement',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    moduleVersionId: integer('module_version_id')
      .notNull()
      .references(() => moduleVersion.id),
    olderCountUntil: date('older_count_until').notNull(),
    reason: text('reason').notNull(),
    /** How many times the same version has been one before, and was withdrawn each time. */
    repeat: integer('repeat').notNull().default(0),
    recordedBy: uuid('recorded_by').references(() => person.id),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique('version_requirement_once').on(table.moduleVersionId, table.repeat)],
);

/** A new requirement that was taken back with its version: from that day on it asks nothing. Append-only. */
export const versionRequirementWithdrawal = pgTable('version_requirement_withdrawal', {
  versionRequirementId: integer('version_requirement_id')
    .primaryKey()
    .references(() => versionRequirement.id),
  /** The first day without it. */
  withdrawnOn: date('withdrawn_on').notNull(),
  reason: text('reason').notNull(),
  recordedBy: uuid('recorded_by').references(() => person.id),
  recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
});

/**
 * A person who need not have a course for a while (*undantag*). It spares her reminders and shows on her
 * manager's list; the indicator counts her as before. Changes are recorded in `rule_change`.
 */
export const waiver = pgTable(
  'waiver',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    moduleSlug: text('module_slug')
      .notNull()
      .references(() => module.slug),
    valid: daterange('valid').notNull(),
    reason: text('reason').notNull(),
    recordedBy: uuid('recorded_by').references(() => person.id),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('waiver_person_idx').on(table.personId),
    check(
      'waiver_valid_bounded',
      sql`not isempty(${table.valid}) and not lower_inf(${table.valid}) and not upper_inf(${table.valid})`,
    ),
  ],
);

/** Target (*mål*) in per cent for a unit and a year; units without one inherit from above. Changes are recorded in `rule_change`. */
export const target = pgTable(
  'target',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    year: integer('year').notNull(),
    percent: numeric('percent', { precision: 4, scale: 1, mode: 'number' }).notNull(),
    note: text('note'),
    /** The function that answers for it (*ansvarig*), such as HR-chef. */
    responsible: text('responsible'),
    recordedBy: uuid('recorded_by').references(() => person.id),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique('target_once_per_year').on(table.unitId, table.year),
    check('target_percent_in_range', sql`${table.percent} between 0 and 100`),
  ],
);

/**
 * Every later change to a requirement, waiver or target as it was and as it became, written by a
 * trigger: a figure that differs can be explained. Append-only.
 */
export const ruleChange = pgTable('rule_change', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tableName: text('table_name').notNull(),
  rowId: bigint('row_id', { mode: 'number' }).notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
  /** Who, when the change was made through the site: the setting `trygg_grund.person_id` of the transaction. */
  changedBy: uuid('changed_by'),
  before: jsonb('before').notNull(),
  after: jsonb('after'),
});
