/** `npm test [unit|integration|e2e]`: everything that can be checked; the last line says how it went. */
import { existsSync } from 'node:fs';
import { StartError } from './say.mjs';
import { ensureSite } from './site.ts';
import { stopSignal } from './stopping.ts';
import { check, playwright, preparation, vitest, type Outcome, type Step } from './test-steps.ts';

const build = preparation('bygge', (signal) => ensureSite({ signal }));
const unit = vitest('enhetstester', 'unit');
const integration = vitest('integrationstester', 'integration');
const e2e = playwright('webbläsartester');
const kill = existsSync('tests/kill') ? [vitest('avbrottstester', 'kill')] : [];

const PARTS: Record<string, Step[]> = {
  unit: [unit],
  integration: [build, integration, ...kill],
  e2e: [build, e2e],
};

const EVERYTHING = [
  check('formatering', ['prettier', '--check', '--log-level=warn', '.']),
  check('lint', ['oxlint', '--deny-warnings']),
  check('typer', ['astro', 'check']),
  unit,
  build,
  integration,
  e2e,
  ...kill,
];

const stop = stopSignal();
try {
  process.exitCode = await runSteps(chooseSteps(process.argv[2]));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
process.exit();

function chooseSteps(part: string | undefined): Step[] {
  if (part === undefined) return EVERYTHING;
  const steps = PARTS[part];
  if (steps) return steps;
  throw new StartError(`Okänd del: ${part}. Välj ${Object.keys(PARTS).join(', ')} eller ingen för allt.`);
}

async function runSteps(steps: Step[]): Promise<number> {
  const results: (Outcome & { name: string; seconds: number })[] = [];
  for (const step of steps) {
    console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
    const began = performance.now();
    const outcome = await step.run(stop);
    results.push({ ...outcome, name: step.name, seconds: (performance.now() - began) / 1000 });
    if (stop.aborted) return 130;
  }
  console.log(
    `\n${'del'.padEnd(22)}${'godkända'.padStart(9)}${'fel'.padStart(6)}${'hoppade'.padStart(9)}${'sekunder'.padStart(10)}`,
  );
  for (const { name, passed, failed, skipped, seconds } of results) {
    const columns = [String(passed).padStart(9), String(failed).padStart(6), String(skipped).padStart(9)];
    console.log(`${name.padEnd(22)}${columns.join('')}${seconds.toFixed(1).replace('.', ',').padStart(10)}`);
  }
  for (const { name, faults } of results) for (const fault of faults) console.log(`✗ ${name}: ${fault}`);
  const sum = (key: 'passed' | 'failed') => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}
