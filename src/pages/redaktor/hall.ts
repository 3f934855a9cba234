import type { APIRoute } from 'astro';
import { answerHold } from '#src/features/editorial/save-request.server.ts';

export const prerender = false;

export const POST: APIRoute = ({ locals, request }) => answerHold(locals.actor, request);
