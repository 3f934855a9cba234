import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GateJob, GateOutcome } from './job.ts';
import type { Finding } from './findings.ts';

/** The folder of the installation, from the sources and from the built pages alike. */
export const INSTALLATION = fileURLToPath(new URL('../../..', import.meta.url));
/** Renders the pages that are made on demand; the same code as the running site's. */
export const PAGES_ENTRY = `${INSTALLATION}dist/server/entry.mjs`;
const PROGRAM = `${INSTALLATION}src/features/gate/gate-process.ts`;

export interface GateLimits {
  /** Milliseconds. */
  time: number;
  /** Megabytes of JavaScript objects. */
  memory: number;
  /** The program that is run, for those who test what happens when it fails. */
  program?: string;
}

const LIMITS: GateLimits = { time: 60_000, memory: 512 };
const MOST_OUTPUT = 2 * 1024 * 1024;

/**
 * Runs a check in a process of its own: without secrets, files to write, programs to start or a network,
 * and with limits. Whatever a draft does to it, this process goes on.
 */
export async function runGateProcess(job: GateJob, limits: GateLimits = LIMITS): Promise<GateOutcome> {
  const { time, memory, program = PROGRAM } = limits;
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${memory}`, '--permission', '--allow-fs-read=*', '--no-warnings', program],
    { cwd: INSTALLATION, env: { NODE_ENV: 'production' }, stdio: 'pipe' },
  );
  let isTooLate = false;
  const timer = setTimeout(() => {
    isTooLate = true;
    child.kill('SIGKILL');
  }, time);
  try {
    const { output, errors } = await talk(child, JSON.stringify(job));
    const findings = isTooLate ? null : readFindings(output);
    if (findings) return { kind: 'checked', findings };
    const isFull = /heap out of memory|allocation failed/i.test(errors);
    return { kind: 'failed', cause: isTooLate ? 'time' : isFull ? 'memory' : 'unknown', why: errors };
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

async function talk(child: ChildProcess, input: string): Promise<{ output: string; errors: string }> {
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length > MOST_OUTPUT) child.kill('SIGKILL');
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4_000)));
  // A process that ends early does not read to the end.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  await new Promise<void>((resolve) => {
    child.on('error', (error) => {
      errors += String(error);
      resolve();
    });
    child.on('close', () => resolve());
  });
  return { output, errors };
}

/** The last line tells what was found; pages may have written other things before. Null: it never came so far. */
function readFindings(output: string): Finding[] | null {
  try {
    const { findings } = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as { findings: Finding[] };
    return Array.isArray(findings) ? findings : null;
  } catch {
    return null;
  }
}
