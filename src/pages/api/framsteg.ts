import type { APIRoute } from 'astro';
import { findProgress } from '#src/features/completions/progress.server.ts';

export const prerender = false;

export const GET: APIRoute = async ({ locals }) => Response.json(await findProgress(locals.actor));
