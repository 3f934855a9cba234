import type { z } from 'zod';
import type { Database, Transaction } from '#db/client.ts';
import type { Publication } from '#db/queries/publications.ts';
import {
  findCurrentRelease,
  listReleaseModules,
  type Release,
  type ReleasedVersion,
} from '#db/queries/releases.ts';
import { findReview, listAuthors, lockDraftOf } from '#db/queries/reviews.ts';
import { factsSchema, moduleDocumentSchema } from '#src/features/documents/document.schema.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { publishing } from '#src/i18n/publishing-errors.ts';
import { AppError } from '#src/lib/errors.ts';
import { hashRelease, type ReleaseContent } from '#src/features/releases/release.ts';
import { readReleaseContent } from '#src/features/releases/release-content.server.ts';
import { SiteRefused } from '#src/features/releases/site-refused.ts';

/** What readers are to meet once a draft is published. */
export interface Plan {
  /** The release that it was made on. */
  base: Release;
  /** The versions in it. */
  members: ReleasedVersion[];
  /** What is published: a module; null: the facts. */
  document: ModuleDocument | null;
  facts: { contentHash: string; facts: Facts };
  content: ReleaseContent;
  /** Of the whole. */
  contentHash: string;
}

/**
 * Reads what was approved, checks that it still may be published and puts it into the current release.
 *
 * @throws SiteRefused when it may not; AppError `invariant-broken` when nothing has been released yet.
 */
export async function planPublication(db: Database, publication: Publication): Promise<Plan> {
  const { review } = await db.transaction((tx) => checkApproval(tx, publication));
  const base = await findCurrentRelease(db);
  if (!base) throw new AppError('invariant-broken', 'there is no release to publish into');
  const members = await listReleaseModules(db, base.id);
  const before = await readReleaseContent(
    db,
    members.filter(({ slug }) => slug !== publication.subject),
    base.factsVersionId,
  );
  const isFacts = publication.subject === FACTS;
  const document = isFacts ? null : parse(moduleDocumentSchema, review.document);
  const facts = isFacts ? parse(factsSchema, review.document) : before.facts;
  const hash = document ? hashDocument(document) : hashFacts(facts);
  if (hash !== review.documentHash) throw new SiteRefused(publishing.changedDocument);
  if (document && document.slug !== publication.subject) throw new SiteRefused(publishing.changedDocument);
  const modules = members
    .filter(({ slug, kind }) => kind !== 'course' && slug !== publication.subject)
    .map(({ slug, contentHash }) => ({ slug, contentHash }));
  const contentHash = hashRelease(
    document ? [...modules, { slug: document.slug, contentHash: hash }] : modules,
    hashFacts(facts),
  );
  if (contentHash === base.contentHash) throw new SiteRefused(publishing.unchanged);
  const documents = document ? [...before.documents, document] : before.documents;
  return {
    base,
    members,
    document,
    facts: { contentHash: hashFacts(facts), facts },
    content: { documents, facts },
    contentHash,
  };
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const [first] = error.issues;
  throw new SiteRefused(
    publishing.incomplete(`${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim()),
  );
}

/**
 * The approved review of a publication. Its draft is held until the transaction ends.
 *
 * @throws SiteRefused when the draft has been changed since, or one of its authors approved it.
 */
export async function checkApproval(tx: Transaction, { reviewId }: Publication) {
  const draft = await lockDraftOf(tx, reviewId);
  const review = await findReview(tx, reviewId);
  if (!draft || !review || draft.state !== 'approved' || review.decision !== 'approved') {
    throw new SiteRefused(publishing.notApproved);
  }
  const authors = await listAuthors(tx, draft.id);
  const isAuthor = authors.some(({ personId }) => personId !== null && personId === review.decidedBy);
  if (isAuthor || review.decidedBy === review.submittedBy) throw new SiteRefused(publishing.samePeople);
  return { draftId: draft.id, review };
}
