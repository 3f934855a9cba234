import { join, resolve } from 'node:path';

/** Where this node keeps what is to last between starts: `DATA_DIR`, or `.data` where it was started. */
export function dataFolder(): string {
  return resolve(process.env['DATA_DIR']?.trim() || '.data');
}

/** Where it keeps the static sites that it has served, and those being built. */
export function siteFolder(): string {
  return join(dataFolder(), 'site');
}
