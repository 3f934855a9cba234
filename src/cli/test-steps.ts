import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toolArguments } from './tools.mjs';

export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Step {
  name: string;
  run(stop: AbortSignal): Promise<Outcome>;
}

const PASSED: Outcome = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Outcome = { passed: 0, failed: 1, skipped: 0 };
const RESULTS = 'test-results';
/** What an installation may have set must not reach the tests. */
const NOT_FOR_TESTS = [
  'DATABASE_URL',
  'DATA_DIR',
  'DEMO',
  'HOST',
  'PORT',
  'PUBLIC_ORIGIN',
  'TRUSTED_PROXIES',
];

/** One thing that is right or wrong as a whole, such as formatting. */
export function check(name: string, command: string[]): Step {
  return {
    name,
    run: async (stop) => ((await runTool(command, stop)) === 0 ? PASSED : FAILED),
  };
}

/** Work that has to be done between tests; it counts only when it fails. */
export function preparation(name: string, work: (stop: AbortSignal) => Promise<unknown>): Step {
  return {
    name,
    run: async (stop) => {
      try {
        await work(stop);
        return { ...PASSED, passed: 0 };
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        return FAILED;
      }
    },
  };
}

/** The tests of one Vitest project. */
export function vitest(name: string, project: string): Step {
  const file = join(RESULTS, `${project}.json`);
  const command = ['vitest', 'run', '--config', 'tests/vitest.config.ts', '--project', project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return testRunner(name, [...command, ...reporters], file, (report) => ({
    passed: report['numPassedTests'] ?? 0,
    failed: report['numFailedTests'] ?? 0,
    skipped: (report['numPendingTests'] ?? 0) + (report['numTodoTests'] ?? 0),
  }));
}

/** The tests in a browser. */
export function playwright(name: string): Step {
  const file = join(RESULTS, 'e2e.json');
  const command = ['@playwright/test', 'test', '--config', 'tests/playwright.config.ts'];
  return testRunner(name, command, file, ({ stats }) => ({
    passed: stats['expected'] ?? 0,
    failed: (stats['unexpected'] ?? 0) + (stats['flaky'] ?? 0),
    skipped: stats['skipped'] ?? 0,
  }));
}

type Report = Record<string, number> & { stats: Record<string, number> };

function testRunner(name: string, command: string[], file: string, count: (report: Report) => Outcome): Step {
  return {
    name,
    run: async (stop) => {
      await rm(file, { force: true });
      const code = await runTool(command, stop);
      if (!existsSync(file)) return FAILED;
      const outcome = count(JSON.parse(await readFile(file, 'utf8')) as Report);
      // A file that could not even be read, or a setup that broke, has no test that failed.
      return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
    },
  };
}

async function runTool(command: string[], stop: AbortSignal): Promise<number> {
  const env: NodeJS.ProcessEnv = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  for (const name of NOT_FOR_TESTS) delete env[name];
  const child = spawn(process.execPath, toolArguments(command), { env, stdio: 'inherit' });
  // Both test runners tidy up after this one.
  const kill = () => child.kill('SIGINT');
  stop.addEventListener('abort', kill);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    stop.removeEventListener('abort', kill);
  }
}
