import {
  date,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { person, unitKind } from './organisation.ts';

/**
 * A year whose figures were fixed (*fastställd*). Fixing it once more, with a reason, adds a revision;
 * nothing is overwritten. Append-only.
 */
export const fixedYear = pgTable(
  'fixed_year',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    year: integer('year').notNull(),
    /** 1 for the first time. */
    revision: integer('revision').notNull(),
    /** The day that was counted: 31 December. */
    asOf: date('as_of').notNull(),
    /** Why it was fixed again; null for the first time. */
    reason: text('reason'),
    /** How the indicator was counted, in the words of that time. */
    definition: jsonb('definition').notNull(),
    /** SHA-256 over every fact that the figures were counted from. */
    factsFingerprint: text('facts_fingerprint').notNull(),
    /** Null: on the command line of the installation. */
    fixedBy: uuid('fixed_by').references(() => person.id),
    fixedAt: timestamp('fixed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique('fixed_year_revision').on(table.year, table.revision)],
);

/** The figures of one unit in a fixed year, before anything is hidden. Append-only. */
export const fixedFigure = pgTable(
  'fixed_figure',
  {
    fixedYearId: integer('fixed_year_id')
      .notNull()
      .references(() => fixedYear.id),
    /** Place in tree order. */
    position: integer('position').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    kind: unitKind('kind').notNull(),
    parentCode: text('parent_code'),
    depth: integer('depth').notNull(),
    target: numeric('target', { precision: 4, scale: 1, mode: 'number' }),
    employed: integer('employed').notNull(),
    completed: integer('completed').notNull(),
    directEmployed: integer('direct_employed').notNull(),
    directCompleted: integer('direct_completed').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.fixedYearId, table.code] }),
    unique('fixed_figure_position').on(table.fixedYearId, table.position),
  ],
);
