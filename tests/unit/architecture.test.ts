import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** What a file imports of this repository, by path from its root. */
function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /(?:from|import)\s*\(?\s*'(#src\/|#db\/|\.{1,2}\/)([^']+)'/g,
  );
  return [...found].map(([, base, path]) =>
    base!.startsWith('#') ? `${base!.slice(1)}${path}` : normalize(join(dirname(file), `${base}${path}`)),
  );
}

const sources = globSync(['src/**/*.{ts,tsx,astro}', 'db/**/*.ts']).map((file) => ({
  file,
  imports: importsOf(file),
}));

/** Every chain that leads from a node back to it. */
function circles(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const isDone = new Set<string>();
  const visit = (node: string, path: string[]): void => {
    if (path.includes(node)) found.push([...path.slice(path.indexOf(node)), node]);
    if (path.includes(node) || isDone.has(node)) return;
    for (const next of arrows.get(node) ?? []) visit(next, [...path, node]);
    isDone.add(node);
  };
  for (const node of arrows.keys()) visit(node, []);
  return found;
}

function arrowsBetween(nameOf: (file: string) => string | null): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { file, imports } of sources) {
    const from = nameOf(file);
    if (from === null) continue;
    const to = imports.map(nameOf).filter((name) => name !== null && name !== from);
    arrows.set(from, new Set([...(arrows.get(from) ?? []), ...(to as string[])]));
  }
  return arrows;
}

const featureOf = (file: string) => /^src\/features\/([^/]+)\//.exec(file)?.[1] ?? null;

test('No feature leads back to itself through others', () => {
  expect(arrowsBetween(featureOf).size).toBeGreaterThan(20);
  expect(circles(arrowsBetween(featureOf))).toEqual([]);
});

test('No file leads back to itself', () => {
  expect(circles(arrowsBetween((file) => file))).toEqual([]);
});

test.each([
  ['db/', ['src/']],
  ['src/lib/', ['src/features/', 'src/pages/', 'src/server/', 'src/cli/']],
  ['src/features/', ['src/pages/', 'src/server/', 'src/cli/']],
  ['src/i18n/', ['src/pages/', 'src/server/', 'src/cli/', 'src/components/']],
])('%s knows nothing of %s', (from, above) => {
  const wrong = sources
    .filter(({ file }) => file.startsWith(from))
    .flatMap(({ file, imports }) =>
      imports
        .filter((path) => above.some((folder) => path.startsWith(folder)))
        .map((path) => `${file} → ${path}`),
    );
  expect(wrong).toEqual([]);
});

test('Islands reach no server file and no database', () => {
  const arrows = arrowsBetween((file) => file);
  const wrong = sources
    .filter(({ file }) => file.endsWith('.tsx'))
    .flatMap(({ file }) => [...(arrows.get(file) ?? [])].map((path) => ({ file, path })))
    .filter(({ path }) => path.includes('.server.') || path.startsWith('db/queries/'));
  expect(wrong).toEqual([]);
});
