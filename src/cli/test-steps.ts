import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toolArguments } from './tools.mjs';

export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, in words, to be told last, where nobody has to look for it. */
  faults: string[];
}

export interface Step {
  name: string;
  run(stop: AbortSignal): Promise<Outcome>;
}

const PASSED: Outcome = { passed: 1, failed: 0, skipped: 0, faults: [] };
const failed = (fault: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, faults: [fault] });
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
    run: async (stop) => ((await runTool(command, stop)) === 0 ? PASSED : failed(command.join(' '))),
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
        const reason = error instanceof Error ? error.message : String(error);
        console.error(reason);
        return failed(reason);
      }
    },
  };
}

/** The tests of one Vitest project. */
export function vitest(name: string, project: string): Step {
  const command = ['vitest', 'run', '--config', 'tests/vitest.config.ts', '--project', project];
  const reporters = ['--reporter=default', '--reporter=./tests/reporters/vitest.ts'];
  return testRunner(name, resolve(RESULTS, `${project}.json`), [...command, ...reporters]);
}

/** The tests in a browser. */
export function playwright(name: string): Step {
  const command = ['@playwright/test', 'test', '--config', 'tests/playwright.config.ts'];
  return testRunner(name, resolve(RESULTS, 'e2e.json'), command);
}

function testRunner(name: string, file: string, command: string[]): Step {
  return {
    name,
    run: async (stop) => {
      await rm(file, { force: true });
      const code = await runTool(command, stop, { TEST_OUTCOME: file });
      if (!existsSync(file)) return failed(`${command.join(' ')} (kod ${code})`);
      const outcome = JSON.parse(await readFile(file, 'utf8')) as Outcome;
      // What goes wrong after the last test, such as a server that does not stop, is in no report.
      if (code === 0 || outcome.failed > 0) return outcome;
      return { ...outcome, failed: 1, faults: [`efter testerna: kod ${code}`] };
    },
  };
}

async function runTool(command: string[], stop: AbortSignal, more: NodeJS.ProcessEnv = {}): Promise<number> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...more, ASTRO_TELEMETRY_DISABLED: '1' };
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
