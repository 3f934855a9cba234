import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { attempt, certificate, completion } from '#db/schema/training.ts';
import { PARTS, type Submission } from './people.ts';

/** What is wrong; everything must be nought. */
export interface Faults {
  /** Confirmed, and not there as it was confirmed. */
  lost: number;
  /** More than one completion of a module, or more than one intyg. */
  duplicated: number;
  /** An attempt without what it gives, or something given without its attempt. */
  halfDone: number;
}

export interface Stored {
  /** Attempts by id, as the database holds them. */
  attempts: Map<string, typeof attempt.$inferSelect>;
  faults: Faults;
}

/** Compares what the senders know with what the database holds. */
export async function verify(db: Database, submissions: Submission[]): Promise<Stored> {
  const people = [...new Set(submissions.map(({ personId }) => personId))];
  const attempts = await db.select().from(attempt).where(inArray(attempt.personId, people));
  const completions = await db.select().from(completion).where(inArray(completion.personId, people));
  const certificates = await db
    .select({ personId: completion.personId })
    .from(certificate)
    .innerJoin(completion, eq(completion.id, certificate.completionId))
    .where(and(inArray(completion.personId, people)));
  const byId = new Map(attempts.map((row) => [row.id, row]));
  const faults: Faults = { lost: 0, duplicated: 0, halfDone: 0 };
  const given = (personId: string, slug: string) =>
    completions.filter((row) => row.personId === personId && row.moduleSlug === slug);

  for (const submission of submissions) {
    const { id, personId, slug, versionId, right, passed, isAcknowledged } = submission;
    const stored = byId.get(id);
    const isAsSent =
      stored?.personId === personId && stored.moduleVersionId === versionId && stored.correct === right;
    if (isAcknowledged && !isAsSent) faults.lost += 1;
    const own = given(personId, slug);
    if (own.length > 1) faults.duplicated += 1;
    if ((stored !== undefined && passed) !== own.length > 0) faults.halfDone += 1;
  }
  for (const personId of people) {
    const isDone = PARTS.every((slug) => given(personId, slug).length > 0);
    const courses = given(personId, 'grundkurs').length;
    const papers = certificates.filter((row) => row.personId === personId).length;
    if (courses > 1 || papers > 1) faults.duplicated += 1;
    if (courses !== papers || isDone !== courses > 0) faults.halfDone += 1;
  }
  return { attempts: byId, faults };
}
