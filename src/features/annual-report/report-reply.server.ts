import type { APIContext } from 'astro';
import { annualReport } from '#src/i18n/annual-report.ts';
import { indicator } from '#src/i18n/indicator.ts';
import { paths } from '#src/lib/paths.ts';
import { loadAnnualReport, readYearFigures, type YearRefusal } from './annual-report.server.ts';
import { toReportCsv } from './report-csv.ts';
import { getReportPdf } from './remembered-pdf.server.ts';
import { REFUSAL_STATUS } from './report-status.ts';
import { MEASURES, toStratsys } from './stratsys.ts';

type Context = Pick<APIContext, 'url' | 'locals'>;
const PLAIN = 'text/plain; charset=utf-8';

/** The annual report as a PDF or CSV file, with `?enhet=`: the same figures, hidden the same way, whoever asks. */
export async function replyWithReport(
  { url, locals }: Context,
  yearText: string,
  format: 'pdf' | 'csv',
): Promise<Response> {
  const unitCode = url.searchParams.get('enhet') || undefined;
  const found = await loadAnnualReport(locals.actor, yearText, unitCode);
  if (found.kind === 'choose') {
    return new Response(null, { status: 303, headers: { Location: paths.annualReport(found.year) } });
  }
  if (found.kind !== 'ok') return format === 'csv' ? refuse(found, unitCode) : refuseBare(found);
  const { report } = found;
  const name = ['arsrapport', unitCode?.replace(/[^A-Za-z0-9-]/g, '_'), report.year]
    .filter(Boolean)
    .join('-');
  if (format === 'csv') {
    return toFile(toReportCsv(report), 'text/csv; charset=utf-8; header=present', `${name}.csv`);
  }
  const pdf = await getReportPdf(report);
  // Without words: the server answers with the page for that status, and when to come back.
  if (pdf === null) return new Response(null, { status: 503 });
  return toFile(new Uint8Array(pdf), 'application/pdf', `${name}.pdf`, 'inline');
}

/** The year's figures for Stratsys: `?ar=`, for one measure only `?matt=`, for a unit and those below it `?enhet=`. */
export async function replyWithStratsys({ url, locals }: Context): Promise<Response> {
  const asked = url.searchParams.get('matt') || undefined;
  const measures = asked === undefined ? MEASURES : MEASURES.filter((name) => name === asked);
  if (measures.length === 0) return toText(annualReport.stratsys.badMeasure, 400);
  const unitCode = url.searchParams.get('enhet') || undefined;
  const found = await readYearFigures(locals.actor, url.searchParams.get('ar') ?? '', unitCode);
  if (found.kind !== 'ok') return refuse(found, unitCode);
  const text = toStratsys(
    found.lines.map(({ row }) => row),
    found.year,
    measures,
  );
  const suffix = asked === undefined ? '' : `-${asked}`;
  return toFile(text, 'text/tab-separated-values; charset=utf-8', `stratsys-${found.year}${suffix}.txt`);
}

function refuse(refusal: YearRefusal, unitCode?: string): Response {
  const { stratsys } = annualReport;
  const reason =
    refusal.kind === 'unknown-unit'
      ? indicator.apiUnknownUnit(unitCode ?? '')
      : refusal.kind === 'no-figures'
        ? stratsys.noFigures(refusal.year)
        : annualReport.refusal[refusal.kind].title;
  return toText(reason, REFUSAL_STATUS[refusal.kind]);
}

/** Without words: the server answers with the page for that status. */
function refuseBare({ kind }: YearRefusal): Response {
  return new Response(null, { status: REFUSAL_STATUS[kind] });
}

function toText(reason: string, status: number): Response {
  return new Response(`${reason}\n`, { status, headers: { 'Content-Type': PLAIN } });
}

function toFile(
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  name: string,
  disposition: 'attachment' | 'inline' = 'attachment',
): Response {
  return new Response(body, {
    headers: { 'Content-Type': type, 'Content-Disposition': `${disposition}; filename="${name}"` },
  });
}
