import { createHash } from 'node:crypto';
import type { AnnualReport } from './annual-report.ts';
import { writeReportPdf } from './report-pdf.ts';

/** Files kept: those of a few years and förvaltningar. */
const MOST_FILES = 20;

/** By what the report says, the longest unused first. */
const remembered = new Map<string, Promise<Buffer>>();
let latest: Promise<unknown> = Promise.resolve();

/**
 * The report as a PDF file. It is drawn once for the same figures, however many ask, and one at a time:
 * anyone may ask for it, and drawing is the most work that an address of ours gives.
 */
export async function getReportPdf(report: AnnualReport): Promise<Buffer> {
  const key = createHash('sha256').update(JSON.stringify(report)).digest('hex');
  const known = remembered.get(key);
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
  const file = latest.then(() => writeReportPdf(report));
  latest = file.catch(() => undefined);
  return file;
}
