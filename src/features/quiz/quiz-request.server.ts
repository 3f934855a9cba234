import { randomUUID } from 'node:crypto';
import type { APIContext } from 'astro';
import { countAttempts } from '#db/queries/attempts.ts';
import { readSessionCookie } from '#src/features/auth/session-cookie.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { paths, quizPath, quizResultPath } from '#src/lib/paths.ts';
import { clearPendingCookie, readPendingCookie, writePendingCookie } from './pending-cookie.ts';
import { dropKeptAnswers, findKeptAnswers } from './pending.server.ts';
import { findPublishedQuiz, mayAnswer, type PublishedQuiz } from './published-quiz.server.ts';
import { START_OVER } from './quiz-form.ts';
import { submitQuiz } from './quiz.server.ts';
import type { Answers } from './quiz.ts';
import { nextSubmissionId } from './submission-id.ts';

type Context = Pick<APIContext, 'request' | 'cookies' | 'locals' | 'redirect' | 'url'>;

/** The form as it is to be shown, answers and what is missing filled in. */
export interface QuizForm extends PublishedQuiz {
  submissionId: string;
  answers: Answers;
  missing: number[];
  /** `waiting`: for someone not signed in; `kept`: filled in after signing in. */
  pending: 'none' | 'waiting' | 'kept';
}

/** What a knowledge check page shows, with its HTTP status. */
export type QuizPageView =
  | { kind: 'form'; status: 200 | 422; form: QuizForm }
  | { kind: 'invalid'; status: 400 }
  | { kind: 'already-graded'; status: 409; submissionId: string; isOwn: boolean }
  | { kind: 'sign-in-first'; status: 429 }
  | { kind: 'locked'; status: 403 };

/** Answers a request for a module's knowledge check: the page to show, or a redirect. Throws `not-found`. */
export async function handleQuizRequest(context: Context, slug: string): Promise<QuizPageView | Response> {
  return context.request.method === 'POST' ? handlePost(context, slug) : showForm(context, slug);
}

async function showForm(context: Context, slug: string): Promise<QuizPageView | Response> {
  const { actor } = context.locals;
  if (!(await findPublishedQuiz(slug, null))) throw notFound(slug);
  if (!(await mayAnswer(actor, slug))) {
    return actor ? { kind: 'locked', status: 403 } : signInFirst(context, slug);
  }
  const token = readPendingCookie(context.cookies, context.locals.call.isSecure);
  const kept = context.url.searchParams.has(START_OVER) ? null : await findKeptAnswers(token, slug);
  const isFilledIn = kept !== null && actor !== null;
  const published = await findPublishedQuiz(slug, isFilledIn ? kept.versionId : null);
  if (!published) throw notFound(slug);
  const form = {
    ...published,
    submissionId: isFilledIn ? kept.submissionId : await newSubmissionId(context, published.version.id),
    answers: isFilledIn ? kept.answers : {},
    missing: [],
    pending: kept ? (isFilledIn ? 'kept' : 'waiting') : 'none',
  } as const satisfies QuizForm;
  return { kind: 'form', status: 200, form };
}

async function newSubmissionId(context: Context, moduleVersionId: number): Promise<string> {
  const { actor } = context.locals;
  const token = readSessionCookie(context.request.headers.get('cookie'), context.locals.call.isSecure);
  if (!actor || !token) return randomUUID();
  return nextSubmissionId(
    token,
    moduleVersionId,
    await countAttempts(getDb(), actor.personId, moduleVersionId),
  );
}

async function handlePost(context: Context, slug: string): Promise<QuizPageView | Response> {
  const { cookies } = context;
  const token = readPendingCookie(cookies, context.locals.call.isSecure);
  const sent = await readForm(context.request);
  if (!sent) return { kind: 'invalid', status: 400 };
  const outcome = await submitQuiz(context.locals.actor, slug, sent, context.locals.call.clientAddress);
  switch (outcome.kind) {
    case 'recorded':
      if (token) {
        await dropKeptAnswers(token, slug);
        clearPendingCookie(cookies, context.locals.call.isSecure);
      }
      return context.redirect(quizResultPath(slug, outcome.submissionId), 303);
    case 'kept':
      await dropKeptAnswers(token, slug);
      writePendingCookie(cookies, context.locals.call.isSecure, outcome.token);
      return signInFirst(context, slug);
    case 'sign-in-first':
      return { kind: 'sign-in-first', status: 429 };
    case 'incomplete':
      return { kind: 'form', status: 422, form: { ...outcome, pending: 'none' } };
    case 'already-graded':
      return { ...outcome, status: 409 };
    case 'invalid':
      return { kind: 'invalid', status: 400 };
    case 'not-entitled':
      return { kind: 'locked', status: 403 };
    case 'unknown-module':
      throw notFound(slug);
  }
}

/** The posted form, or null when the body is something else. */
async function readForm(request: Request): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch {
    return null;
  }
}

function signInFirst(context: Context, slug: string): Response {
  return context.redirect(paths.signInThen(quizPath(slug)), 303);
}

function notFound(slug: string): AppError {
  return new AppError('not-found', `no knowledge check for ${slug}`);
}
