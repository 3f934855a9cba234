import { desc, eq, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { module, moduleVersion } from '../schema/training.ts';

export type ModuleVersion = typeof moduleVersion.$inferSelect;

/** Makes the module known; kind and position follow the latest publication. */
export async function upsertModule(db: Executor, row: typeof module.$inferInsert): Promise<void> {
  await db
    .insert(module)
    .values(row)
    .onConflictDoUpdate({ target: module.slug, set: { kind: row.kind, position: row.position } });
}

/** All modules in course order, each with its latest version or null before the first. */
export async function listModules(db: Executor) {
  return db
    .selectDistinctOn([module.kind, module.position, module.slug], { module, version: moduleVersion })
    .from(module)
    .leftJoin(moduleVersion, eq(moduleVersion.moduleSlug, module.slug))
    .orderBy(module.kind, module.position, module.slug, desc(moduleVersion.version));
}

/** The version of a module that is published now, or null. */
export async function findCurrentVersion(db: Executor, moduleSlug: string): Promise<ModuleVersion | null> {
  const [row] = await db
    .select()
    .from(moduleVersion)
    .where(eq(moduleVersion.moduleSlug, moduleSlug))
    .orderBy(desc(moduleVersion.version))
    .limit(1);
  return row ?? null;
}

/** One version by its id, or null. */
export async function findVersion(db: Executor, id: number): Promise<ModuleVersion | null> {
  const [row] = await db.select().from(moduleVersion).where(eq(moduleVersion.id, id));
  return row ?? null;
}

/**
 * Publishes content as the module's next version. Returns the version number, or null when the latest
 * version already has this content.
 */
export async function insertVersion(
  db: Executor,
  content: Pick<ModuleVersion, 'moduleSlug' | 'title' | 'contentHash' | 'quiz' | 'sections'>,
): Promise<number | null> {
  const current = await findCurrentVersion(db, content.moduleSlug);
  if (current?.contentHash === content.contentHash) return null;
  const version = (current?.version ?? 0) + 1;
  await db.insert(moduleVersion).values({ ...content, version });
  return version;
}

/** Holds other publications off until the transaction ends: two nodes starting at once publish once. */
export async function lockPublication(db: Executor): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('trygg-grund publication'))`);
}
