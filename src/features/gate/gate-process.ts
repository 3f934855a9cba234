/** Checks one draft, told on standard input, and tells what was found on standard output. Run by `runGateProcess`. */
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { checkFacts } from './check-facts.ts';
import { checkModule, inOrder } from './check-module.ts';
import type { GateContext } from './context.ts';
import type { Finding } from './findings.ts';
import type { GateJob } from './job.ts';

// Nothing here has anything to ask anybody.
Socket.prototype.connect = () => {
  throw new Error('a check has no network');
};

const job = JSON.parse(await text(process.stdin)) as GateJob;
const { pages, pictures, ...rest } = job.context;
const context: GateContext = {
  ...rest,
  pages: new Map(pages.map(([path, anchors]) => [path, anchors && new Set(anchors)])),
  ...(pictures ? { pictures: new Set(pictures) } : {}),
};
const findings = await check();
process.stdout.write(`\n${JSON.stringify({ findings })}\n`, () => process.exit(0));

async function check(): Promise<Finding[]> {
  if (job.kind === 'facts') return checkFacts(job, context);
  const found = checkModule(job.document, context);
  // A page that lacks what every page has, or shows a fact that may not be shown, is not rendered.
  const { checkRenderedPages } = await import('./rendered-pages.ts');
  return inOrder([...found, ...(await checkRenderedPages(job.entry, job.document, context.facts))]);
}
