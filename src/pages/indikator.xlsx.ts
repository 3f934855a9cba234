import type { APIRoute } from 'astro';
import { replyWithIndicator } from '#src/features/indicator/indicator-reply.server.ts';

export const prerender = false;

export const GET: APIRoute = (context) => replyWithIndicator(context, 'xlsx');
