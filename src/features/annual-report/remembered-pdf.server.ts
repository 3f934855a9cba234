import { createHash } from 'node:crypto';
import type { AnnualReport } from './annual-report.ts';
import { writeReportPdf } from './report-pdf.ts';

/** Files kept: those of a few years and förvaltningar. */
const MOST_FILES = 20;
/** Files that may wait to be drawn: a second or so each, which nobody who comes later should wait out. */
const MOST_WAITING = 10;

/** By what the report says, the longest unused first. */
const remembered = new Map<string, Promise<Buffer>>();
let latest: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * The report as a PDF file. It is drawn once for the same figures, however many ask, and one at a time:
 * anyone may ask for it, and drawing is the most work that an address of ours gives. Null: so many others
 * wait already that it has to be asked for again later.
 */
export async function getReportPdf(report: AnnualReport): Promise<Buffer | null> {
  const key = createHash('sha256').update(JSON.stringify(report)).digest('hex');
  const known = remembered.get(key);
  if (!known && waiting >= MOST_WAITING) return null;
  if (known) remembered.delete(key);
  const file = known ?? drawNext(report);
  remembered.set(key, file);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_FILES) break;
    remembered.delete(oldest);
  }
  try {
    return await file;
  } catch (error) {
    remembered.delete(key);
    throw error;
  }
}

function drawNext(report: AnnualReport): Promise<Buffer> {
  waiting += 1;
  const file = latest.then(() => writeReportPdf(report)).finally(() => (waiting -= 1));
  latest = file.catch(() => undefined);
  return file;
}
