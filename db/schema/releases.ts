import {
  type AnyPgColumn,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { person } from './organisation.ts';
import { module, moduleVersion } from './training.ts';
import { bytea } from './types.ts';

/** Laws, contacts, figures, sources and words to avoid, as published. Immutable. */
export const factsVersion = pgTable('facts_version', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  /** SHA-256 of `facts`, hex. */
  contentHash: text('content_hash').notNull(),
  facts: jsonb('facts').notNull(),
  origin: text('origin', { enum: ['shipped', 'editor'] }).notNull(),
  publishedAt: timestamp('published_at', { withTimezone: true }).notNull().defaultNow(),
});

/**
 * What the readers see, from `createdAt` until the next one: a version of every module, and of the facts.
 * The one with the highest id is current. Going back to an earlier one adds a row. Append-only.
 */
export const release = pgTable('release', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  factsVersionId: integer('facts_version_id')
    .notNull()
    .references(() => factsVersion.id),
  /** SHA-256 over the content hashes of its modules and facts, hex: equal for equal content. */
  contentHash: text('content_hash').notNull(),
  /** The publication that made it; null: shipped content, or going back. */
  publicationId: integer('publication_id'),
  restoredFrom: integer('restored_from').references((): AnyPgColumn => release.id),
  reason: text('reason'),
  createdBy: uuid('created_by').references(() => person.id),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/** The version of a module in a release. Append-only. */
export const releaseModule = pgTable(
  'release_module',
  {
    releaseId: integer('release_id')
      .notNull()
      .references(() => release.id),
    moduleSlug: text('module_slug')
      .notNull()
      .references(() => module.slug),
    moduleVersionId: integer('module_version_id')
      .notNull()
      .references(() => moduleVersion.id),
  },
  (table) => [
    primaryKey({ columns: [table.releaseId, table.moduleSlug] }),
    index('release_module_version_idx').on(table.moduleVersionId, table.releaseId),
  ],
);

/** The static site of a release, as one version of the software builds it. Can be built again; in no backup. */
export const siteBuild = pgTable(
  'site_build',
  {
    contentHash: text('content_hash').notNull(),
    /** The hash of the software's sources. */
    software: text('software').notNull(),
    builtAt: timestamp('built_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.contentHash, table.software] })],
);

export const siteBuildFile = pgTable(
  'site_build_file',
  {
    contentHash: text('content_hash').notNull(),
    software: text('software').notNull(),
    /** Within the site, without a leading slash: `kurs/del-1/index.html`. */
    path: text('path').notNull(),
    sha256: bytea('sha256')
      .notNull()
      .references(() => siteBlob.sha256),
  },
  (table) => [
    primaryKey({ columns: [table.contentHash, table.software, table.path] }),
    foreignKey({
      columns: [table.contentHash, table.software],
      foreignColumns: [siteBuild.contentHash, siteBuild.software],
      name: 'site_build_file_of_build',
    }).onDelete('cascade'),
    index('site_build_file_blob_idx').on(table.sha256),
  ],
);

/** The content of files, each once however many builds have it. */
export const siteBlob = pgTable('site_blob', {
  sha256: bytea('sha256').primaryKey(),
  bytes: bytea('bytes').notNull(),
});

/**
 * Content that came with the software and that an editor has decided to leave: what is published here stays as
 * it is, until the software brings something else. Append-only.
 */
export const shippedLeft = pgTable(
  'shipped_left',
  {
    /** The module's slug, or `fakta`. */
    subject: text('subject').notNull(),
    contentHash: text('content_hash').notNull(),
    leftBy: uuid('left_by')
      .notNull()
      .references(() => person.id),
    leftAt: timestamp('left_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.contentHash] })],
);
