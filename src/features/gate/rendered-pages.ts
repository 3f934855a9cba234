import { readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import { JSDOM } from 'jsdom';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { gateWords } from '#src/i18n/gate.ts';
import { previewPath } from '#src/lib/paths.ts';
import { renderPage, type AstroHandler } from '#src/lib/render-page.ts';
import type { Finding } from './findings.ts';
import { partName } from './part-names.ts';
import { previewParts, type Preview } from './preview.ts';

const words = gateWords.axe;
const require = createRequire(import.meta.url);

/** Colours and sizes are the site's, not the draft's, and cannot be seen without a screen. */
const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
};

/** What axe finds wrong on each of a module's pages, rendered as they would be published. Only in a process of its own. */
export async function checkRenderedPages(
  entry: string,
  document: ModuleDocument,
  facts: Facts,
): Promise<Finding[]> {
  const { handler } = (await import(pathToFileURL(entry).href)) as { handler: AstroHandler };
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const locale = readFileSync(require.resolve('axe-core/locales/sv.json'), 'utf8');
  const findings: Finding[] = [];
  for (const part of previewParts(document)) {
    const html = await render(handler, { document, facts }, part);
    findings.push(...(html === null ? [notRendered(part)] : await runAxe(html, part, axe, locale)));
  }
  return findings;
}

function notRendered(part: string): Finding {
  return {
    rule: 'page-not-rendered',
    severity: 'error',
    part,
    message: words.notRendered,
    suggestion: words.notRenderedFix,
  };
}

/** The page as readers would get it; null when it cannot be made. */
async function render(handler: AstroHandler, preview: Preview, part: string): Promise<string | null> {
  const req = new IncomingMessage(new Socket());
  req.method = 'GET';
  req.url = previewPath(preview.document.slug, part === partName.module ? '' : part);
  req.headers = { host: 'localhost' };
  const call = { clientAddress: '127.0.0.1', isSecure: false };
  const page = await renderPage(handler, req, Buffer.alloc(0), { call, preview });
  return page?.status === 200 ? page.body.toString('utf8') : null;
}

async function runAxe(html: string, part: string, axe: string, locale: string): Promise<Finding[]> {
  // What the page holds is parsed; none of its scripts run and nothing is loaded.
  const { window } = new JSDOM(html, { runScripts: 'outside-only', url: 'https://local.invalid/' });
  window.eval(axe);
  window.eval(`axe.configure({ locale: ${locale} })`);
  const run = window['axe'] as { run(root: unknown, options: RunOptions): Promise<AxeResults> };
  const { violations } = await run.run(window.document, OPTIONS);
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }): Finding => {
      const element = window.document.querySelector(String(target[0]));
      // A heading's stands in it, what is in a piece within it.
      const marked = element?.closest('[id^="block-"]') ?? element?.querySelector('[id^="block-"]');
      const block = /^block-(\d+)$/.exec(marked?.id ?? '')?.[1];
      return {
        rule: `axe-${id}`,
        severity: 'error',
        part,
        ...(block === undefined ? {} : { block: Number(block) }),
        message: words.found(help),
        suggestion: words.fix,
      };
    }),
  );
  window.close();
  return findings;
}
