import type { APIRoute } from 'astro';
import { evaluationCsv, showEvaluation } from '#src/features/evaluation/evaluation.server.ts';

export const prerender = false;

export const GET: APIRoute = async ({ locals }) =>
  new Response(evaluationCsv(await showEvaluation(locals.actor)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': 'attachment; filename="utvardering.csv"',
    },
  });
