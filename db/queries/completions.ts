import { and, asc, desc, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { certificate, completion, completionCorrection, module, moduleVersion } from '../schema/training.ts';

type NewCompletion = typeof completion.$inferInsert;

/**
 * Holds other submissions of the same person off until the transaction ends, so that two that are
 * handed in at once see each other's completions. It locks nothing that an import of staff waits for. A
 * large import of completions may hold everyone off for some seconds, so this waits longer than other locks.
 */
export async function lockCompletionsOf(tx: Transaction, personId: string): Promise<void> {
  await tx.execute(
    sql`select set_config('lock_timeout', '25s', true), pg_advisory_xact_lock_shared(${EVERYONE})`,
  );
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('completion ' || ${personId}::text, 0))`,
  );
}

/** The same for everyone at once: one lock for a whole file, since a server holds only so many. */
export async function lockAllCompletions(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${EVERYONE})`);
}

const EVERYONE: SQL = sql`hashtextextended('completions of everyone', 0)`;

/** How often a person has completed a version on the site: in all, and without what was voided. */
export async function countOnlineCompletions(
  db: Executor,
  personId: string,
  moduleVersionId: number,
): Promise<{ all: number; valid: number }> {
  return countCompletions(
    db,
    and(
      eq(completion.personId, personId),
      eq(completion.moduleVersionId, moduleVersionId),
      eq(completion.method, 'online'),
    ),
  );
}

/** How many completions there are of a kind: in all, and without what was voided. */
export async function countCompletions(
  db: Executor,
  kind: SQL | undefined,
): Promise<{ all: number; valid: number }> {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      valid: sql<number>`(count(*) filter (where ${completionCorrection.id} is null))::int`,
    })
    .from(completion)
    .leftJoin(completionCorrection, eq(completionCorrection.completionId, completion.id))
    .where(kind);
  return row ?? { all: 0, valid: 0 };
}

/**
 * Records a completion made on the site. `repeat` is the number of those of the same version before it;
 * throws when that is not so.
 */
export async function insertOnlineCompletion(
  db: Executor,
  row: Omit<NewCompletion, 'method'> & { repeat: number },
): Promise<void> {
  await db.insert(completion).values({ ...row, method: 'online' });
}

/** Records that people completed a module on the site, each once more than before. Gives back the ids. */
export async function insertOnlineCompletions(
  db: Executor,
  people: readonly { personId: string; completedAt: Date; completedOn: string }[],
  { moduleSlug, moduleVersionId, rule }: { moduleSlug: string; moduleVersionId: number; rule: string },
): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = await db.execute<{ id: string }>(sql`
    insert into completion
      (person_id, module_slug, module_version_id, method, rule, completed_at, completed_on, repeat)
    select r."personId", ${moduleSlug}, ${moduleVersionId}::int, 'online', ${rule}, r."completedAt",
      r."completedOn", (
        select count(*)::int from completion c
        where c.person_id = r."personId" and c.module_version_id = ${moduleVersionId}::int
          and c.method = 'online')
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
      as r ("personId" uuid, "completedAt" timestamptz, "completedOn" date)
    order by r."personId"
    returning id`);
  return rows.map(({ id }) => id);
}

/** When the person first completed each module, voided completions left out: `{ slug → time }`. */
export async function findFirstCompletions(db: Executor, personId: string): Promise<Map<string, Date>> {
  const rows = await db
    .select({
      slug: completion.moduleSlug,
      at: sql<Date>`min(${completion.completedAt})`.mapWith(completion.completedAt),
    })
    .from(completion)
    .leftJoin(completionCorrection, eq(completionCorrection.completionId, completion.id))
    .where(validOf(personId))
    .groupBy(completion.moduleSlug);
  return new Map(rows.map(({ slug, at }) => [slug, at]));
}

/** A person's completions, latest first and a course before its parts, with version, intyg and any correction. */
export async function listCompletionsOf(db: Executor, personId: string) {
  return db
    .select({
      id: completion.id,
      moduleSlug: completion.moduleSlug,
      kind: module.kind,
      title: moduleVersion.title,
      version: moduleVersion.version,
      method: completion.method,
      source: completion.source,
      /** Why it was credited by hand. */
      reason: completion.reason,
      completedAt: completion.completedAt,
      completedOn: completion.completedOn,
      voidedReason: completionCorrection.reason,
      certificateCode: certificate.code,
    })
    .from(completion)
    .innerJoin(module, eq(module.slug, completion.moduleSlug))
    .leftJoin(moduleVersion, eq(moduleVersion.id, completion.moduleVersionId))
    .leftJoin(completionCorrection, eq(completionCorrection.completionId, completion.id))
    .leftJoin(certificate, eq(certificate.completionId, completion.id))
    .where(eq(completion.personId, personId))
    .orderBy(desc(completion.completedAt), asc(module.kind), desc(module.position), asc(completion.id));
}

function validOf(personId: string): SQL | undefined {
  return and(eq(completion.personId, personId), isNull(completionCorrection.id));
}
