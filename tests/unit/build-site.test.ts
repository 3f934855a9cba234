import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fingerprintBuild } from '#src/cli/site.ts';
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

test('A build is another one when a file of it is missing or cut off, not when files have been compressed', async () => {
  const build = join(folder, 'dist');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(build, path)), { recursive: true });
    writeFileSync(join(build, path), text);
  };
  write('client/kurs/index.html', '<p>Kurs</p>');
  write('server/entry.mjs', 'export {};');
  const whole = await fingerprintBuild(build);
  write('compressed/ab.br', 'x');
  expect(await fingerprintBuild(build)).toBe(whole);
  write('client/kurs/index.html', '<p>Ku');
  expect(await fingerprintBuild(build)).not.toBe(whole);
  write('client/kurs/index.html', '<p>Kurs</p>');
  expect(await fingerprintBuild(build)).toBe(whole);
  rmSync(join(build, 'server/entry.mjs'));
  expect(await fingerprintBuild(build)).not.toBe(whole);
});
