/** Takes a text or a document the way an editor's or an import's would go, and tells what came of it. */
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { bodySchema } from '#src/features/documents/body.schema.ts';
import type { Body } from '#src/features/documents/body.ts';
import { lookUpFacts } from '#src/features/facts/facts-lookup.ts';
import { readBody } from '#src/features/documents/mdx-reader.ts';
import { writeBody } from '#src/features/documents/mdx-writer.ts';
import { draftPartSchema, finalPartSchema } from '#src/features/documents/part.schema.ts';
import { findForbidden } from './html.ts';
import { CANARY } from './payloads.ts';
import type { Renderer } from './renderer.ts';

export interface Verdict {
  outcome: 'refused' | 'shown';
  /** What must never be: something ran, something was thrown, or something forbidden was shown. */
  faults: string[];
  html: string;
}

/** Longer work than this for one document is a hang; what other programs do meanwhile does not count. */
const SLOWEST_MS = 10_000;

const meta = { title: 'x', minutes: 1, lead: 'x', sources: ['p1'] };
const section = 'avsnitt/x';
const facts = lookUpFacts({ laws: [], contacts: [], figures: [], sources: [], words: [] });

/** An MDX text: read, saved as a draft, shown. What is read must also come back from a written file. */
export async function judgeText(text: string, renderer: Renderer): Promise<Verdict> {
  return judge(async (faults) => {
    const read = readBody(`---\ntitle: x\n---\n\n${text}`, 'kurs/del-1/01-x.mdx');
    if (read.kind === 'refused') {
      if (read.problems.some(({ line, column, reason }) => !(line >= 1) || !(column >= 1) || !reason)) {
        faults.push('refused without a place or a reason');
      }
      return null;
    }
    const again = readBody(writeBody(read.body, {}), 'kurs/del-1/01-x.mdx');
    if (again.kind === 'refused' || !isDeepStrictEqual(again.body, read.body)) {
      faults.push(`does not come back: ${JSON.stringify(read.body).slice(0, 2_000)}`);
    }
    return show(read.body, renderer, faults);
  });
}

/** What the page says of itself, as YAML. */
export async function judgeFrontmatter(yaml: string, renderer: Renderer): Promise<Verdict> {
  return judge(async (faults) => {
    const read = readBody(`---\n${yaml}\n---\n\nText\n`, 'kurs/del-1/01-x.mdx');
    if (read.kind === 'refused') return null;
    const saved = draftPartSchema(section)!.safeParse({ meta: read.meta, body: read.body });
    return saved.success ? show(read.body, renderer, faults) : null;
  });
}

/** A body as JSON: saved as a draft, shown as a draft and, when it is whole, as it would be published. */
export async function judgeJson(json: string, renderer: Renderer): Promise<Verdict> {
  return judge(async (faults) => {
    let body: unknown;
    try {
      body = JSON.parse(json);
    } catch {
      return null;
    }
    const saved = draftPartSchema(section)!.safeParse({ meta, body });
    if (!saved.success) {
      if (finalPartSchema(section)!.safeParse({ meta, body }).success) faults.push('final, but no draft');
      return null;
    }
    return show((saved.data as { body: Body }).body, renderer, faults);
  });
}

/** Shows a body as it is saved; its final form, when it has one, must come back from a written file. */
async function show(body: Body, renderer: Renderer, faults: string[]): Promise<string> {
  const html = await renderer.render(body, facts);
  faults.push(...findForbidden(html));
  const final = bodySchema.safeParse(body);
  if (!final.success) return html;
  const read = readBody(writeBody(final.data, {}), 'kurs/del-1/01-x.mdx');
  if (read.kind === 'refused') {
    // A file has a size; a part of a draft is kept below it.
    if (JSON.stringify(final.data).length <= 100_000)
      faults.push(`is written but not read: ${read.problems[0]?.reason}`);
  } else if (!isDeepStrictEqual(read.body, final.data)) faults.push('does not come back from its file');
  return html;
}

async function judge(work: (faults: string[]) => Promise<string | null>): Promise<Verdict> {
  const faults: string[] = [];
  const start = process.cpuUsage();
  let html: string | null = null;
  try {
    html = await work(faults);
  } catch (error) {
    faults.push(`thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1_000;
  if (took > SLOWEST_MS) faults.push(`took ${Math.round(took)} ms`);
  faults.push(...whatRan());
  return { outcome: html === null ? 'refused' : 'shown', faults, html: html ?? '' };
}

/** The marks of payloads that ran: in the program, in its environment, on the disk. */
export function whatRan(): string[] {
  const ran: string[] = [];
  if (CANARY.global in globalThis) ran.push('ran: the global canary');
  if (CANARY.env in process.env) ran.push('ran: the canary in the environment');
  if (existsSync(CANARY.file)) ran.push('ran: the canary on the disk');
  if ('polluted' in {}) ran.push('ran: every object has something new');
  return ran;
}
