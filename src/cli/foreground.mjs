import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @type {import('node:child_process').ChildProcess | null} */
let current = null;

/** From now on our signals are those of the child that `until` waits for. */
export function passSignalsOn() {
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      if (current) current.kill(signal);
      else process.exit(128 + constants.signals[signal]);
    });
  }
}

/**
 * Runs a program in our place: same terminal, signals passed on, its exit code as the answer
 * (128 + the number of the signal that killed it).
 *
 * @param {string} node the Node that it and everything it starts runs under
 * @param {string[]} args
 * @param {{ isWatched?: boolean }} options
 * @returns {Promise<number>}
 */
export async function runInForeground(node, args, { isWatched = false }) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    // The channel closes when we are gone, also by kill -9.
    stdio: isWatched ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  return until(child);
}

/**
 * Waits for a child, and gives its exit code.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export async function until(child) {
  current = child;
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)));
    });
  } finally {
    current = null;
  }
}

/** Under npm nobody could stop us any more if npm were killed: then we stop ourselves, in good order. */
export function exitWhenParentDies() {
  if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return;
  const starters = findStarters();
  const watch = setInterval(() => {
    if (findStarters() === starters) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

/** Our parent and its parent: npm starts a shell, and not every shell gives its place to the command. */
function findStarters() {
  const parent = process.ppid;
  try {
    const [, , grandparent] = readFileSync(`/proc/${parent}/stat`, 'utf8')
      .replace(/\(.*\)/s, '')
      .split(/\s+/);
    return `${parent} ${grandparent}`;
  } catch {
    return `${parent}`;
  }
}
