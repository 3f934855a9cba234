import type { APIContext } from 'astro';
import { indicator, indicatorDefinition } from '#src/i18n/indicator.ts';
import { paths } from '#src/lib/paths.ts';
import { XLSX_TYPE } from '#src/lib/spreadsheet.ts';
import { getIndicator } from './indicator.server.ts';
import { toCsv, toJson, toSheet } from './indicator-files.ts';

type Context = Pick<APIContext, 'url' | 'locals'>;

const FORMATS = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    disposition: 'attachment',
    write: toCsv,
    refuse: (reason: string) => `${reason}\n`,
    refusalType: 'text/plain; charset=utf-8',
  },
  json: {
    type: 'application/json; charset=utf-8',
    disposition: 'inline',
    write: (...given: Parameters<typeof toJson>) => {
      const { datum, rows } = toJson(...given);
      return JSON.stringify({ datum, definition: indicatorDefinition, rows });
    },
    refuse: (reason: string) => JSON.stringify({ fel: reason }),
    refusalType: 'application/json; charset=utf-8',
  },
  xlsx: {
    type: XLSX_TYPE,
    disposition: 'attachment',
    write: toSheet,
    refuse: (reason: string) => `${reason}\n`,
    refusalType: 'text/plain; charset=utf-8',
  },
} as const;

/**
 * The indicator as a file (design section 4), with `?datum=` and `?enhet=`: the same rows, hidden the
 * same way, whoever asks. 400 for a day that cannot be shown, 404 for a unit that did not exist then.
 */
export async function replyWithIndicator(
  { url, locals }: Context,
  format: keyof typeof FORMATS,
): Promise<Response> {
  const { type, disposition, write, refuse, refusalType } = FORMATS[format];
  const unitCode = url.searchParams.get('enhet') || undefined;
  const found = await getIndicator(locals.actor, {
    asOf: url.searchParams.get('datum') || undefined,
    unitCode,
  });
  if (found.kind !== 'ok') {
    const isUnknown = found.kind === 'unknown-unit';
    const reason = isUnknown ? indicator.apiUnknownUnit(unitCode ?? '') : indicator.apiMalformed;
    return new Response(refuse(reason), {
      status: isUnknown ? 404 : 400,
      headers: { 'Content-Type': refusalType },
    });
  }
  const name = ['indikator', unitCode?.replace(/[^A-Za-z0-9-]/g, '_'), found.asOf].filter(Boolean).join('-');
  const written = await write(found.rows, found.asOf);
  return new Response(typeof written === 'string' ? written : new Uint8Array(written), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `${disposition}; filename="${name}.${format}"`,
      ...(format === 'json'
        ? { Link: `<${paths.indicatorSchema}>; rel="describedby"; type="application/schema+json"` }
        : {}),
    },
  });
}
