import { listAttemptsOf } from '#db/queries/attempts.ts';
import { listCompletionsOf } from '#db/queries/completions.ts';
import { listLooksAt } from '#db/queries/looks.ts';
import { listModules } from '#db/queries/modules.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { issueCertificates } from '#src/features/certificates/certificates.server.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';
import { findAssessmentToOffer } from '#src/features/evaluation/self-assessment.server.ts';
import { listRefresherOffers, type RefresherOffer } from '#src/features/refreshers/refreshers.server.ts';
import { addDays, now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import {
  completedIn,
  expiryOf,
  isCourseOpen,
  nextStep,
  renewalOf,
  standingOf,
  type TrainingRecord,
} from '#src/features/completions/completions.ts';
import type { OwnCourse, NamedModule } from '#src/features/completions/own-course.ts';
import { readTrainingRecord } from '#src/features/completions/training-record.server.ts';

const LATEST_LOOKS = 50;
const LATEST_ATTEMPTS = 200;

type OwnCompletion = Awaited<ReturnType<typeof listCompletionsOf>>[number] & {
  title: string;
  /** The last day that it counts; null: for ever, or not at all. */
  lastDay: string | null;
};
type OwnAttempt = Awaited<ReturnType<typeof listAttemptsOf>>[number];

/** How long what a person has completed of a module counts. */
export interface Validity {
  /** The last day; null: for ever. */
  lastDay: string | null;
  /** Whether it can be renewed now. */
  isRenewable: boolean;
  isOver: boolean;
}

/** Everything a person sees of herself on /min-sida. */
export interface MyPage extends OwnCourse {
  fordjupningar: NamedModule[];
  /** Slugs of modules with a completion that is not voided; of the parts only those completed again while the grundkurs is being renewed. */
  completed: string[];
  /** By module, for the grundkurs and the fördjupningar that have been completed. */
  validity: Map<string, Validity>;
  /** What has become a new requirement since she completed it. */
  refreshers: RefresherOffer[];
  completions: OwnCompletion[];
  /** Submissions by module, in course order; within a module latest first. */
  attempts: { slug: string; title: string; attempts: OwnAttempt[] }[];
  looks: Awaited<ReturnType<typeof listLooksAt>>;
}

/**
 * Reads a person's own page: only ever for the person herself. A grundkurs that was credited gets its
 * intyg here, when she first looks.
 */
export async function loadMyPage(actor: Actor): Promise<MyPage> {
  const db = getDb();
  const today = stockholmToday();
  const [modules, completions, record, attempts, looks, assessment] = await Promise.all([
    listModules(db),
    listOwnCompletions(actor.personId),
    readTrainingRecord(db, actor.personId, today),
    listAttemptsOf(db, actor.personId, LATEST_ATTEMPTS),
    listLooksAt(db, actor.personId, LATEST_LOOKS),
    findAssessmentToOffer(actor),
  ]);
  const published = modules.flatMap(({ module, version }) =>
    version ? [{ slug: module.slug, kind: module.kind, title: version.title }] : [],
  );
  const titleOf = (slug: string) => published.find((module) => module.slug === slug)?.title ?? slug;
  const parts = published.filter(({ kind }) => kind === 'part');
  const completed = completedIn(record, isPart, today);
  const hasCourse = record.completions.has(GRUNDKURS);
  const isDone = hasCourse && !isCourseOpen(record, today);
  return {
    parts,
    fordjupningar: published.filter(({ kind }) => kind === 'fordjupning'),
    completed,
    hasCourse,
    validity: new Map(
      published.flatMap(({ slug, kind }) => {
        const validity = kind === 'part' ? null : validityOf(record, slug, today);
        return validity ? [[slug, validity]] : [];
      }),
    ),
    next: nextStep(
      parts.map(({ slug }) => slug),
      isDone,
      (part) => completed.includes(part),
    ),
    refreshers: await listRefresherOffers(db, actor.personId, record, today),
    completions: completions.map((row) => ({
      ...row,
      title: row.title ?? titleOf(row.moduleSlug),
      lastDay: row.voidedReason === null ? lastDayOf(row, record) : null,
    })),
    certificateCode:
      completions.find((row) => row.certificateCode !== null && row.voidedReason === null)?.certificateCode ??
      null,
    attempts: published
      .map(({ slug, title }) => ({
        slug,
        title,
        attempts: attempts.filter((one) => one.moduleSlug === slug),
      }))
      .filter((module) => module.attempts.length > 0),
    looks,
    assessment,
  };
}

/** A person's completions, after each grundkurs among them that counts has its intyg. */
async function listOwnCompletions(personId: string) {
  const db = getDb();
  const completions = await listCompletionsOf(db, personId);
  const owed = completions.filter(
    (row) => row.moduleSlug === GRUNDKURS && row.voidedReason === null && row.certificateCode === null,
  );
  if (owed.length === 0) return completions;
  await issueCertificates(
    db,
    owed.map(({ id }) => id),
    now(),
  );
  return listCompletionsOf(db, personId);
}

function validityOf(record: TrainingRecord, slug: string, today: string): Validity | null {
  const standing = standingOf(record, slug);
  if (!standing) return null;
  const { expiresOn } = standing;
  return {
    lastDay: expiresOn && addDays(expiresOn, -1),
    isRenewable: renewalOf(record, slug, today) !== null,
    isOver: expiresOn !== null && expiresOn <= today,
  };
}

function lastDayOf(
  row: { moduleSlug: string; completedAt: Date; completedOn: string; version: number | null },
  record: TrainingRecord,
): string | null {
  const expiresOn = expiryOf(row, record.rules.get(row.moduleSlug));
  return expiresOn && addDays(expiresOn, -1);
}
