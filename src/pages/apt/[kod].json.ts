import type { APIRoute } from 'astro';
import { readMeetingState } from '#src/features/meetings/meetings.server.ts';

export const prerender = false;

export const GET: APIRoute = async ({ locals, params }) => {
  const state = await readMeetingState(locals.actor, params['kod'] ?? '');
  return state ? Response.json(state) : Response.json({}, { status: 404 });
};
