import type { IncomingMessage } from 'node:http';
import type { Call } from '#src/lib/call.ts';
import { failurePage } from '#src/lib/failure.ts';
import { paths } from '#src/lib/paths.ts';
import { bodyLimit, readBody } from './body.ts';
import type { Client } from './client.ts';
import { errorPageFor, replyWithError } from './error-reply.ts';
import { isEditor, refuseFordjupning } from './guard.ts';
import { isFromOurPages } from './origin-check.ts';
import { renderPage, type AstroHandler } from '#src/lib/render-page.ts';
import type { Release } from './release.ts';
import { replyWithInfo, type ReleaseInfo } from './release-info.ts';
import { redirect, type Reply } from './reply.ts';
import { encodePath, readRequestPath, type RequestPath } from './request-path.ts';
import { replyWithFile } from './static-reply.ts';

export interface Site {
  release: Release;
  /** Which release it is. */
  info: ReleaseInfo;
  astro: AstroHandler;
}

/** Answers one request, from one release whole. Never throws: what nobody foresaw becomes the page that says so. */
export async function answer(site: Site, req: IncomingMessage, client: Client): Promise<Reply> {
  const { release } = site;
  const requested = readRequestPath(req.url);
  try {
    if (!requested) return replyWithError(release, 'felaktig-adress');
    return await answerPath(site, req, client, requested);
  } catch (error) {
    const route = requested && release.files.has(requested.path) ? requested.path : null;
    return { ...replyWithError(release, failurePage(error), route), error };
  }
}

async function answerPath(
  site: Site,
  req: IncomingMessage,
  client: Client,
  requested: RequestPath,
): Promise<Reply> {
  const { release } = site;
  const { path, search } = requested;
  const method = req.method ?? 'GET';
  const isReading = method === 'GET' || method === 'HEAD';
  // Load balancers ask by address.
  if (client.origin === null && path !== paths.health) return replyWithError(release, 'annan-adress');
  if (!isReading && method !== 'POST') return replyWithError(release, 'fel-satt');
  if (!isReading && (client.origin === null || !isFromOurPages(method, req.headers, client.origin))) {
    return replyWithError(release, 'annan-webbplats');
  }

  if (path === paths.release) {
    return isReading ? replyWithInfo(site.info) : replyWithError(release, 'fel-satt', path);
  }
  const file = release.files.get(path);
  if (file && !isReading) return replyWithError(release, 'fel-satt', path);
  if (file) {
    const refusal =
      file.fordjupning &&
      (await refuseFordjupning(file.fordjupning, requested, req.headers.cookie, client, release));
    return refusal || replyWithFile(file, path, req.headers);
  }
  if (isReading && release.files.has(`${path}/`)) {
    return redirect(301, `${encodePath(path)}/${search}`, path);
  }
  return answerOnDemand(site, req, client, requested);
}

async function answerOnDemand(
  { release, astro }: Site,
  req: IncomingMessage,
  client: Client,
  { path, search }: RequestPath,
): Promise<Reply> {
  const isPost = req.method === 'POST';
  const limit = isPost ? await bodyLimit(path, () => isEditor(req.headers.cookie, client)) : 0;
  const body = isPost ? await readBody(req, limit) : Buffer.alloc(0);
  if (!body) {
    const reply = replyWithError(release, 'for-stort');
    return { ...reply, headers: { ...reply.headers, connection: 'close' } };
  }
  // One spelling of every address, also for Astro.
  req.url = encodePath(path) + search;
  const call: Call = { clientAddress: client.address, isSecure: client.isSecure };
  const page = await renderPage(astro, req, body, { call });
  if (!page) return replyWithError(release, 'finns-inte');
  const route = call.route ?? null;
  const failed = call.error === undefined ? {} : { error: call.error };
  // A page may say itself what went wrong; what comes without words, or from the adapter, gets ours.
  const hasWords = page.body.length > 0 && page.headers['content-type'] !== undefined;
  if (page.status >= 400 && !hasWords) {
    const name = call.error === undefined ? errorPageFor(page.status) : failurePage(call.error);
    return { ...replyWithError(release, name, route), ...failed };
  }
  const { 'content-security-policy': policy, ...headers } = page.headers;
  if (headers['content-type'] === 'text/html') headers['content-type'] = 'text/html; charset=utf-8';
  return {
    status: page.status,
    headers: { ...headers, 'cache-control': 'no-store' },
    body: page.body,
    route,
    ...(policy === undefined ? {} : { policy: String(policy) }),
    sandbox: call.sandbox,
    isPublicFile: call.isPublicFile,
    ...failed,
  };
}
