import { auth } from '#src/i18n/auth.ts';
import type { SignIn } from './sign-in.server.ts';

/** How a try that did not succeed is answered: the status, and the words beside the form. */
export interface SignInFailure {
  status: 401 | 429 | 503;
  error: string;
  /** Seconds after which another try makes sense. */
  retryAfter?: number;
}

/** The answer to a try to sign in that did not succeed. */
export function describeFailure(tried: Exclude<SignIn, { kind: 'ok' }>): SignInFailure {
  if (tried.kind === 'limited') {
    return { status: 429, error: auth.limited(tried.seconds), retryAfter: tried.seconds };
  }
  if (tried.kind === 'busy') return { status: 503, error: auth.busy, retryAfter: 30 };
  return { status: 401, error: auth[tried.kind] };
}
