import type { Executor } from '#db/client.ts';
import { findCurrentVersion, findVersionNumber, type ModuleVersion } from '#db/queries/modules.ts';
import {
  findVersionCompletedBefore,
  hasRequiredBetween,
  listRequiredVersions,
} from '#db/queries/refreshers.ts';
import { owedDemands, type TrainingRecord } from '#src/features/completions/completions.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import { changedQuestions, changedSections, refresherMinutes, refresherQuiz } from './changes.ts';

/** What has changed in a module since a person completed it, and what she is asked about it. */
export interface Refresher {
  /** The version that she completes. */
  version: ModuleVersion;
  from: ModuleDocument;
  to: ModuleDocument;
  sections: ModuleDocument['sections'];
  quiz: Quiz;
  /** No question is about what has changed: `quiz` is the whole check. */
  isWholeQuiz: boolean;
  minutes: number;
}

/** A module that a person has completed in an earlier version, and is to look at again. */
export interface RefresherOffer {
  slug: string;
  title: string;
  /** The last day that what she has counts; null: it goes on counting for her. */
  until: string | null;
  isOver: boolean;
  /** Null: what she has read is not known, so she takes the whole module. */
  refresher: Refresher | null;
}

/**
 * The modules with a *new requirement* that a person does not meet with what she has completed of them, in
 * course order. Nothing for what she has not completed.
 */
export async function listRefresherOffers(
  db: Executor,
  personId: string,
  record: TrainingRecord,
  day: string,
): Promise<RefresherOffer[]> {
  const owed = owedDemands(record).map(({ slug }) => slug);
  const untilOf = new Map<string, string>();
  for (const { slug, version, olderCountUntil } of await listRequiredVersions(db, day)) {
    const own = record.completions.get(slug);
    const isMet = own?.some((one) => (one.version ?? 0) >= version) ?? !owed.includes(slug);
    const known = untilOf.get(slug);
    if (!isMet && (known === undefined || olderCountUntil < known)) untilOf.set(slug, olderCountUntil);
  }
  const offers: RefresherOffer[] = [];
  for (const [slug, last] of untilOf) {
    const version = await findCurrentVersion(db, slug);
    if (!version) continue;
    const until = record.rules.has(isPart(slug) ? GRUNDKURS : slug) ? last : null;
    const refresher = await findRefresher(db, personId, version);
    const isOver = until !== null && until < day;
    offers.push({ slug, title: version.title, until, isOver, refresher });
  }
  return offers;
}

/**
 * The refresher that leads a person to a version of a module from the latest one before it that she has
 * completed. Null when she has completed none, nothing between them is or has been a new requirement, or
 * the text of either is not kept.
 */
export async function findRefresher(
  db: Executor,
  personId: string,
  version: ModuleVersion,
): Promise<Refresher | null> {
  const { moduleSlug: slug, version: number } = version;
  const completed = await findVersionCompletedBefore(db, personId, { slug, version: number });
  if (completed === null) return null;
  if (!(await hasRequiredBetween(db, slug, { after: completed, upTo: number }))) return null;
  const from = readDocument(await findVersionNumber(db, slug, completed));
  const to = readDocument(version);
  if (!from || !to) return null;
  const sections = changedSections(from, to);
  const quiz = refresherQuiz(from, to);
  const isWholeQuiz = changedQuestions(from, to).length === 0;
  return { version, from, to, sections, quiz, isWholeQuiz, minutes: refresherMinutes(sections, quiz) };
}

/**
 * The whole module as it was published; null for versions from before texts were kept. It was checked when it
 * was stored, and is not held to rules that came later.
 */
export function readDocument(version: Pick<ModuleVersion, 'document'> | null): ModuleDocument | null {
  return (version?.document ?? null) as ModuleDocument | null;
}
