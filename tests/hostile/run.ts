/**
 * `npm run test:hostile -- --count 20000 --seed 1`: every payload, and so many documents made from the shipped
 * and the hostile ones, each read, saved, written and shown. Fails when anything of them runs, brings the
 * program down, or shows what is not on the list.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { JSDOM } from 'jsdom';
import { judgeFrontmatter, judgeJson, judgeText, type Verdict } from './judge.ts';
import { anyHostileJson, anyHostileText, randomFrom } from './mutate.ts';
import { bodies, CANARY, frontmatters, texts } from './payloads.ts';
import { openRenderer } from './renderer.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.count);
const seed = Number(values.seed);
const started = performance.now();
const tally = { refused: 0, shown: 0, faults: 0, slowest: 0 };
const renderer = await openRenderer();

/** Notes what came of a document; a fault is told with what makes it happen again. */
function note(name: string, verdict: Verdict, input: string, took: number): void {
  tally[verdict.outcome] += 1;
  tally.slowest = Math.max(tally.slowest, took);
  if (verdict.faults.length === 0) return;
  tally.faults += verdict.faults.length;
  console.error(`${name}: ${verdict.faults.join('; ')}\n  ${JSON.stringify(input).slice(0, 1_000)}`);
}

async function tryOne(name: string, input: string, judge: typeof judgeText): Promise<Verdict> {
  const start = performance.now();
  const verdict = await judge(input, renderer);
  note(name, verdict, input, performance.now() - start);
  return verdict;
}

rmSync(CANARY.file, { force: true });
let payloads = 0;
const groups = [
  ['text', texts, judgeText],
  ['frontmatter', frontmatters, judgeFrontmatter],
  ['json', bodies, judgeJson],
] as const;
for (const [kind, all, judge] of groups) {
  for (const [name, input] of Object.entries(all)) {
    const { html } = await tryOne(`${kind}: ${name}`, input, judge);
    payloads += 1;
    // In a browser that runs whatever it finds.
    const { window } = new JSDOM(`<body>${html}</body>`, { runScripts: 'dangerously' });
    if (CANARY.global in window)
      note(name, { outcome: 'shown', faults: ['ran in a browser'], html }, input, 0);
    window.close();
  }
}
console.log(`${payloads} payloads: ${tally.refused} refused, ${tally.shown} shown as words`);

for (let number = 0; number < count; number += 1) {
  const random = randomFrom(seed * 1_000_003 + number);
  const isText = number % 2 === 0;
  const input = isText ? anyHostileText(random) : anyHostileJson(random);
  await tryOne(`--seed ${seed}, document ${number}`, input, isText ? judgeText : judgeJson);
  if (number > 0 && number % Math.ceil(count / 20) === 0)
    console.log(`${number} documents, ${tally.faults} faults`);
}
await renderer.close();
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
console.log(
  `${count} documents made with seed ${seed}; in all ${tally.refused} refused, ${tally.shown} shown; ` +
    `slowest ${Math.round(tally.slowest)} ms; ${seconds} s; ${tally.faults} faults`,
);
process.exit(tally.faults === 0 ? 0 : 1);
