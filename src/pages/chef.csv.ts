import type { APIRoute } from 'astro';
import { replyWithStaff } from '#src/features/manager/staff-reply.server.ts';

export const prerender = false;

export const GET: APIRoute = (context) => replyWithStaff(context, 'csv');
