import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  pgView,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { importBatch, person } from './organisation.ts';
import { bytea } from './types.ts';

/** `course` is the grundkurs as a whole, `part` one of its five parts, `fordjupning` a deeper module. */
export const moduleKind = pgEnum('module_kind', ['course', 'part', 'fordjupning']);

/** What can be completed. Slugs: `grundkurs`, `del-1` … `del-5`, and those of the fördjupningar. */
export const module = pgTable('module', {
  slug: text('slug').primaryKey(),
  kind: moduleKind('kind').notNull(),
  position: integer('position').notNull(),
});

/** A published, immutable version of a module. `quiz` holds the answer key and never leaves the server whole. */
export const moduleVersion = pgTable(
  'module_version',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    moduleSlug: text('module_slug')
      .notNull()
      .references(() => module.slug),
    version: integer('version').notNull(),
    title: text('title').notNull(),
    contentHash: text('content_hash').notNull(),
    /** The knowledge check as in quiz.yaml; null for the course as a whole. */
    quiz: jsonb('quiz'),
    /** Section file names and titles, in order: `[{ slug, title }]`. */
    sections: jsonb('sections').notNull(),
    /** The whole module as editors write it; null for the course as a whole. */
    document: jsonb('document'),
    /** Shipped with the software, or written here: then shipped changes do not replace it by themselves. */
    origin: text('origin', { enum: ['shipped', 'editor'] })
      .notNull()
      .default('shipped'),
    /** The publication that made it; null: shipped. It tells what the change was, why, and by whom. */
    publicationId: integer('publication_id'),
    publishedAt: timestamp('published_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique('module_version_number').on(table.moduleSlug, table.version)],
);

/**
 * The version of each module that readers meet: the one in the current release; before the first release
 * with the module, its latest.
 */
export const currentVersion = pgView('current_version', {
  moduleSlug: text('module_slug').notNull(),
  moduleVersionId: integer('module_version_id').notNull(),
}).existing();

/** A graded submission. Its id is made before sending: the same id is recorded once. Append-only. */
export const attempt = pgTable(
  'attempt',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    moduleVersionId: integer('module_version_id')
      .notNull()
      .references(() => moduleVersion.id),
    /** `{ questionId: [optionId, …] }` */
    answers: jsonb('answers').notNull(),
    /** SHA-256 of module version and canonical answers: a replay must match it. */
    answersHash: bytea('answers_hash').notNull(),
    correct: integer('correct').notNull(),
    questions: integer('questions').notNull(),
    passed: boolean('passed').notNull(),
    submittedAt: timestamp('submitted_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('attempt_person_idx').on(table.personId, table.moduleVersionId),
    check('attempt_score_in_range', sql`${table.correct} between 0 and ${table.questions}`),
  ],
);

export const completionMethod = pgEnum('completion_method', ['online', 'session', 'import']);

/**
 * The fact that a person completed a module. Append-only: the database refuses UPDATE, DELETE and
 * TRUNCATE. A mistake is voided by a row in `completion_correction`, never changed.
 */
export const completion = pgTable(
  'completion',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    moduleSlug: text('module_slug')
      .notNull()
      .references(() => module.slug),
    /** Null where the version is not known (imported). */
    moduleVersionId: integer('module_version_id').references(() => moduleVersion.id),
    method: completionMethod('method').notNull(),
    /** The rule under which it was given, for example `grundkurs-1`. */
    rule: text('rule').notNull(),
    completedAt: timestamp('completed_at', { withTimezone: true }).notNull(),
    /** The day of `completed_at` in Europe/Stockholm: what every date boundary compares with. */
    completedOn: date('completed_on').notNull(),
    attemptId: uuid('attempt_id').references(() => attempt.id),
    importId: integer('import_id').references(() => importBatch.id),
    /** Where an imported or session completion comes from (*källa*); for one credited by hand, the evidence seen. */
    source: text('source'),
    /** Why somebody credited it by hand; null for every other completion. */
    reason: text('reason'),
    /** Who credited it by hand or ticked the attendance. */
    recordedBy: uuid('recorded_by').references(() => person.id),
    /** What a session completion was given at: `tillfalle:<id>`. */
    occasion: text('occasion'),
    /**
     * How many completions with the same key came before and no longer count, because they were voided
     * or their time ran out: what lets the same thing be completed again, and still only once.
     */
    repeat: integer('repeat').notNull().default(0),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('completion_once_per_version')
      .on(table.personId, table.moduleVersionId, table.repeat)
      .where(sql`${table.method} = 'online'`),
    uniqueIndex('completion_once_per_import')
      .on(table.personId, table.moduleSlug, table.completedOn, table.repeat)
      .where(sql`${table.method} = 'import'`),
    uniqueIndex('completion_once_per_occasion')
      .on(table.personId, table.moduleSlug, table.occasion, table.repeat)
      .where(sql`${table.method} = 'session'`),
    // Both hold all that the indicator asks of a completion, of everyone or of some: the rows need not be read.
    index('completion_module_idx').on(
      table.moduleSlug,
      table.completedOn,
      table.personId,
      table.moduleVersionId,
      table.id,
    ),
    index('completion_person_idx').on(
      table.personId,
      table.moduleSlug,
      table.completedOn,
      table.moduleVersionId,
      table.id,
    ),
    check(
      'completion_day_is_stockholm',
      sql`${table.completedOn} = (${table.completedAt} at time zone 'Europe/Stockholm')::date`,
    ),
    check(
      'completion_online_has_version',
      sql`${table.method} <> 'online' or ${table.moduleVersionId} is not null`,
    ),
    check(
      'completion_session_has_occasion',
      sql`${table.method} <> 'session' or ${table.occasion} is not null`,
    ),
    check('completion_repeat_not_negative', sql`${table.repeat} >= 0`),
  ],
);

/** Voids a completion, with a reason. Append-only like the completions. */
export const completionCorrection = pgTable('completion_correction', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  completionId: uuid('completion_id')
    .notNull()
    .unique()
    .references(() => completion.id),
  reason: text('reason').notNull(),
  recordedBy: uuid('recorded_by').references(() => person.id),
  recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
});

/** The paper a person can show. The code is the only way to it: 128 random bits or more. */
export const certificate = pgTable('certificate', {
  code: text('code').primaryKey(),
  completionId: uuid('completion_id')
    .notNull()
    .unique()
    .references(() => completion.id),
  issuedAt: timestamp('issued_at', { withTimezone: true }).notNull().defaultNow(),
});
