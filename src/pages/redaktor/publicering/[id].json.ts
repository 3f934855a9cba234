import type { APIRoute } from 'astro';
import { readProgress } from '#src/features/publishing/releases-page.server.ts';
import { readId } from '#src/features/publishing/review-request.server.ts';

export const prerender = false;

export const GET: APIRoute = async ({ locals, params }) => {
  const progress = await readProgress(locals.actor, readId(params['id']));
  return progress ? Response.json(progress) : Response.json({}, { status: 404 });
};
