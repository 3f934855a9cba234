import { globSync } from 'node:fs';
import { expect, expectSound, findDemoPerson, test } from '../support/e2e.ts';
import type { Page } from '@playwright/test';

/**
 * In light every page is looked at. Dark and phone share markup and tokens with it, so there every third
 * section page stands for its siblings, unless AXE=all asks for every page in every view.
 */
const EVERY_PAGE = process.env['AXE'] === 'all';
const isSection = (path: string) => /^\/kurs\/[^/]+\/[^/]+\//.test(path);

/** Ways of looking at a page that change what axe can find. */
const VIEWS = [
  { name: 'light', width: 1280, height: 900, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 900, colorScheme: 'dark' },
  { name: 'phone', width: 360, height: 780, colorScheme: 'light' },
] as const;

const GUARDED = /^\/fordjupning\/[^/]+\//;
const built = globSync('**/index.html', { cwd: 'dist/client' })
  .map((file) => `/${file.replace(/index\.html$/, '')}`)
  .sort();
const open = built.filter((path) => !GUARDED.test(path));
const sampled = open.filter((path, index) => !isSection(path) || index % 3 === 0);
const guarded = built.filter((path) => GUARDED.test(path));
/** What the demo manager may read, having completed the grundkurs. */
const guardedSample = guarded.filter((_, index) => EVERY_PAGE || index % 6 === 0);

async function visitAll(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) await expectSound(page, path);
}

for (const { name, width, height, colorScheme } of VIEWS) {
  test.describe(`In ${name}`, () => {
    test.use({ viewport: { width, height }, colorScheme });
    test.setTimeout(180_000);

    const pages = EVERY_PAGE || name === 'light' ? open : sampled;
    const half = Math.ceil(pages.length / 2);
    test('axe finds nothing on the first half of the static pages', async ({ page }) => {
      expect(open.length).toBeGreaterThan(40);
      await visitAll(page, pages.slice(0, half));
    });

    test('axe finds nothing on the other half of the static pages', async ({ page }) => {
      await visitAll(page, pages.slice(half));
    });

    test('axe finds nothing on the pages that anyone may open and the server makes', async ({ page }) => {
      await visitAll(page, [
        ...[1, 2, 3, 4, 5].map((part) => `/kurs/del-${part}/kunskapskontroll/`),
        '/logga-in',
        '/logga-ut',
        '/indikator',
        '/indikator?datum=2021-12-31&sortera=utfall',
        '/indikator?datum=1999-01-01',
        '/indikator?datum=fel',
        '/indikator/ASF/forklaring?datum=2024-12-31',
        '/indikator/ASF/forklaring?datum=fel',
        '/finns-inte',
        '/intyg/finns-inte',
      ]);
    });

    for (const [account, paths] of Object.entries({
      medarbetare: ['/min-sida', '/chef', ...guarded.slice(0, 1)],
      chef: ['/min-sida', '/chef', '/chef?sok=a&visa=saknas', ...guardedSample],
      samordnare: [
        '/samordnare',
        '/samordnare/ar?ar=2024',
        '/samordnare/ar?ar=2025',
        '/samordnare/genomforanden',
        '/samordnare/utvardering',
        '/admin',
      ],
      redaktor: ['/redaktor', '/redaktor/fragor'],
      admin: ['/admin', '/redaktor', '/samordnare'],
    })) {
      test(`axe finds nothing on what a ${account} sees, refusals too`, async ({ page, db, signIn }) => {
        await signIn(await findDemoPerson(db, account));
        await visitAll(page, paths);
      });
    }
  });
}
