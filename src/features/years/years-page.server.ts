import type { Actor } from '#src/features/auth/auth.ts';
import { readFields } from '#src/lib/form.ts';
import { fixFormSchema } from './years.schema.ts';
import {
  fixYear,
  listYears,
  showYear,
  type Fixing,
  type YearDetail,
  type YearSummary,
} from './years.server.ts';

/** What came of a form that was sent. A fixed year is told after a redirect. */
export type YearsOutcome = { kind: Exclude<Fixing['kind'], 'fixed'>; year: number } | { kind: 'bad-year' };

export interface YearsPage {
  years: YearSummary[];
  /** The year that is open, fixed or not. */
  chosen: YearSummary | null;
  detail: YearDetail | null;
}

/**
 * What the page of fixed years shows; `?ar=` opens one of them.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function loadYearsPage(actor: Actor | null, search: URLSearchParams): Promise<YearsPage> {
  const years = await listYears(actor);
  const chosen = years.find(({ year }) => String(year) === search.get('ar')) ?? null;
  return { years, chosen, detail: chosen?.fixed ? await showYear(actor, chosen.year) : null };
}

/**
 * Fixes the year that the form names.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function submitYear(
  actor: Actor | null,
  request: Request,
): Promise<YearsOutcome | { kind: 'fixed'; year: number }> {
  const form = fixFormSchema.safeParse(await readFields(request));
  if (!form.success) return { kind: 'bad-year' };
  const { ar: year, skal: reason } = form.data;
  const { kind } = await fixYear(actor, { year, reason });
  return { kind, year };
}
