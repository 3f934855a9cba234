import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { until } from './foreground.mjs';
import { StartError } from './say.mjs';

/**
 * Runs npm quietly under the given Node, without any package's install scripts. It ends if we are killed.
 *
 * @param {string} node
 * @param {string} cwd
 * @param {string[]} args
 * @throws {StartError} with npm's own words when it fails
 */
export async function runNpm(node, cwd, args) {
  const preload = new URL('die-with-parent.mjs', import.meta.url).href;
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  const child = spawn(node, ['--import', preload, findNpm(), ...args, ...quiet], {
    cwd,
    env: {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
      STARTED_BY: String(process.pid),
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
      npm_config_update_notifier: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const code = await until(child);
  if (code === 0) return;
  if (code > 128) throw new StartError('Avbrutet.');
  throw new StartError(`npm ${args[0]} misslyckades:\n${output.trim().slice(-4000)}`);
}

/** npm's program file: the one that started us, or the one beside the host's Node. */
function findNpm() {
  const started = process.env['npm_execpath'] ?? '';
  if (/npm-cli\.js$/.test(started) && existsSync(started)) return started;
  const bin = dirname(realpathSync(process.execPath));
  const candidates = [
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'npm')),
  ];
  const found = candidates.find((file) => existsSync(file) && /\.js$/.test(realpathSync(file)));
  if (found) return realpathSync(found);
  throw new StartError('npm finns inte. Installera Node.js med npm från https://nodejs.org och försök igen.');
}
