import { and, desc, eq, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { currentVersion, module, moduleVersion } from '../schema/training.ts';

export type ModuleVersion = typeof moduleVersion.$inferSelect;

/** Makes the module known; kind and position follow the latest publication. */
export async function upsertModule(db: Executor, row: typeof module.$inferInsert): Promise<void> {
  await db
    .insert(module)
    .values(row)
    .onConflictDoUpdate({ target: module.slug, set: { kind: row.kind, position: row.position } });
}

/** All modules in course order, each with the version that readers meet, or null where there is none. */
export async function listModules(db: Executor) {
  return db
    .select({ module, version: moduleVersion })
    .from(module)
    .leftJoin(currentVersion, eq(currentVersion.moduleSlug, module.slug))
    .leftJoin(moduleVersion, eq(moduleVersion.id, currentVersion.moduleVersionId))
    .orderBy(module.kind, module.position, module.slug);
}

/** The version of a module that readers meet now, or null. */
export async function findCurrentVersion(db: Executor, moduleSlug: string): Promise<ModuleVersion | null> {
  const [row] = await db
    .select({ version: moduleVersion })
    .from(currentVersion)
    .innerJoin(moduleVersion, eq(moduleVersion.id, currentVersion.moduleVersionId))
    .where(eq(currentVersion.moduleSlug, moduleSlug));
  return row?.version ?? null;
}

/** One version by its id, or null. */
export async function findVersion(db: Executor, id: number): Promise<ModuleVersion | null> {
  const [row] = await db.select().from(moduleVersion).where(eq(moduleVersion.id, id));
  return row ?? null;
}

/** One version of a module by its number, or null. */
export async function findVersionNumber(
  db: Executor,
  moduleSlug: string,
  version: number,
): Promise<ModuleVersion | null> {
  const [row] = await db
    .select()
    .from(moduleVersion)
    .where(and(eq(moduleVersion.moduleSlug, moduleSlug), eq(moduleVersion.version, version)));
  return row ?? null;
}

/** The highest version of a module, current or not; null before the first. */
export async function findLatestVersion(db: Executor, moduleSlug: string): Promise<ModuleVersion | null> {
  const [row] = await db
    .select()
    .from(moduleVersion)
    .where(eq(moduleVersion.moduleSlug, moduleSlug))
    .orderBy(desc(moduleVersion.version))
    .limit(1);
  return row ?? null;
}

/** The versions of a module, the latest first. */
export async function listVersions(
  db: Executor,
  moduleSlug: string,
  limit: number,
): Promise<Pick<ModuleVersion, 'version' | 'publishedAt'>[]> {
  return db
    .select({ version: moduleVersion.version, publishedAt: moduleVersion.publishedAt })
    .from(moduleVersion)
    .where(eq(moduleVersion.moduleSlug, moduleSlug))
    .orderBy(desc(moduleVersion.version))
    .limit(limit);
}

/** Content of a module, to become its next version. */
export type NewVersion = Pick<ModuleVersion, 'moduleSlug' | 'title' | 'contentHash' | 'quiz' | 'sections'> &
  Partial<Pick<ModuleVersion, 'document' | 'origin' | 'publicationId'>>;

/**
 * Stores content as the module's next version. Returns it, or null when the latest version already has
 * this content. Readers meet it when a release has it.
 */
export async function insertVersion(db: Executor, content: NewVersion): Promise<ModuleVersion | null> {
  const latest = await findLatestVersion(db, content.moduleSlug);
  if (latest?.contentHash === content.contentHash) return null;
  return insertAfter(db, latest, content);
}

/** The same where the latest version may have this content: readers have gone back from it. */
export async function insertNextVersion(db: Executor, content: NewVersion): Promise<ModuleVersion> {
  return insertAfter(db, await findLatestVersion(db, content.moduleSlug), content);
}

async function insertAfter(
  db: Executor,
  latest: ModuleVersion | null,
  content: NewVersion,
): Promise<ModuleVersion> {
  const [row] = await db
    .insert(moduleVersion)
    .values({ ...content, version: (latest?.version ?? 0) + 1 })
    .returning();
  if (!row) throw new Error('an insert without conflict returns its row');
  return row;
}

/** Places modules in the order that these versions of them say. */
export async function followPositions(db: Executor, versionIds: readonly number[]): Promise<void> {
  await db.execute(sql`
    update module m set position = p.position
    from (
      select module_slug, coalesce(document #>> '{meta,part}', document #>> '{meta,position}')::int as position
      from module_version
      where id in (select value::int from jsonb_array_elements_text(${JSON.stringify(versionIds)}::jsonb))
    ) p
    where m.slug = p.module_slug and m.position <> p.position`);
}

/** Holds other publications off until the transaction ends: two nodes starting at once publish once. */
export async function lockPublication(db: Executor): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund publication'))`);
}
