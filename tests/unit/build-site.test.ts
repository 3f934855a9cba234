import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildSite } from '#src/features/releases/build-site.server.ts';
import { removeFolder } from '../support/remove-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'trygg-grund-build-'));

afterAll(() => removeFolder(folder));

test('A build that is broken off while it is prepared never begins', async () => {
  const [contentFolder, outDir, cacheDir] = ['content', 'site', 'cache'].map((name) => join(folder, name));
  mkdirSync(contentFolder!);
  const stopping = new AbortController();
  const building = buildSite({
    contentFolder: contentFolder!,
    outDir: outDir!,
    cacheDir: cacheDir!,
    signal: stopping.signal,
  });
  stopping.abort(new Error('the server stops'));
  await expect(building).rejects.toThrow('the server stops');
  expect(existsSync(outDir!)).toBe(false);
});
