import type { APIContext } from 'astro';
import { XLSX_TYPE } from '#src/lib/spreadsheet.ts';
import { parseListChoice } from './manager.ts';
import { takeStaffFile } from './manager.server.ts';
import { toStaffCsv, toStaffXlsx } from './staff-files.ts';

const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: toStaffCsv },
  xlsx: { type: XLSX_TYPE, write: toStaffXlsx },
} as const;

/**
 * The manager's list as a file, with the same choices in the address as the page. The name of the file
 * says neither topic nor unit.
 *
 * @throws AppError as `takeStaffFile`.
 */
export async function replyWithStaff(
  { url, locals }: Pick<APIContext, 'url' | 'locals'>,
  format: keyof typeof FORMATS,
): Promise<Response> {
  const { type, write } = FORMATS[format];
  const list = await takeStaffFile(locals.actor, parseListChoice(url.searchParams));
  return new Response(toBody(await write(list)), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="medarbetare-${list.day}.${format}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}

function toBody(file: string | Buffer): BodyInit {
  return typeof file === 'string' ? file : new Uint8Array(file);
}
