import type { Executor } from '#db/client.ts';
import { findCertificate, insertCertificates } from '#db/queries/certificates.ts';
import { returnToken, takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { networkOf } from '#src/features/auth/network.ts';
import { getDb } from '#src/lib/database.ts';
import { createCertificateCode, isCertificateCode } from './certificates.ts';

/** What whoever has the code gets to know, and nothing else about the person. */
export interface Certificate {
  code: string;
  /** Null for a protected person, unless it is she who asks. */
  name: string | null;
  title: string;
  /** Null where the version is not known. */
  version: number | null;
  completedOn: string;
  /** Credited training was not taken here. */
  method: 'online' | 'session' | 'import';
  isOwn: boolean;
  isProtected: boolean;
}

export type CertificateLookup =
  | { kind: 'genuine'; certificate: Certificate }
  /** The completion has been corrected away: the intyg was genuine once and counts no more. */
  | { kind: 'voided'; voidedAt: Date }
  | { kind: 'unknown' }
  /** Too many codes that do not exist were asked for from the same network. */
  | { kind: 'limited'; seconds: number };

/** Codes that do not exist, per network. A code cannot be guessed; this keeps the database out of trying. */
const GUESSES: Bucket = { burst: 60, seconds: 10 };

/** Gives completions their intyg; one that has it keeps it. */
export async function issueCertificates(
  db: Executor,
  completionIds: readonly string[],
  issuedAt: Date,
): Promise<void> {
  const rows = completionIds.map((completionId) => ({
    code: createCertificateCode(),
    completionId,
    issuedAt,
  }));
  await insertCertificates(db, rows);
}

/** Looks an intyg up. Anyone who has the code may: the code is the permission. */
export async function lookUpCertificate(
  actor: Actor | null,
  code: string,
  clientAddress: string,
): Promise<CertificateLookup> {
  const limit = limitKey('certificate', networkOf(clientAddress));
  const seconds = await takeToken(getDb(), limit, GUESSES);
  if (seconds > 0) return { kind: 'limited', seconds };
  const found = isCertificateCode(code) ? await findCertificate(getDb(), code) : null;
  if (found) await returnToken(getDb(), limit, GUESSES);
  if (!found) return { kind: 'unknown' };
  if (found.voidedAt) return { kind: 'voided', voidedAt: found.voidedAt };
  const isOwn = actor?.personId === found.personId;
  const certificate = {
    code: found.code,
    name: found.isProtected && !isOwn ? null : found.name,
    title: found.title,
    version: found.version,
    completedOn: found.completedOn,
    method: found.method,
    isOwn,
    isProtected: found.isProtected,
  };
  return { kind: 'genuine', certificate };
}
