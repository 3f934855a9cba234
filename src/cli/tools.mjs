import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './say.mjs';

/**
 * Node's arguments for the command of an installed package: `prettier --check .` → its file and the rest.
 *
 * @param {string[]} command
 * @throws {StartError} when there is no such package
 */
export function toolArguments([tool = '', ...args]) {
  if (tool === 'node') return args;
  try {
    const folder = join('node_modules', tool);
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return [
      join(
        folder,
        typeof bin === 'string' ? bin : (bin[tool.replace(/^@.*\//, '')] ?? Object.values(bin)[0]),
      ),
      ...args,
    ];
  } catch {
    throw new StartError(`Verktyget ${tool} finns inte bland paketen.`);
  }
}
