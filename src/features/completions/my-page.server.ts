import { listAttemptsOf } from '#db/queries/attempts.ts';
import { listCompletionsOf } from '#db/queries/completions.ts';
import { listLooksAt } from '#db/queries/looks.ts';
import { listModules } from '#db/queries/modules.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { GRUNDKURS } from '#src/features/courses/courses.ts';
import { getDb } from '#src/lib/database.ts';
import { nextStep, type NextStep } from './completions.ts';

const LATEST_LOOKS = 50;
const LATEST_ATTEMPTS = 200;

export interface PublishedModule {
  slug: string;
  title: string;
}

type OwnCompletion = Awaited<ReturnType<typeof listCompletionsOf>>[number] & { title: string };
type OwnAttempt = Awaited<ReturnType<typeof listAttemptsOf>>[number];

/** Everything a person sees of herself on /min-sida. */
export interface MyPage {
  parts: PublishedModule[];
  fordjupningar: PublishedModule[];
  /** Slugs of modules with a completion that counts. */
  completed: string[];
  hasCourse: boolean;
  next: NextStep;
  completions: OwnCompletion[];
  /** Code of the newest intyg that counts, or null. */
  certificateCode: string | null;
  /** Submissions by module, in course order; within a module latest first. */
  attempts: { slug: string; title: string; attempts: OwnAttempt[] }[];
  looks: Awaited<ReturnType<typeof listLooksAt>>;
}

/** Reads a person's own page: only ever for the person herself. */
export async function loadMyPage(actor: Actor): Promise<MyPage> {
  const db = getDb();
  const [modules, completions, attempts, looks] = await Promise.all([
    listModules(db),
    listCompletionsOf(db, actor.personId),
    listAttemptsOf(db, actor.personId, LATEST_ATTEMPTS),
    listLooksAt(db, actor.personId, LATEST_LOOKS),
  ]);
  const published = modules.flatMap(({ module, version }) =>
    version ? [{ slug: module.slug, kind: module.kind, title: version.title }] : [],
  );
  const titleOf = (slug: string) => published.find((module) => module.slug === slug)?.title ?? slug;
  const parts = published.filter(({ kind }) => kind === 'part');
  const valid = completions.filter((row) => row.voidedReason === null);
  const completed = [...new Set(valid.map((row) => row.moduleSlug))];
  const hasCourse = completed.includes(GRUNDKURS);
  return {
    parts,
    fordjupningar: published.filter(({ kind }) => kind === 'fordjupning'),
    completed,
    hasCourse,
    next: nextStep(
      parts.map(({ slug }) => slug),
      hasCourse,
      (part) => completed.includes(part),
    ),
    completions: completions.map((row) => ({ ...row, title: row.title ?? titleOf(row.moduleSlug) })),
    certificateCode: valid.find((row) => row.certificateCode !== null)?.certificateCode ?? null,
    attempts: published
      .map(({ slug, title }) => ({
        slug,
        title,
        attempts: attempts.filter((one) => one.moduleSlug === slug),
      }))
      .filter((module) => module.attempts.length > 0),
    looks,
  };
}
