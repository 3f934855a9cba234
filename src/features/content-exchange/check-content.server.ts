import { listModules } from '#db/queries/modules.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { findCurrentFacts } from '#src/features/editorial/drafts.server.ts';
import { PAGES_ENTRY, runGateProcess } from '#src/features/gate/gate-process.server.ts';
import { gatherContext } from '#src/features/gate/gate.server.ts';
import type { Finding } from '#src/features/gate/findings.ts';
import type { GateJob } from '#src/features/gate/job.ts';
import { linksTo, siteLinks } from '#src/features/gate/site-links.ts';
import { gateWords } from '#src/i18n/gate.ts';
import { getDb } from '#src/lib/database.ts';
import type { Imported } from './imported.ts';

/** Nobody waits at a page for it. */
export const PATIENT = { time: 180_000, memory: 768 };

/** What comes in together: modules are held against these facts, and facts against these modules. */
export interface IncomingContent {
  facts: Facts;
  modules: readonly ModuleDocument[];
  /** Names of the pictures that come with it. */
  pictures: readonly string[];
}

/** What the gate finds in contents that are no drafts yet, as if all of them were published together. `onCheck` is told what is next. */
export async function checkContents(
  changed: readonly Imported[],
  incoming: IncomingContent,
  onCheck?: (subject: string) => void,
): Promise<(Finding & { subject: string })[]> {
  const { facts, modules } = incoming;
  const incomingSlugs = new Set(modules.map(({ slug }) => slug));
  const published = (await listModules(getDb())).flatMap(({ version }) => (version ? [version] : []));
  const others = published.filter(({ moduleSlug }) => !incomingSlugs.has(moduleSlug));
  const everything = [
    ...modules,
    ...others.flatMap(({ document }) => (document ? [document as ModuleDocument] : [])),
  ];
  const before = ((await findCurrentFacts(getDb()))?.facts as Facts | undefined) ?? null;
  // The same for all of them: what is published may be hundreds of modules.
  const own = await gatherContext(
    changed.flatMap((one) => (one.kind === 'module' ? [one.document] : [])),
    {
      facts,
      published: [...others, ...modules.map(({ slug, sections }) => ({ moduleSlug: slug, sections }))],
    },
  );
  const pictures = [...(own.pictures ?? []), ...incoming.pictures.map((name) => `/bilder/${name}`)];
  const context: GateJob['context'] = { ...own, pictures };
  const links = siteLinks(everything);
  const found: (Finding & { subject: string })[] = [];
  for (const imported of changed) {
    const { subject } = imported;
    onCheck?.(subject);
    const job: GateJob =
      imported.kind === 'module'
        ? {
            kind: 'module',
            document: imported.document,
            context: { ...context, linksHere: linksTo(imported.document.slug, links) },
            entry: PAGES_ENTRY,
          }
        : { kind: 'facts', facts, before, modules: everything, context };
    const outcome = await runGateProcess(job, PATIENT);
    const findings = outcome.kind === 'checked' ? outcome.findings : [notChecked(imported)];
    found.push(...findings.map((finding) => ({ ...finding, subject })));
  }
  return found;
}

/** A check that could not be made stops like an error. */
function notChecked({ kind }: Imported): Finding {
  const { failed, failedFix } = gateWords.run;
  const part = kind === 'module' ? 'modul' : 'laws';
  return { rule: 'not-checked', severity: 'error', part, message: failed, suggestion: failedFix };
}
