import { listModules } from '#db/queries/modules.ts';
import { findPictureNames } from '#db/queries/pictures.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { factsSchema, moduleDocumentSchema } from '#src/features/documents/document.schema.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';
import { findCurrentFacts, readDraft } from '#src/features/editorial/drafts.server.ts';
import { gateWords } from '#src/i18n/gate.ts';
import { now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { createQueue } from '#src/lib/queue.ts';
import { NO_FACTS } from './context.ts';
import { NOT_CHECKED, type Finding, type GateReport } from './findings.ts';
import { PAGES_ENTRY, runGateProcess, type GateLimits } from './gate-process.server.ts';
import type { GateJob, GateOutcome } from './job.ts';
import { picturesOf } from './nodes.ts';
import { linksTo, siteLinks } from './site-links.ts';
import { sitePages } from './site-pages.ts';

/** A check costs a process of its own and half a gigabyte: two at once, and few behind them. */
const inTurn = createQueue(2, 8);

/**
 * Checks a draft as it is now: all its rules, and axe on its rendered pages. Null when there is no open draft
 * with this id. A check that cannot be made is an error in the report, so that nobody passes by it.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function runGate(
  actor: Actor | null,
  draftId: number,
  limits?: GateLimits,
): Promise<GateReport | null> {
  requireRole(actor, 'redaktor', 'admin');
  const read = await readDraft(getDb(), draftId);
  if (!read || read.draft.closedAt) return null;
  const checkedAt = now();
  const { document: module, facts } = read;
  // Checked as it is written, so that blocks are counted as the editor counts them; known by the hash of the
  // form in which a complete one is handed in and published.
  const documentHash = module
    ? hashDocument(moduleDocumentSchema.safeParse(module).data ?? module)
    : hashFacts(factsSchema.safeParse(facts).data ?? facts!);
  const job = module ? await moduleJob(module) : await factsJob(facts!);
  const outcome = await inTurn(() => runGateProcess(job, limits));
  const findings =
    outcome?.kind === 'checked' ? outcome.findings : [notChecked(read.parts[0]!.part, outcome)];
  return { checkedAt, findings, documentHash };
}

async function moduleJob(document: ModuleDocument): Promise<GateJob> {
  const published = await listPublished();
  const facts = (await readCurrentFacts()) ?? NO_FACTS;
  const linksHere = linksTo(document.slug, siteLinks(documentsOf(published)));
  const context = { ...(await gatherContext([document], { facts, published })), linksHere };
  return { kind: 'module', document, context, entry: PAGES_ENTRY };
}

async function factsJob(facts: Facts): Promise<GateJob> {
  const before = await readCurrentFacts();
  const published = await listPublished();
  const context = await gatherContext([], { facts, published });
  return { kind: 'facts', facts, before, modules: documentsOf(published), context };
}

const listPublished = async () =>
  (await listModules(getDb())).flatMap(({ version }) => (version ? [version] : []));

const documentsOf = (published: Awaited<ReturnType<typeof listPublished>>) =>
  published.flatMap(({ document }) => (document ? [document as ModuleDocument] : []));

async function readCurrentFacts(): Promise<Facts | null> {
  return ((await findCurrentFacts(getDb()))?.facts as Facts | undefined) ?? null;
}

/** What modules are held against today, with these facts and these published: for `checkModule`, here and where files are taken in. */
export async function gatherContext(
  documents: readonly ModuleDocument[],
  { facts, published }: { facts: Facts; published: Parameters<typeof sitePages>[0] },
): Promise<GateJob['context']> {
  const addresses = documents.flatMap(({ intro, sections }) =>
    [intro, ...sections.map(({ body }) => body)].flatMap((body) =>
      picturesOf(body).map(({ node }) => node.attrs.src),
    ),
  );
  const names = addresses.map((src) => src.slice(src.lastIndexOf('/') + 1));
  return {
    facts,
    words: facts.words,
    today: stockholmToday(),
    pages: sitePages(published),
    pictures: (await findPictureNames(getDb(), names)).map((name) => `/bilder/${name}`),
  };
}

function notChecked(part: string, outcome: Exclude<GateOutcome, { kind: 'checked' }> | null): Finding {
  const words = gateWords.run;
  const [message, suggestion] =
    outcome === null
      ? [words.busy, words.busyFix]
      : outcome.cause === 'unknown'
        ? [words.failed, words.failedFix]
        : [words.tooHeavy, words.tooHeavyFix];
  if (outcome)
    console.error(`check failed (${outcome.cause}) ${/(?:Error|FATAL).*/.exec(outcome.why)?.[0] ?? ''}`);
  return { rule: NOT_CHECKED, severity: 'error', part, message, suggestion };
}
