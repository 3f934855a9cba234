import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withFileLock } from '../../db/file-lock.mjs';
import { runNpm } from './npm.mjs';
import { saying } from './say.mjs';

/**
 * Sees to it that node_modules holds what the lockfile says, all of it, for this kind of machine.
 * One process at a time; an installation that was killed is done again.
 *
 * @param {string} root
 * @param {string} node the Node that the packages are for
 */
export async function ensurePackages(root, node) {
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  const wanted = `${createHash('sha256').update(lockfile).digest('hex')} ${process.platform}-${process.arch}\n`;
  const stamp = join(root, 'node_modules', '.trygg-grund');
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent()) return;

  const onWait = () => process.stderr.write('En annan start installerar redan paketen. Väntar på den …\n');
  await withFileLock(
    join(root, '.cache', 'install.lock'),
    async () => {
      if (isCurrent()) return;
      if (!isInstalledByHand(root, lockfile)) {
        // The npm of a killed start may not have noticed yet; it is given the time to end.
        if (existsSync(join(root, 'node_modules'))) await delay(500);
        rmSync(stamp, { force: true });
        await saying('Installerar paket (första gången tar det någon minut)', () => install(root, node));
      }
      mkdirSync(join(root, 'node_modules'), { recursive: true });
      writeFileSync(stamp, wanted);
    },
    onWait,
  );
}

/** @param {string} root @param {string} node */
async function install(root, node) {
  try {
    await runNpm(node, root, ['ci', '--include=dev', '--prefer-offline']);
  } catch (error) {
    // A lockfile made where some platform's binaries were out of reach: `ci` refuses it on every platform.
    if (!(error instanceof Error) || !error.message.includes('from lock file')) throw error;
    await runNpm(node, root, ['install', '--no-save', '--include=dev', '--prefer-offline']);
  }
}

/**
 * Whether a developer's own `npm install` has already put everything in place. npm writes its list
 * of what is in node_modules when it is done.
 *
 * @param {string} root @param {Buffer} lockfile
 */
function isInstalledByHand(root, lockfile) {
  const list = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const wanted = JSON.parse(lockfile.toString('utf8')).packages;
  const present = JSON.parse(readFileSync(list, 'utf8')).packages;
  const isMissing = (/** @type {string} */ path) =>
    present[path]?.version !== wanted[path].version || !existsSync(join(root, path, 'package.json'));
  return !Object.keys(wanted).some(
    (path) => path !== '' && isForThisMachine(wanted[path]) && isMissing(path),
  );
}

/** @param {{ optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} entry */
function isForThisMachine({ optional, os, cpu, libc }) {
  if (!optional) return true;
  return Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc);
}
