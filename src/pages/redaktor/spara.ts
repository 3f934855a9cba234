import type { APIRoute } from 'astro';
import { answerSave } from '#src/features/editorial/save-request.server.ts';

export const prerender = false;

export const POST: APIRoute = ({ locals, request }) => answerSave(locals.actor, request);
