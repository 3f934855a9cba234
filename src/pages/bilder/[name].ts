import type { APIRoute } from 'astro';
import { readPicture } from '#src/features/pictures/pictures.server.ts';

export const prerender = false;

/** A picture that is not on a published page: in a draft, or in an earlier version. */
export const GET: APIRoute = async ({ params, locals }) => {
  const bytes = await readPicture(locals.actor, params['name'] ?? '');
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/webp' } });
};
