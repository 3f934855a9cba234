import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { person } from './organisation.ts';
import { moduleVersion } from './training.ts';
import { factsVersion } from './releases.ts';
import { bytea } from './types.ts';

/** `published` and `discarded` are the ends. A change to a draft in review or approved makes it `writing` again. */
export const draftState = pgEnum('draft_state', ['writing', 'review', 'approved', 'published', 'discarded']);

/** What editors are changing: one module, or the facts (`subject` is `fakta`). One open draft for each. */
export const draft = pgTable(
  'draft',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    /** The module's slug, which need not be published yet, or `fakta`. */
    subject: text('subject').notNull(),
    state: draftState('state').notNull().default('writing'),
    /** The version it was begun from; null: a new module. */
    baseVersionId: integer('base_version_id').references(() => moduleVersion.id),
    /** The same for a draft of the facts. */
    baseFactsId: integer('base_facts_id').references(() => factsVersion.id),
    createdBy: uuid('created_by').references(() => person.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    closedAt: timestamp('closed_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('draft_open_once')
      .on(table.subject)
      .where(sql`${table.state} in ('writing', 'review', 'approved')`),
    check(
      'draft_closed_at_its_end',
      sql`(${table.closedAt} is null) = (${table.state} in ('writing', 'review', 'approved'))`,
    ),
  ],
);

/**
 * One part of a draft, as it is now: what is edited, locked and saved by itself. Parts of a module:
 * `modul`, `avsnitt/<slug>`, `kunskapskontroll`, `samtal`; of the facts: `<kind>/<id>`.
 */
export const draftPart = pgTable(
  'draft_part',
  {
    draftId: integer('draft_id')
      .notNull()
      .references(() => draft.id),
    part: text('part').notNull(),
    /** The order of the sections; 0 for the others. */
    position: integer('position').notNull().default(0),
    content: jsonb('content').notNull(),
    /** The number of the revision that `content` is. A save names the one it was made from. */
    revision: integer('revision').notNull(),
    /** Who has it open to write in, and until when unless heard of again. */
    heldBy: uuid('held_by').references(() => person.id),
    heldUntil: timestamp('held_until', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.part] })],
);

/** Why a revision was saved. `kept`: text that lost against somebody else's, put aside so that nothing is lost. */
export const revisionCause = pgEnum('revision_cause', [
  'start',
  'edit',
  'restore',
  'import',
  'remove',
  'kept',
]);

/** Every state that a part has had. What one person writes in a row is one revision. */
export const draftRevision = pgTable(
  'draft_revision',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    draftId: integer('draft_id')
      .notNull()
      .references(() => draft.id),
    part: text('part').notNull(),
    number: integer('number').notNull(),
    /** Null: the part was removed. */
    content: jsonb('content'),
    cause: revisionCause('cause').notNull(),
    savedBy: uuid('saved_by').references(() => person.id),
    savedAt: timestamp('saved_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique('draft_revision_number').on(table.draftId, table.part, table.number)],
);

/** Somebody's yes or no to a draft as it was when it was handed in. The one who decides has not written in it. */
export const review = pgTable(
  'review',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    draftId: integer('draft_id')
      .notNull()
      .references(() => draft.id),
    /** The whole document or facts: what is approved and published, letter by letter. */
    document: jsonb('document').notNull(),
    /** SHA-256 of `document`, hex. */
    documentHash: text('document_hash').notNull(),
    /** What the gate found then. */
    findings: jsonb('findings').notNull(),
    note: text('note'),
    submittedBy: uuid('submitted_by').references(() => person.id),
    submittedAt: timestamp('submitted_at', { withTimezone: true }).notNull().defaultNow(),
    /** Null: not decided, or the draft was changed before it was. */
    decision: text('decision', { enum: ['approved', 'returned', 'withdrawn'] }),
    comment: text('comment'),
    decidedBy: uuid('decided_by').references(() => person.id),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
  },
  (table) => [
    index('review_draft_idx').on(table.draftId),
    check(
      'review_by_two_people',
      sql`${table.decision} is distinct from 'approved' or ${table.decidedBy} <> ${table.submittedBy}`,
    ),
  ],
);

/** *minor*: a typo · *refresh*: worth reading, completions stay · *requirement*: older completions stop counting. */
export const changeKind = pgEnum('change_kind', ['minor', 'refresh', 'requirement']);

export const publicationState = pgEnum('publication_state', [
  'waiting',
  'building',
  'published',
  'failed',
  'cancelled',
]);

/** An approved draft on its way to the readers: now or at a set time. */
export const publication = pgTable(
  'publication',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    reviewId: integer('review_id')
      .notNull()
      .references(() => review.id),
    subject: text('subject').notNull(),
    change: changeKind('change').notNull(),
    reason: text('reason').notNull(),
    /** For a requirement: the last day that completions of older versions count. */
    olderCountUntil: date('older_count_until'),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => person.id),
    requestedAt: timestamp('requested_at', { withTimezone: true }).notNull().defaultNow(),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    state: publicationState('state').notNull().default('waiting'),
    /** How far the building has come: a key of the words for it. */
    step: text('step'),
    startedAt: timestamp('started_at', { withTimezone: true }),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    /** Why it failed, in words for an editor. */
    failure: text('failure'),
  },
  (table) => [
    index('publication_due_idx')
      .on(table.dueAt)
      .where(sql`${table.state} in ('waiting', 'building')`),
    uniqueIndex('publication_open_once')
      .on(table.subject)
      .where(sql`${table.state} in ('waiting', 'building')`),
    check(
      'publication_requirement_has_day',
      sql`(${table.change} = 'requirement') = (${table.olderCountUntil} is not null)`,
    ),
  ],
);

/** A picture that has been decoded and made anew. Its name holds its hash and size: `3f9c…-1200x800.webp`. */
export const picture = pgTable('picture', {
  name: text('name').primaryKey(),
  bytes: bytea('bytes').notNull(),
  width: integer('width').notNull(),
  height: integer('height').notNull(),
  uploadedBy: uuid('uploaded_by').references(() => person.id),
  uploadedAt: timestamp('uploaded_at', { withTimezone: true }).notNull().defaultNow(),
});
