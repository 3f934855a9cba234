import { and, count, desc, eq } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { attempt, moduleVersion } from '../schema/training.ts';

export type Attempt = typeof attempt.$inferSelect;

/** Records a graded submission. Returns false, and records nothing, when its id is taken. */
export async function insertAttempt(db: Executor, row: typeof attempt.$inferInsert): Promise<boolean> {
  const inserted = await db.insert(attempt).values(row).onConflictDoNothing().returning({ id: attempt.id });
  return inserted.length > 0;
}

/** One submission by its id, or null. Whose it is remains for the caller to check. */
export async function findAttempt(db: Executor, id: string): Promise<Attempt | null> {
  const [row] = await db.select().from(attempt).where(eq(attempt.id, id));
  return row ?? null;
}

/** How many submissions a person has made of a module version. */
export async function countAttempts(
  db: Executor,
  personId: string,
  moduleVersionId: number,
): Promise<number> {
  const [row] = await db
    .select({ attempts: count() })
    .from(attempt)
    .where(and(eq(attempt.personId, personId), eq(attempt.moduleVersionId, moduleVersionId)));
  return row?.attempts ?? 0;
}

/** A person's submissions, latest first, each with the module version it was graded against. */
export async function listAttemptsOf(db: Executor, personId: string, limit: number) {
  return db
    .select({
      id: attempt.id,
      moduleSlug: moduleVersion.moduleSlug,
      title: moduleVersion.title,
      correct: attempt.correct,
      questions: attempt.questions,
      passed: attempt.passed,
      submittedAt: attempt.submittedAt,
    })
    .from(attempt)
    .innerJoin(moduleVersion, eq(moduleVersion.id, attempt.moduleVersionId))
    .where(eq(attempt.personId, personId))
    .orderBy(desc(attempt.submittedAt), desc(attempt.id))
    .limit(limit);
}
