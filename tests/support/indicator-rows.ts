import { expect, type APIRequestContext } from '@playwright/test';
import type { IndicatorJsonRow } from '#src/features/indicator/indicator.schema.ts';

/** The indicator as other programs get it, with a query such as `datum=2025-12-31`. */
export async function readIndicatorRows(request: APIRequestContext, query = ''): Promise<IndicatorJsonRow[]> {
  const response = await request.get(`/indikator.json?${query}`);
  expect(response.status()).toBe(200);
  return ((await response.json()) as { rows: IndicatorJsonRow[] }).rows;
}
