import { readSessionCookie } from '#src/features/auth/session-cookie.ts';
import { findActor } from '#src/features/auth/session.server.ts';
import { canReadFordjupning } from '#src/features/completions/access.server.ts';
import { paths } from '#src/lib/paths.ts';
import type { Client } from './client.ts';
import { replyWithError } from './error-reply.ts';
import type { Release } from './release.ts';
import { redirect, type Reply } from './reply.ts';
import { encodePath, type RequestPath } from './request-path.ts';

/** The answer instead of a fördjupning's page when it is not for the one who asks; null when it is. */
export async function refuseFordjupning(
  slug: string,
  { path, search }: RequestPath,
  cookies: string | undefined,
  client: Client,
  release: Release,
): Promise<Reply | null> {
  const actor = await findActor(readSessionCookie(cookies, client.isSecure));
  if (!actor) return redirect(303, paths.signInThen(encodePath(path) + search), path);
  return (await canReadFordjupning(actor, slug)) ? null : replyWithError(release, 'fordjupning', path);
}

/** Whether the one who asks is signed in and may send what only editors send. */
export async function isEditor(cookies: string | undefined, client: Client): Promise<boolean> {
  const actor = await findActor(readSessionCookie(cookies, client.isSecure));
  return actor?.role === 'redaktor' || actor?.role === 'admin';
}
