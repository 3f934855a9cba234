import type { APIRoute } from 'astro';
import { replyWithReport } from '#src/features/annual-report/report-reply.server.ts';

export const prerender = false;

export const GET: APIRoute = (context) => replyWithReport(context, context.params.year ?? '', 'csv');
