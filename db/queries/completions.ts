import { and, asc, desc, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { certificate, completion, completionCorrection, module, moduleVersion } from '../schema/training.ts';

type NewCompletion = typeof completion.$inferInsert;

/**
 * Holds other submissions of the same person off until the transaction ends, so that two that are
 * handed in at once see each other's completions. It locks nothing that an import of staff waits for.
 */
export async function lockCompletionsOf(tx: Transaction, personId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('completion ' || ${personId}::text, 0))`,
  );
}

/**
 * Records a completion made on the site. Returns its id, or null when the person already has one for
 * that version.
 */
export async function insertOnlineCompletion(
  db: Executor,
  row: Omit<NewCompletion, 'method'>,
): Promise<string | null> {
  const [inserted] = await db
    .insert(completion)
    .values({ ...row, method: 'online' })
    .onConflictDoNothing({
      target: [completion.personId, completion.moduleVersionId, completion.repeat],
      where: sql`${completion.method} = 'online'`,
    })
    .returning({ id: completion.id });
  return inserted?.id ?? null;
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
