import type { ReportResult } from './annual-report.server.ts';

/** What a report that cannot be shown is answered with. */
export const REFUSAL_STATUS = {
  choose: 200,
  'bad-year': 400,
  'future-year': 400,
  'no-figures': 404,
  'unknown-unit': 404,
} as const satisfies Record<Exclude<ReportResult['kind'], 'ok'>, number>;
