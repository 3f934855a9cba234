import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const ON_DEMAND = /^export const prerender = false;/m;

/**
 * The addresses that are rendered on demand, as patterns of whole paths without a slash at the end: what
 * links of static pages may lead to besides files.
 */
export function readOnDemandRoutes(root: string): RegExp[] {
  const pages = join(root, 'src', 'pages');
  return globSync('**/*.{astro,ts}', { cwd: pages })
    .filter((file) => ON_DEMAND.test(readFileSync(join(pages, file), 'utf8')))
    .map((file) => routeOf(file.split(sep).join('/')));
}

/** `apt/[kod].json.ts` → `^/apt/[^/]+\.json$` */
function routeOf(file: string): RegExp {
  const path = file.replace(/\.(astro|ts)$/, '').replace(/(^|\/)index$/, '');
  const pattern = path
    .split(/(\[[^\]]+\])/)
    .map((piece) => {
      if (piece.startsWith('[...')) return '.*';
      return piece.startsWith('[') ? '[^/]+' : piece.replace(/[.+*?^$(){}|\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^/${pattern}$`);
}
