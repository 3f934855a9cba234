import type { APIRoute } from 'astro';
import { isDatabaseAnswering } from '#src/lib/health.ts';

export const prerender = false;

/** Whether this node can do its work: for load balancers and monitoring. Tells nothing else. */
export const GET: APIRoute = async () => {
  const answering = await isDatabaseAnswering();
  return Response.json(
    answering ? { status: 'ok', database: 'ok' } : { status: 'error', database: 'unavailable' },
    { status: answering ? 200 : 503 },
  );
};
