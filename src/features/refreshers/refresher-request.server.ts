import { randomUUID } from 'node:crypto';
import type { APIContext } from 'astro';
import { countAttempts } from '#db/queries/attempts.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { requireActor, type Actor } from '#src/features/auth/auth.ts';
import { readSessionCookie } from '#src/features/auth/session-cookie.ts';
import { readTrainingRecord } from '#src/features/completions/training-record.server.ts';
import {
  clearPendingCookie,
  readPendingCookie,
  writePendingCookie,
} from '#src/features/quiz/pending-cookie.ts';
import { dropKeptAnswers, findKeptAnswers } from '#src/features/quiz/pending.server.ts';
import { mayAnswer } from '#src/features/quiz/published-quiz.server.ts';
import { START_OVER } from '#src/features/quiz/quiz-form.ts';
import { readAnswers, type Answers } from '#src/features/quiz/quiz.ts';
import { nextSubmissionId } from '#src/features/quiz/submission-id.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { paths, refresherResultPath } from '#src/lib/paths.ts';
import { listRefresherOffers, type Refresher, type RefresherOffer } from './refreshers.server.ts';
import { keptUnder, submitRefresher } from './submit-refresher.server.ts';

type Context = Pick<APIContext, 'request' | 'cookies' | 'locals' | 'redirect' | 'url'>;

/** The refresher as it is to be shown, with its form: answers and what is missing filled in. */
export interface RefresherForm {
  refresher: Refresher;
  submissionId: string;
  answers: Answers;
  missing: number[];
  /** Answers that waited while she signed in are filled in. */
  isKept: boolean;
}

/** What /repetition/[modul] shows, with its HTTP status. */
export type RefresherView =
  | { kind: 'form'; status: 200 | 422; form: RefresherForm; offer: RefresherOffer | null }
  /** What is new to her is not known: she takes the whole module. */
  | { kind: 'whole'; status: 200; offer: RefresherOffer }
  | { kind: 'none'; status: 200; title: string }
  | { kind: 'invalid'; status: 400 }
  | { kind: 'already-graded'; status: 409; submissionId: string; isOwn: boolean }
  | { kind: 'sign-in-first'; status: 429 }
  | { kind: 'locked'; status: 403 };

/**
 * Answers a request for a module's refresher: the page to show, or a redirect.
 *
 * @throws AppError `not-signed-in` when the page is asked for; `not-found` for what is no module.
 */
export async function handleRefresherRequest(
  context: Context,
  slug: string,
): Promise<RefresherView | Response> {
  return context.request.method === 'POST' ? handlePost(context, slug) : showForm(context, slug);
}

async function showForm(context: Context, slug: string): Promise<RefresherView> {
  const actor = requireActor(context.locals.actor);
  const version = await findCurrentVersion(getDb(), slug);
  if (version?.quiz == null) throw new AppError('not-found', `no module ${slug} to refresh`);
  if (!(await mayAnswer(actor, slug))) return { kind: 'locked', status: 403 };
  const offer = await findOffer(actor, slug);
  if (!offer) return { kind: 'none', status: 200, title: version.title };
  const { refresher } = offer;
  if (!refresher) return { kind: 'whole', status: 200, offer };
  const token = readPendingCookie(context.cookies, context.locals.call.isSecure);
  const isNew = context.url.searchParams.has(START_OVER);
  const kept = isNew ? null : await findKeptAnswers(token, keptUnder(slug));
  const isKept = kept !== null && kept.versionId === refresher.version.id;
  const form = {
    refresher,
    submissionId: isKept ? kept.submissionId : await newSubmissionId(context, actor, refresher),
    answers: isKept ? readAnswers(refresher.quiz, { getAll: (id) => kept.answers[id] ?? [] }) : {},
    missing: [],
    isKept,
  };
  return { kind: 'form', status: 200, form, offer };
}

async function handlePost(context: Context, slug: string): Promise<RefresherView | Response> {
  const { actor, call } = context.locals;
  const token = readPendingCookie(context.cookies, call.isSecure);
  const sent = await context.request.formData().catch(() => null);
  if (!sent) return { kind: 'invalid', status: 400 };
  const outcome = await submitRefresher(actor, slug, sent, call.clientAddress);
  switch (outcome.kind) {
    case 'recorded':
      if (token) {
        await dropKeptAnswers(token, keptUnder(slug));
        clearPendingCookie(context.cookies, call.isSecure);
      }
      return context.redirect(refresherResultPath(slug, outcome.submissionId), 303);
    case 'kept':
      writePendingCookie(context.cookies, call.isSecure, outcome.token);
      return context.redirect(paths.signInThen(paths.refresher(slug)), 303);
    case 'incomplete':
      return { kind: 'form', status: 422, form: { ...outcome, isKept: false }, offer: null };
    case 'already-graded':
      return { ...outcome, status: 409 };
    case 'sign-in-first':
      return { kind: 'sign-in-first', status: 429 };
    case 'invalid':
      return { kind: 'invalid', status: 400 };
    case 'not-entitled':
      return { kind: 'locked', status: 403 };
  }
}

async function findOffer({ personId }: Actor, slug: string): Promise<RefresherOffer | null> {
  const today = stockholmToday();
  const record = await readTrainingRecord(getDb(), personId, today);
  const offers = await listRefresherOffers(getDb(), personId, record, today);
  return offers.find((offer) => offer.slug === slug) ?? null;
}

/** Another id than that of the module's knowledge check, which may be open in another tab. */
async function newSubmissionId(
  { request, locals }: Context,
  { personId }: Actor,
  { version }: Refresher,
): Promise<string> {
  const token = readSessionCookie(request.headers.get('cookie'), locals.call.isSecure);
  if (!token) return randomUUID();
  return nextSubmissionId(
    `${token} repetition`,
    version.id,
    await countAttempts(getDb(), personId, version.id),
  );
}
