import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { person } from '../schema/organisation.ts';
import { certificate, completion, completionCorrection, moduleVersion } from '../schema/training.ts';

/** Stores the codes of intyg. A completion that has one keeps it. */
export async function insertCertificates(
  db: Executor,
  rows: readonly { code: string; completionId: string; issuedAt: Date }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into certificate (code, completion_id, issued_at)
    select code, "completionId", "issuedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (code text, "completionId" uuid, "issuedAt" timestamptz)
    on conflict (completion_id) do nothing`);
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
      method: completion.method,
      /** Of the version completed, else of the latest. */
      title: sql<string>`coalesce(${moduleVersion.title}, (
        select v.title from module_version v where v.module_slug = ${completion.moduleSlug}
        order by v.version desc limit 1), ${completion.moduleSlug})`,
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
