import type { Executor } from '#db/client.ts';
import { listParts } from '#db/queries/draft-parts.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import {
  findLatestPublicationOf,
  findOpenPublication,
  findPublicationListed,
  type ListedPublication,
} from '#db/queries/publications.ts';
import {
  findOpenDraftOf,
  findStandingReview,
  listAuthors,
  listReviews,
  type Contributor,
  type Draft,
  type ListedReview,
} from '#db/queries/reviews.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { factParts, partsOf, type DraftPart } from '#src/features/documents/parts.ts';
import { findCurrentFacts } from '#src/features/editorial/drafts.server.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import type { Finding } from '#src/features/gate/findings.ts';
import { reviewWords as words } from '#src/i18n/reviews.ts';
import { getDb } from '#src/lib/database.ts';
import { compareParts, MOST_LINES, type PartChange } from './document-changes.ts';
import { readSnapshot, titleOf } from './draft-snapshot.server.ts';
import { canRequire, findReady, type PublicationObstacle } from './publication.server.ts';
import { nameOfPart } from './reading-lines.ts';
import { obstacleToDecide, type DecisionObstacle } from './review.ts';

/** A draft on its way from writing to publication, as one editor sees it. */
export interface ReviewPage {
  kind: 'draft';
  subject: string;
  title: string;
  state: Draft['state'];
  /** Null: the subject has not been published. */
  changes: PartChange[] | null;
  /** Changed lines that are left out. */
  moreLines: number;
  /** What the parts are called, by their names in the draft. */
  partNames: Record<string, string>;
  /** Those who have written in it, as the one who looks may see them. */
  authors: string[];
  reviews: NamedReview[];
  /** The one that waits or has been approved, while the draft is what was handed in. */
  standing: (NamedReview & { findings: Finding[] }) | null;
  /** Why the one who looks may not decide; null: she may, or there is nothing to decide. */
  decisionObstacle: DecisionObstacle | null;
  publishObstacle: PublicationObstacle | null;
  canRequire: boolean;
  /** The publication that waits or is being built, or else the last one, when it failed. */
  publication: ListedPublication | null;
}

export type NamedReview = Omit<ListedReview, 'submitter' | 'decider'> & {
  submitter: string;
  decider: string;
};

/** Nobody is writing in it. */
export interface NoReview {
  kind: 'none';
  subject: string;
}

/**
 * What there is to review and publish of a module or of the facts, and what the one who looks may do.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function showReview(actor: Actor | null, subject: string): Promise<ReviewPage | NoReview> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction((tx) => describe(tx, personId, subject), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

async function describe(db: Executor, me: string, subject: string): Promise<ReviewPage | NoReview> {
  const draft = await findOpenDraftOf(db, subject);
  if (!draft) return { kind: 'none', subject };
  const snapshot = await readSnapshot(db, draft);
  const named = (one: Contributor) => nameFor(one, me);
  const authors = await listAuthors(db, draft.id);
  const reviews = (await listReviews(db, draft.id)).map((one) => ({
    ...one,
    submitter: named(one.submitter),
    decider: named(one.decider),
  }));
  const isHandedIn = draft.state === 'review' || draft.state === 'approved';
  const review = isHandedIn ? await findStandingReview(db, draft.id) : null;
  const row = review && reviews.find(({ id }) => id === review.id);
  const writers = authors.map(({ personId }) => personId);
  const ready = await findReady(db, draft);
  const published = await publishedParts(db, subject);
  const parts = await listParts(db, draft.id);
  const changes = published && compareParts(published, parts);
  const shown = changes && limitLines(changes);
  return {
    kind: 'draft',
    subject,
    title: titleOf(snapshot, words.factsTitle),
    state: draft.state,
    changes: shown?.changes ?? null,
    moreLines: shown?.more ?? 0,
    partNames: Object.fromEntries(parts.map(({ part, content }) => [part, nameOfPart(part, content)])),
    authors: authors.map(named),
    reviews,
    standing: review && row ? { ...row, findings: review.findings as Finding[] } : null,
    decisionObstacle: review && obstacleToDecide(me, { submittedBy: review.submittedBy, authors: writers }),
    publishObstacle: ready.kind === 'ready' ? null : ready.obstacle,
    canRequire: await canRequire(db, subject),
    publication: await publicationOf(db, subject, review?.id ?? null),
  };
}

async function publicationOf(
  db: Executor,
  subject: string,
  reviewId: number | null,
): Promise<ListedPublication | null> {
  const open = await findOpenPublication(db, subject);
  const last = open ?? (reviewId === null ? null : await findLatestPublicationOf(db, reviewId));
  if (!last || (last.state !== 'failed' && last !== open)) return null;
  return findPublicationListed(db, last.id);
}

/** What readers meet now, as parts; null when it has not been published. */
async function publishedParts(db: Executor, subject: string): Promise<DraftPart[] | null> {
  if (subject === FACTS) {
    const version = await findCurrentFacts(db);
    return version && factParts(version.facts as Facts);
  }
  const document = (await findCurrentVersion(db, subject))?.document;
  return document ? partsOf(document as ModuleDocument) : null;
}

function limitLines(changes: PartChange[]): { changes: PartChange[]; more: number } {
  let left = MOST_LINES;
  let more = 0;
  const shown = changes.map((change) => {
    const lines = change.lines.slice(0, left);
    left -= lines.length;
    more += change.lines.length - lines.length;
    return { ...change, lines };
  });
  return { changes: shown, more };
}

/** What a person is called to another: nobody with protected identity by name. */
function nameFor({ personId, name }: Contributor, me: string): string {
  if (personId === null) return words.commandLine;
  return personId === me ? words.you : (name ?? words.someone);
}
