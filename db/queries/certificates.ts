import { eq } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { person } from '../schema/organisation.ts';
import { certificate, completion, completionCorrection, moduleVersion } from '../schema/training.ts';

/** Stores the code of a completion's intyg. Throws when the completion already has one. */
export async function insertCertificate(
  db: Executor,
  row: Pick<typeof certificate.$inferInsert, 'code' | 'completionId' | 'issuedAt'>,
): Promise<void> {
  await db.insert(certificate).values(row);
}

/** What an intyg says, and whose it is; null when no intyg has the code. Who may see the name is the caller's to judge. */
export async function findCertificate(db: Executor, code: string) {
  const [row] = await db
    .select({
      code: certificate.code,
      issuedAt: certificate.issuedAt,
      personId: person.id,
      name: person.name,
      isProtected: person.isProtected,
      moduleSlug: completion.moduleSlug,
      title: moduleVersion.title,
      version: moduleVersion.version,
      completedOn: completion.completedOn,
      voidedAt: completionCorrection.recordedAt,
    })
    .from(certificate)
    .innerJoin(completion, eq(completion.id, certificate.completionId))
    .innerJoin(person, eq(person.id, completion.personId))
    .leftJoin(moduleVersion, eq(moduleVersion.id, completion.moduleVersionId))
    .leftJoin(completionCorrection, eq(completionCorrection.completionId, completion.id))
    .where(eq(certificate.code, code));
  return row ?? null;
}
