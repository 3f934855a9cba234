import { defineMiddleware } from 'astro/middleware';
import { readSessionCookie } from '#src/features/auth/session-cookie.ts';
import { findActor } from '#src/features/auth/session.server.ts';
import type { Call } from '#src/lib/call.ts';
import { errors } from '#src/i18n/errors.ts';
import { AppError } from '#src/lib/errors.ts';
import { failurePage } from '#src/lib/failure.ts';
import { paths } from '#src/lib/paths.ts';

/** Who asks, for every page rendered on demand; and what could not be done, as a status. */
export const onRequest = defineMiddleware(async (context, next) => {
  if (context.isPrerendered) return next();
  const isUnderOurServer = 'call' in context.locals;
  context.locals.call ??= {
    clientAddress: context.clientAddress,
    isSecure: context.url.protocol === 'https:',
  };
  const { call } = context.locals;
  call.route = context.routePattern;
  context.locals.actor = null;
  try {
    const token = readSessionCookie(context.request.headers.get('cookie'), call.isSecure);
    context.locals.actor = await findActor(token);
    return ownErrorPage(await rewritten(await next(), call.rewrite));
  } catch (error) {
    if (isRefused(error) && !context.locals.actor) {
      const isPost = context.request.method === 'POST';
      const target = isPost ? paths.myPage : context.url.pathname + context.url.search;
      return context.redirect(paths.signInThen(target), 303);
    }
    const { status, title } = errors[failurePage(error)];
    // Astro's dev server shows the error itself.
    if (!isUnderOurServer && status >= 500) throw error;
    call.error = error;
    return new Response(isUnderOurServer ? '' : title, { status });
  }
});

/** The page as it asked to be changed, once it is whole. */
async function rewritten(response: Response, rewrite: Call['rewrite']): Promise<Response> {
  if (!rewrite || response.status !== 200) return response;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(rewrite(await response.text()), { status: response.status, headers });
}

/** What a refusal means to somebody who is not signed in: sign in and try again. */
function isRefused(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'not-signed-in' || error.code === 'not-allowed');
}

/**
 * Astro fills a 404 or 500 without a body with a page of its own choice; ours come from the server, so
 * that all errors look alike. An empty text is not "without a body".
 */
function ownErrorPage(response: Response): Response {
  if (response.body !== null || response.status < 400) return response;
  return new Response('', { status: response.status, headers: response.headers });
}
