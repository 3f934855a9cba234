import type { APIRoute } from 'astro';
import { describeIndicatorFile } from '#src/features/indicator/indicator.schema.ts';

export const prerender = false;

export const GET: APIRoute = () =>
  new Response(JSON.stringify(describeIndicatorFile(), null, 2), {
    headers: { 'Content-Type': 'application/schema+json; charset=utf-8' },
  });
