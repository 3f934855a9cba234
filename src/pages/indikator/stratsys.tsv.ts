import type { APIRoute } from 'astro';
import { replyWithStratsys } from '#src/features/annual-report/report-reply.server.ts';

export const prerender = false;

export const GET: APIRoute = (context) => replyWithStratsys(context);
